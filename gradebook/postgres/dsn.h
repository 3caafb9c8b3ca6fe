// Where a gradebook on PostgreSQL is, as an operator writes it and as a message may show it.
#pragma once

#include <string>

#include "model/result.h"

namespace otmetka::gradebook {

// A connection string as libpq reads it: `host=db dbname=school user=otmetka`, `postgresql://otmetka@db/school`, or a
// database's name alone. OT477 when libpq cannot read it; its own words are withheld, since they may quote a password.
// Else the place without user, password and options: `postgres:HOST:PORT/DATABASE`, as far as the string says it.
Result<std::string> place_of(const std::string& dsn);

}  // namespace otmetka::gradebook
