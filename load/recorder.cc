#include "load/recorder.h"

#include <algorithm>

#include "queue/codec.h"

namespace otmetka::load {
namespace {

using std::chrono::nanoseconds;

std::string described(Verdict verdict, const Ratio& credit) { return std::string(verdict_name(verdict)) + " " + credit.to_string(); }

// What the clock of the wall says at a moment of the steady one, less the latter.
nanoseconds wall_ahead_of_steady() {
  return std::chrono::system_clock::now().time_since_epoch() - Clock::now().time_since_epoch();
}

}  // namespace

bool Measured::held() const {
  if (rate <= 0) return true;
  if (unsent > 0) return false;
  const double all = static_cast<double>(offered);
  const double on_their_way = std::max(std::min(0.3 * rate, 0.5 * all), 20.0);
  return all - static_cast<double>(came) <= std::max(0.02 * all, on_their_way);
}

Recorder::Recorder(const Workload& load, const Window& window) : load_(load), window_(window) {
  out_.duration = window.end - window.begin;
  for (int i = 0; i < window.blocks; ++i) {
    out_.blocks.push_back({.begin = out_.duration * i / window.blocks});
  }
}

std::optional<std::size_t> Recorder::block_at(Clock::time_point at) const {
  if (at < window_.begin || at >= window_.end || out_.blocks.empty()) return std::nullopt;
  const auto after = std::upper_bound(out_.blocks.begin(), out_.blocks.end(), at - window_.begin,
                                      [](nanoseconds time, const Block& block) { return time < block.begin; });
  return static_cast<std::size_t>(after - out_.blocks.begin()) - 1;
}

void Recorder::due(Clock::time_point intended) {
  const std::lock_guard lock(mutex_);
  if (block_at(intended)) ++out_.offered;
}

void Recorder::sending(std::uint64_t number, Clock::time_point intended) {
  const Fate fate = load_.expectation(number).fate;
  const std::lock_guard lock(mutex_);
  ++sent_;
  if (const auto block = block_at(intended)) {
    ++out_.sent;
    ++out_.blocks[*block].sent;
  }
  out_.most_behind = std::max<nanoseconds>(out_.most_behind, Clock::now() - intended);
  if (fate == Fate::kUndecodable) ++out_.verdicts.undecodable;
  if (fate == Fate::kParked) ++out_.verdicts.parked_expected;
  if (fate == Fate::kUndecodable) return;  // nothing comes back
  pending_.insert_or_assign(number, Pending{intended, std::nullopt});
}

void Recorder::accepted(std::uint64_t first, std::uint64_t end, Clock::time_point at) {
  const std::lock_guard lock(mutex_);
  for (std::uint64_t number = first; number < end; ++number) {
    if (const auto found = pending_.find(number); found != pending_.end()) found->second.accepted = at;
  }
}

void Recorder::came(std::span<const Arrival> arrivals) {
  const nanoseconds wall_ahead = wall_ahead_of_steady();
  std::vector<std::pair<ScoredResult, Clock::time_point>> results;
  for (const Arrival& arrival : arrivals) {
    if (auto result = queue::decode_result(arrival.payload)) results.emplace_back(std::move(*result), arrival.at);
  }
  const std::lock_guard lock(mutex_);
  for (const auto& [result, at] : results) came_one(result, at, wall_ahead);
}

void Recorder::came_one(const ScoredResult& result, Clock::time_point at, nanoseconds wall_ahead) {
  const auto number = load_.number_of(result.submission.value);
  if (!number) return;  // another run's
  const auto found = pending_.find(*number);
  if (found == pending_.end()) {
    if (*number < seen_.size() && seen_[*number]) ++out_.verdicts.repeated;
    return;
  }
  const Pending pending = found->second;
  pending_.erase(found);
  if (*number >= seen_.size()) seen_.resize(*number + 1);
  seen_[*number] = true;
  ++came_;
  if (const auto block = block_at(at)) {
    ++out_.came;
    ++out_.blocks[*block].came;
    for (const PartResult& part : result.parts) out_.programs_cpu += part.cpu;
  }
  const Expectation expected = load_.expectation(*number);
  check(*number, expected, result);
  if (expected.fate == Fate::kGraded) measure(pending, expected.program, result, at, wall_ahead);
}

void Recorder::check(std::uint64_t number, const Expectation& expected, const ScoredResult& result) {
  ++out_.verdicts.checked;
  const bool failed = result.progress == Progress::kFailed;
  if (expected.fate == Fate::kParked && failed) ++out_.verdicts.parked;
  if (failed != (expected.fate == Fate::kParked)) {
    const std::string why = failed && !result.notices.empty() ? " " + result.notices.front().id : "";
    disagree(number, {.submission = result.submission.value,
                      .part = {},
                      .answer = {},
                      .expected = failed ? "FINAL" : "FAILED",
                      .got = std::string(progress_name(result.progress)) + why});
  }
  if (expected.fate == Fate::kGraded && !failed) check_parts(number, expected, result);
}

void Recorder::check_parts(std::uint64_t number, const Expectation& expected, const ScoredResult& result) {
  for (const PartResult& part : result.parts) ++out_.verdicts.by_status[std::string(verdict_name(part.status))];
  for (const ExpectedPart& wanted : expected.parts) {
    const auto part =
        std::find_if(result.parts.begin(), result.parts.end(), [&](const PartResult& one) { return one.part.value == wanted.part; });
    const bool there = part != result.parts.end();
    if (there && part->status == wanted.verdict && part->credit == wanted.credit) continue;
    disagree(number, {.submission = result.submission.value,
                      .part = wanted.part,
                      .answer = load_.answers_of(number, wanted.part),
                      .expected = described(wanted.verdict, wanted.credit),
                      .got = there ? described(part->status, part->credit) : "–"});
  }
}

void Recorder::disagree(std::uint64_t number, Disagreement example) {
  if (disagreed_last_ != number) ++out_.verdicts.disagreed;
  disagreed_last_ = number;
  if (out_.verdicts.examples.size() < VerdictCheck::kMostExamples) out_.verdicts.examples.push_back(std::move(example));
}

void Recorder::measure(const Pending& pending, bool program, const ScoredResult& result, Clock::time_point at, nanoseconds wall_ahead) {
  const auto block = block_at(pending.intended);
  if (!block) return;
  Latencies& out = out_.latencies;
  const nanoseconds whole = at - pending.intended;
  out.whole.record(whole);
  (program ? out.programs : out.answers).record(whole);
  out_.blocks[*block].latency.record(whole);
  const Clock::time_point accepted = std::min(pending.accepted.value_or(at), at);
  out.publishing.record(accepted - pending.intended);
  if (!result.graded_at) return;
  // `graded_at` is when grading began.
  const Clock::time_point begun = std::clamp(Clock::time_point(result.graded_at->time_since_epoch() - wall_ahead), accepted, at);
  out.waiting.record(begun - accepted);
  out.finishing.record(at - begun);
}

std::size_t Recorder::outstanding() const {
  const std::lock_guard lock(mutex_);
  return pending_.size();
}

void Recorder::set_window_end(Clock::time_point end) {
  const std::lock_guard lock(mutex_);
  if (end >= window_.end) return;
  window_.end = std::max(end, window_.begin);
  out_.duration = window_.end - window_.begin;
  std::erase_if(out_.blocks, [&](const Block& block) { return block.begin >= out_.duration; });
}

void Recorder::block_used(std::size_t block, double cpu_seconds) {
  const std::lock_guard lock(mutex_);
  if (block < out_.blocks.size()) out_.blocks[block].cpu_seconds += cpu_seconds;
}

Recorder::Now Recorder::now() const {
  const std::lock_guard lock(mutex_);
  return {sent_, came_, pending_.size(), out_.latencies.whole.at(0.99)};
}

Measured Recorder::finish() {
  const std::lock_guard lock(mutex_);
  out_.verdicts.missing = pending_.size();
  return std::move(out_);
}

}  // namespace otmetka::load
