// Goes through the standings of a gradebook file, in one snapshot.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "gradebook/standing_maker.h"
#include "gradebook/store.h"
#include "queue/embedded/database.h"

namespace otmetka::gradebook {

// One use of one connection, which nobody else uses meanwhile.
class StandingReader {
 public:
  // `damaged` may be empty: then OT422 ends the visit.
  StandingReader(queue::embedded::Database& database, const std::function<void(const Error&)>& damaged)
      : database_(database), damaged_(damaged) {}
  Status visit(const Filter& filter, const std::function<bool(const Standing&)>& visit);

 private:
  using Statement = queue::embedded::Statement;

  Status visit_snapshot(const Filter& filter, StandingMaker& maker);
  Result<bool> visit_assignment(Statement& rows, StandingMaker& maker);
  Result<std::optional<std::string>> spec(const std::string& sha256);

  queue::embedded::Database& database_;
  const std::function<void(const Error&)>& damaged_;
};

}  // namespace otmetka::gradebook
