#include "gradebook/postgres/standing_reader.h"

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "queue/codec.h"

namespace otmetka::gradebook::postgres {
namespace {

constexpr const char* kSnapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
constexpr const char* kAssignments =
    "SELECT id, assignment FROM assignments WHERE ($1 = '' OR tenant = $1) AND ($2 = '' OR assignment = $2) ORDER BY assignment, tenant";
constexpr const char* kRows = "SELECT payload, learner FROM attempts WHERE assignment_id = $1 ORDER BY learner, attempt_no";
constexpr const char* kRowsOfLearner =
    "SELECT payload, learner FROM attempts WHERE assignment_id = $1 AND learner = $2 ORDER BY learner, attempt_no";

Result<bool> visit_assignment(Connection& connection, std::int64_t id, const std::string& assignment, const Filter& filter,
                              StandingMaker& maker) {
  std::vector<Parameter> parameters{bigint_parameter(id)};
  if (!filter.learner.empty()) parameters.push_back(bytes_parameter(filter.learner));
  const auto more = connection.stream(filter.learner.empty() ? kRows : kRowsOfLearner, parameters, [&](const Rows& row) -> Result<bool> {
    const std::string learner = row.text(0, 1);
    auto result = queue::decode_result(row.bytes(0, 0));
    if (!result) result = error("OT422", {connection.place(), learner, assignment});
    return maker.add(learner, std::move(result));
  });
  if (!more || !*more) return more;
  return maker.end_assignment();
}

}  // namespace

// There are few assignments beside the rows, and each one's rows stand together.
Status visit_standings(Connection& connection, const Filter& filter, StandingMaker& maker) {
  auto transaction = Transaction::begin(connection, kSnapshot);
  if (!transaction) return transaction.failure();
  const auto assignments = connection.run(kAssignments, std::array{bytes_parameter(filter.tenant), bytes_parameter(filter.assignment)});
  if (!assignments) return assignments.failure();
  for (int row = 0; row < assignments->count(); ++row) {
    const auto more = visit_assignment(connection, assignments->integer(row, 0), assignments->text(row, 1), filter, maker);
    if (!more) return more.failure();
    if (!*more) return ok_status();
  }
  return ok_status();
}

}  // namespace otmetka::gradebook::postgres
