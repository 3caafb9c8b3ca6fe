#include "gradebook/sqlite/standing_reader.h"

#include "queue/codec.h"

namespace otmetka::gradebook {
namespace {

constexpr const char* kAssignments =
    "SELECT id FROM assignments WHERE (?1 = '' OR tenant = ?1) AND (?2 = '' OR assignment = ?2) ORDER BY assignment, tenant";
constexpr const char* kRows =
    "SELECT r.payload, a.learner, s.assignment FROM attempts a JOIN results r ON r.id = a.result JOIN assignments s ON s.id = a.assignment_id"
    " WHERE a.assignment_id = ?1"
    " ORDER BY a.learner, a.attempt_no";
constexpr const char* kRowsOfLearner =
    "SELECT r.payload, a.learner, s.assignment FROM attempts a JOIN results r ON r.id = a.result JOIN assignments s ON s.id = a.assignment_id"
    " WHERE a.assignment_id = ?1 AND a.learner = ?2"
    " ORDER BY a.attempt_no";

}  // namespace

Status StandingReader::visit(const Filter& filter, const std::function<bool(const Standing&)>& visit) {
  if (auto begun = database_.execute("BEGIN"); !begun) return begun;
  StandingMaker maker(visit, damaged_, [this](const std::string& hash) { return spec(hash); });
  Status done = visit_snapshot(filter, maker);
  static_cast<void>(database_.execute("ROLLBACK"));  // it has read, nothing else
  return done;
}

// There are few assignments beside the rows, and each one's rows stand together.
Status StandingReader::visit_snapshot(const Filter& filter, StandingMaker& maker) {
  auto assignments = database_.prepare(kAssignments);
  if (!assignments) return assignments.failure();
  auto rows = database_.prepare(filter.learner.empty() ? kRows : kRowsOfLearner);
  if (!rows) return rows.failure();
  if (!filter.learner.empty()) rows->text(2, filter.learner);
  assignments->text(1, filter.tenant).text(2, filter.assignment);
  auto next = assignments->step();
  for (; next && *next; next = assignments->step()) {
    rows->reset();
    rows->bind(1, assignments->integer(0));
    const auto more = visit_assignment(*rows, maker);
    if (!more) return more.failure();
    if (!*more) return ok_status();
  }
  return next ? ok_status() : Status(next.failure());
}

Result<bool> StandingReader::visit_assignment(Statement& rows, StandingMaker& maker) {
  auto row = rows.step();
  for (; row && *row; row = rows.step()) {
    const std::string_view learner = rows.bytes(1);
    auto result = queue::decode_result(rows.bytes(0));
    if (!result) result = error("OT422", {database_.file(), std::string(learner), std::string(rows.bytes(2))});
    if (const auto more = maker.add(learner, std::move(result)); !more || !*more) return more;
  }
  if (!row) return row.failure();
  return maker.end_assignment();
}

Result<std::optional<std::string>> StandingReader::spec(const std::string& sha256) {
  auto select = database_.prepare("SELECT bytes FROM specs WHERE sha256 = ?1");
  if (!select) return select.failure();
  const auto row = select->text(1, sha256).step();
  if (!row) return row.failure();
  return *row ? std::optional(std::string(select->bytes(0))) : std::nullopt;
}

}  // namespace otmetka::gradebook
