// What an error of PostgreSQL means to us.
#pragma once

#include <string>
#include <string_view>

#include "model/result.h"

namespace otmetka::gradebook::postgres {

// Of libpq's message when no connection came about, with PQERRORS_VERBOSE: `FATAL:  28P01: password authentication failed…`
// in whatever language, and more lines, which are dropped. No SQLSTATE: the server was not reached.
struct Refusal {
  std::string sqlstate;
  std::string reason;
};
Refusal refusal_of(std::string_view message);

// OT470 to OT479, as gradebook/postgres/connection.h has them.
Error failure_of(const std::string& place, std::string_view sqlstate, const std::string& reason);

// Another transaction was in the way: the same at once can help.
bool is_collision(const Error& failure);
Error collision(const std::string& place);  // one that we have seen ourselves

}  // namespace otmetka::gradebook::postgres
