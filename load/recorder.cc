#include "load/recorder.h"

#include <algorithm>
#include <functional>
#include <string>

#include "queue/codec.h"

namespace otmetka::load {
namespace {

using std::chrono::nanoseconds;

std::string described(Verdict verdict, const Ratio& credit) { return std::string(verdict_name(verdict)) + " " + credit.to_string(); }

// What the clock of the wall says at a moment of the steady one, less the latter.
nanoseconds wall_ahead_of_steady() {
  return std::chrono::system_clock::now().time_since_epoch() - Clock::now().time_since_epoch();
}

// Of a result's content, never 0.
std::uint64_t mark_of(const ScoredResult& result) { return std::hash<std::string>{}(result.content_sha256) | 1; }

}  // namespace

bool Measured::held() const {
  if (rate <= 0) return true;
  if (unsent > 0) return false;
  const double all = static_cast<double>(offered - std::min(offered, without_result));
  const double on_their_way = std::max(std::min(0.3 * rate, 0.1 * all), 20.0);
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
    if (fate == Fate::kUndecodable) ++out_.without_result;
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
  if (found == pending_.end()) return came_again(*number, result);
  const Pending pending = found->second;
  pending_.erase(found);
  if (*number >= seen_.size()) seen_.resize(*number + 1);
  seen_[*number] = mark_of(result);
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

// The same again is no mistake of the grader's, something else is.
void Recorder::came_again(std::uint64_t number, const ScoredResult& result) {
  if (number >= seen_.size() || seen_[number] == 0) return;
  ++out_.verdicts.repeated;
  if (seen_[number] == mark_of(result)) return;
  disagree(number, {.submission = result.submission.value, .part = {}, .answer = {}, .expected = "1", .got = "2"});
}

void Recorder::check(std::uint64_t number, const Expectation& expected, const ScoredResult& result) {
  ++out_.verdicts.checked;
  const Progress wanted = expected.fate == Fate::kParked ? Progress::kFailed : Progress::kFinal;
  if (wanted == Progress::kFailed && result.progress == wanted) ++out_.verdicts.parked;
  const auto differs = [&](const std::string& must_be, const std::string& is) {
    disagree(number, {.submission = result.submission.value, .part = {}, .answer = {}, .expected = must_be, .got = is});
  };
  if (result.progress != wanted) {
    const std::string why = result.notices.empty() ? "" : " " + result.notices.front().id;
    differs(std::string(progress_name(wanted)), std::string(progress_name(result.progress)) + why);
  }
  const std::string whose = expected.learner + " " + expected.assignment + " " + std::to_string(expected.attempt_no);
  const std::string got = result.learner.value + " " + result.assignment.value + " " + std::to_string(result.attempt_no);
  if (whose != got) differs(whose, got);
  if (wanted == Progress::kFinal && result.progress == wanted) check_parts(number, expected, result);
}

void Recorder::check_parts(std::uint64_t number, const Expectation& expected, const ScoredResult& result) {
  const std::uint64_t disagreed_before = out_.verdicts.disagreed;
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
  if (out_.verdicts.disagreed == disagreed_before) check_sum(number, expected, result);
}

// Points follow from the shares, which are right, and no part stands there that nobody asked for.
void Recorder::check_sum(std::uint64_t number, const Expectation& expected, const ScoredResult& result) {
  Ratio raw, maximum;
  for (const PartResult& part : result.parts) {
    raw += part.credit * part.points_max;
    maximum += part.points_max;
  }
  const auto told = [](const Ratio& points, const Ratio& most, std::size_t parts) {
    return points.to_string() + " / " + most.to_string() + " (" + std::to_string(parts) + ")";
  };
  const std::string wanted = told(raw, maximum, expected.parts.size());
  const std::string got = told(result.raw, result.maximum, result.parts.size());
  if (wanted != got) disagree(number, {.submission = result.submission.value, .part = {}, .answer = {}, .expected = wanted, .got = got});
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

// What still waits counts with the time that it has waited: or a grader that stands still would look like a quick one.
Recorder::Now Recorder::now() const {
  const std::lock_guard lock(mutex_);
  Histogram whole = out_.latencies.whole;
  const auto now = Clock::now();
  for (const auto& [number, one] : pending_) {
    if (block_at(one.intended)) whole.record(now - one.intended);
  }
  return {sent_, came_, pending_.size(), whole.at(0.99)};
}

Measured Recorder::finish() {
  const std::lock_guard lock(mutex_);
  out_.verdicts.missing = pending_.size();
  const auto now = Clock::now();
  for (const auto& [number, one] : pending_) {
    const auto block = block_at(one.intended);
    const Expectation expected = load_.expectation(number);
    if (!block || expected.fate != Fate::kGraded) continue;
    const nanoseconds waited = std::max<nanoseconds>(now - one.intended, nanoseconds(0));
    out_.latencies.whole.record(waited);
    (expected.program ? out_.latencies.programs : out_.latencies.answers).record(waited);
    out_.blocks[*block].latency.record(waited);
    ++out_.waiting;
  }
  return std::move(out_);
}

}  // namespace otmetka::load
