#include "gradebook/postgres/row_columns.h"

#include <optional>
#include <utility>

namespace otmetka::gradebook::postgres {
namespace {

std::optional<std::int64_t> micros(const std::optional<Timestamp>& at) {
  return at ? std::optional(std::int64_t{at->time_since_epoch().count()}) : std::nullopt;
}

}  // namespace

void KeyColumns::add(std::int64_t assignment, const ScoredResult& row) {
  assignment_.bigint(assignment);
  learner_.bytes(row.learner.value);
  attempt_no_.integer(row.attempt_no);
}

std::vector<Parameter> KeyColumns::take() {
  std::vector<Parameter> out;
  for (Column* column : {&assignment_, &learner_, &attempt_no_}) out.push_back(column->take());
  return out;
}

void IdentityColumns::add(std::int64_t assignment, const ScoredResult& row, const RowVersion& stored) {
  key_.add(assignment, row);
  submission_.bytes(stored.submission);
  failed_.boolean(stored.failed);
  content_.bytes(stored.content_sha256);
  result_.bytes(stored.result_id);
}

std::vector<Parameter> IdentityColumns::take() {
  std::vector<Parameter> out = key_.take();
  for (Column* column : {&submission_, &failed_, &content_, &result_}) out.push_back(column->take());
  return out;
}

void ResultColumns::add(std::int64_t assignment, const Arrival& arrival) {
  const ScoredResult& result = arrival.head;
  key_.add(assignment, result);
  submission_.bytes(result.submission.value);
  failed_.boolean(result.progress == Progress::kFailed);
  submitted_at_.bigint(micros(result.submitted_at));
  epoch_.bigint(result.grade_epoch);
  revision_.bigint(result.revision);
  content_.bytes(result.content_sha256);
  spec_.bytes(result.spec_sha256);
  result_.bytes(result.result_id);
  payload_.bytes(arrival.payload);
}

std::vector<Parameter> ResultColumns::take() {
  std::vector<Parameter> out = key_.take();
  for (Column* column : {&submission_, &failed_, &submitted_at_, &epoch_, &revision_, &content_, &spec_, &result_, &payload_}) {
    out.push_back(column->take());
  }
  return out;
}

}  // namespace otmetka::gradebook::postgres
