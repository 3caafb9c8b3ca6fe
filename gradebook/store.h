// The gradebook: rows that hold the greatest result they have ever seen (gradebook/rules.h), whatever the order and
// number of arrivals, and the marks computed from them. Two stores, sqlite/ and postgres/, under one contract suite.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/result.h"
#include "model/rubric.h"
#include "model/scored_result.h"

namespace otmetka::gradebook {

// A spec as published: its bytes are kept so that explanations and marks can be made again.
struct SpecRow {
  std::string sha256;  // hex, of `bytes`
  std::string spec_id;
  std::string bytes;   // serialized otmetka.v1.AssessmentSpec
};

// A result as it came: what decides about its row, and its bytes, which are kept as they are.
struct Arrival {
  ScoredResult head;         // parts and notices may be missing
  std::string_view payload;  // otmetka.v1.ScoredResult
};

struct Applied {
  std::size_t stored = 0;      // rows made or replaced
  std::size_t history = 0;     // results that did not hold their row
  std::size_t duplicates = 0;  // the same result_id with the same content
  // Of those stored or in history: the same version with other content, by a submission_id used again or a determinism bug.
  std::size_t conflicts = 0;
};

// A step of the position in one partition of the source that feeds the gradebook. A queue of one stream has partition 0 only.
struct Move {
  std::int32_t partition = 0;
  std::int64_t expected = 0;  // the position this caller believes is stored; never read: 0
  std::int64_t next = 0;
};

// What has come of a submission so far.
enum class Outcome { kNone, kFailed, kGraded };

// A result that does not hold its row. `notice`: why that is worth a word (OT430: a second submission for one attempt;
// OT431: the same submission, graded by another version of the spec).
struct HistoryRow {
  ScoredResult result;
  std::optional<Message> notice;
};

struct RowKey {
  TenantId tenant;
  AssignmentId assignment;
  LearnerId learner;
  std::int32_t attempt_no = 1;
};

struct Filter {
  std::string tenant;      // empty: every one
  std::string assignment;
  std::string learner;
};

// One learner's standing in one assignment: all attempts that hold a row, ascending, and the mark by the rubric of the
// spec of the row with the greatest (grade_epoch, revision, submitted_at, spec_sha256), of those whose spec the store
// holds; without any, by the rubric that has no rules. An attempt that FAILED never counts.
struct Standing {
  std::vector<ScoredResult> attempts;
  FinalMark mark;
  std::size_t shown = 0;  // index of the attempt to show: the counting one, else the last that counts, else the last
};

// One writer, several readers in other threads or processes. Errors are OT4xx; retryable ones say so, and nothing of what
// failed has been written. Which source the positions are of is said when the store is opened.
class Store {
 public:
  virtual ~Store() = default;

  virtual Status put_spec(const SpecRow& spec) = 0;  // the same again changes nothing
  virtual Result<std::optional<SpecRow>> spec(const std::string& sha256) = 0;

  // The results and the positions behind them, in one transaction; each partition stands in `moves` once at most. Another
  // position than a move expects means that another consumer holds the partition: nothing is written and OT420 says so.
  virtual Result<Applied> apply(std::span<const Arrival> results, std::span<const Move> moves) = 0;
  virtual Result<std::int64_t> position(std::int32_t partition) = 0;

  // The same for partition 0.
  Result<Applied> apply(std::span<const Arrival> results, std::int64_t expected, std::int64_t next) {
    const Move move{.partition = 0, .expected = expected, .next = next};
    return apply(results, std::span(&move, 1));
  }
  Result<std::int64_t> position() { return position(0); }

  // Standings in order of assignment, then tenant, then learner, as they stood at one moment; `visit` returning false ends
  // it. Memory does not grow with the rows. A learner one of whose rows does not decode (OT422) has no standing that could be
  // believed: `damaged` is told and the others come all the same; without it the visit ends there.
  virtual Status visit(const Filter& filter, const std::function<bool(const Standing&)>& visit,
                       const std::function<void(const Error&)>& damaged = {}) = 0;

  // Of the results that have been applied of this submission the best: graded over FAILED.
  virtual Result<Outcome> outcome(const std::string& tenant, const std::string& submission_id) = 0;

  // What has come for a row and does not hold it, the greatest (gradebook/rules.h) first.
  virtual Result<std::vector<HistoryRow>> history(const RowKey& row) = 0;

  // Conflicts counted since the gradebook was made.
  virtual Result<std::int64_t> conflicts() = 0;

  // Whether the gradebook that was opened still stands where others look for it. OT418: its file is gone, or another stands
  // there, and what is applied can be read by nobody. Any thread.
  virtual Status check_place() const { return ok_status(); }
};

}  // namespace otmetka::gradebook
