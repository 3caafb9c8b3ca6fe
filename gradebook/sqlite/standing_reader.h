// Goes through the standings of a gradebook file, in one snapshot.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gradebook/store.h"
#include "model/rubric.h"
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
  using Visit = std::function<bool(const Standing&)>;

  Status visit_snapshot(const Filter& filter, const Visit& visit);
  Status visit_assignment(Statement& rows, const Visit& visit);
  Status end_standing(std::vector<ScoredResult>& attempts, const Visit& visit);
  Result<const Rubric*> rubric(const std::string& spec_sha256);

  queue::embedded::Database& database_;
  const std::function<void(const Error&)>& damaged_;
  bool stopped_ = false;  // the visitor has seen enough
  std::map<std::string, std::optional<Rubric>> rubrics_;
};

}  // namespace otmetka::gradebook
