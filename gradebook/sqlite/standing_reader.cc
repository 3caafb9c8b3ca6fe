#include "gradebook/sqlite/standing_reader.h"

#include "gradebook/rubric_of.h"
#include "gradebook/standing.h"
#include "queue/codec.h"

namespace otmetka::gradebook {
namespace {

// `where` is one of this file's literals.
std::string rows_sql(const char* where) {
  return std::string("SELECT a.assignment, a.learner, a.tenant, r.payload FROM attempts a JOIN results r ON r.id = a.result"
                     " WHERE (?3 = '' OR a.tenant = ?3)") +
         where + " ORDER BY a.assignment, a.learner, a.tenant, a.attempt_no";
}

constexpr const char* kAll = "";
constexpr const char* kOfAssignment = " AND a.assignment = ?1";
constexpr const char* kOfLearner = " AND a.assignment = ?1 AND a.learner = ?2";

}  // namespace

Status StandingReader::visit(const Filter& filter, const Visit& visit) {
  if (auto begun = database_.execute("BEGIN"); !begun) return begun;
  Status done = visit_snapshot(filter, visit);
  static_cast<void>(database_.execute("ROLLBACK"));  // it has read, nothing else
  return done;
}

Status StandingReader::visit_snapshot(const Filter& filter, const Visit& visit) {
  if (filter.assignment.empty() && !filter.learner.empty()) return visit_learner(filter, visit);
  const bool of_assignment = !filter.assignment.empty();
  const char* where = !filter.learner.empty() ? kOfLearner : of_assignment ? kOfAssignment : kAll;
  auto rows = database_.prepare(rows_sql(where).c_str());
  if (!rows) return rows.failure();
  if (of_assignment) rows->text(1, filter.assignment);
  if (!filter.learner.empty()) rows->text(2, filter.learner);
  rows->text(3, filter.tenant);
  return visit_rows(*rows, visit);
}

// From assignment to assignment by the key's first column: there are few of them beside the rows.
Status StandingReader::visit_learner(const Filter& filter, const Visit& visit) {
  auto following = database_.prepare("SELECT assignment FROM attempts WHERE assignment > ?1 ORDER BY assignment LIMIT 1");
  if (!following) return following.failure();
  auto rows = database_.prepare(rows_sql(kOfLearner).c_str());
  if (!rows) return rows.failure();
  std::string assignment;
  while (!stopped_) {
    const auto found = following->text(1, assignment).step();
    if (!found) return found.failure();
    if (!*found) return ok_status();
    const std::string next(following->bytes(0));
    following->reset();
    assignment = next;
    rows->text(1, assignment).text(2, filter.learner).text(3, filter.tenant);
    if (auto done = visit_rows(*rows, visit); !done) return done;
    rows->reset();
  }
  return ok_status();
}

Status StandingReader::visit_rows(Statement& rows, const Visit& visit) {
  std::vector<ScoredResult> attempts;
  auto row = rows.step();
  for (; row && *row; row = rows.step()) {
    auto result = queue::decode_result(rows.bytes(3));
    if (!result) return error("OT422", {database_.file(), std::string(rows.bytes(1)), std::string(rows.bytes(0))});
    const bool same = !attempts.empty() && attempts.front().assignment == result->assignment &&
                      attempts.front().learner == result->learner && attempts.front().tenant == result->tenant;
    if (!same) {
      if (auto ended = end_standing(attempts, visit); !ended || stopped_) return ended;
    }
    attempts.push_back(std::move(*result));
  }
  if (!row) return row.failure();
  return end_standing(attempts, visit);
}

Status StandingReader::end_standing(std::vector<ScoredResult>& attempts, const Visit& visit) {
  if (attempts.empty()) return ok_status();
  const auto standing = make_standing(std::exchange(attempts, {}), [this](const std::string& hash) { return rubric(hash); });
  if (!standing) return standing.failure();
  stopped_ = !visit(*standing);
  return ok_status();
}

// Of a spec that the store does not hold, or whose bytes are none: nullptr.
Result<const Rubric*> StandingReader::rubric(const std::string& spec_sha256) {
  auto known = rubrics_.find(spec_sha256);
  if (known == rubrics_.end()) {
    auto select = database_.prepare("SELECT bytes FROM specs WHERE sha256 = ?1");
    if (!select) return select.failure();
    const auto row = select->text(1, spec_sha256).step();
    if (!row) return row.failure();
    v1::AssessmentSpec spec;
    const std::string bytes = *row ? std::string(select->bytes(0)) : std::string();
    const bool read = *row && spec.ParseFromString(bytes);
    known = rubrics_.emplace(spec_sha256, read ? std::optional(rubric_of(spec)) : std::nullopt).first;
  }
  return known->second ? &*known->second : nullptr;
}

}  // namespace otmetka::gradebook
