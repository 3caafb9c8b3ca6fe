// The life of a submission in the worker, in this order: poll → room at the door → ledger → lane → commit.
// Results and progress are committed together; past that line a submission is done, before it nothing has happened.
#include "engine/engine.h"

#include <algorithm>
#include <map>
#include <thread>

#include "engine/engine_metrics.h"
#include "engine/fault.h"
#include "engine/patience.h"

namespace otmetka::engine {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kTick{1'000};      // the longest that the poll loop sleeps
constexpr milliseconds kSpecLook{2'000};  // until a work that wants a spec tries again of itself
constexpr milliseconds kPlace{500};       // the longest that the worker's place among others is not minded
constexpr milliseconds kLastLook{20};     // for more, when all that was taken is done and the worker is to leave at the end

int workers_of(const EngineOptions& options) {
  return options.workers > 0 ? options.workers : std::min(usable_cores(), static_cast<int>(kMostWorkers));
}

int program_threads_of(const EngineOptions& options) {
  return options.program_threads > 0 ? options.program_threads : workers_of(options);
}

}  // namespace

Engine::Engine(queue::SubmissionSource& source, queue::ResultSink& sink, SpecCache& specs, EngineOptions options)
    : source_(source),
      sink_(sink),
      options_(std::move(options)),
      in_flight_(options_.bounds, options_.commit),
      retries_(options_.retry),
      want_specs_(options_.retry),
      programs_lane_(options_.programs == nullptr
                         ? nullptr
                         : std::make_unique<ProgramsLane>(
                               specs, *options_.programs,
                               ProgramsLane::Options{program_threads_of(options_), options_.retry.tries, options_.metrics,
                                                     options_.forwarding, options_.in_hand},
                               hooks())),
      lane_(specs,
            {workers_of(options_), options_.retry.tries, options_.spec_patience, options_.metrics, options_.forwarding, options_.in_hand},
            hooks()) {}

AnswersLane::Hooks Engine::hooks() {
  return {.may_start = [this] { return !stopping_ && in_flight_.may_grade(); },
          .done = [this](auto finished, auto again) { graded(std::move(finished), std::move(again)); },
          .programs = programs_lane_
                          ? [this](Work work, ProgramTicket ticket) { submit_program(std::move(work), std::move(ticket)); }
                          : std::function<void(Work, ProgramTicket)>(),
          .failed = [this](const Error& error) { fail(error); }};
}

Status Engine::run() {
  source_.listen(this);
  const Status done = serve();
  source_.listen(nullptr);
  return done;
}

Status Engine::serve() {
  const auto progress = source_.committed();
  if (!progress) return progress.failure();
  if (!shares_) in_flight_.restore(*progress);  // else assigned() has done so
  std::thread committer([this] {
    if (const Status done = without_throwing([this] { return commit_loop(); }); !done) fail(done.failure());
    all_committed_ = true;
    source_.wake();
  });
  const Status polled = without_throwing([this] { return poll_loop(); });
  polling_.rest();
  lane_.finish(milliseconds(0));
  if (programs_lane_) programs_lane_->finish();
  in_flight_.close();  // nothing is being graded any more
  if (polled) keep_place();
  committer.join();  // past this line all that was finished is committed, or failure_ says why not
  if (!polled) return polled;
  const auto failed = failure();
  return failed ? Status(*failed) : ok_status();
}

Status Engine::poll_loop() {
  while (!stopping_) {
    polling_.beat();
    look_for_specs();
    look_at_lag();
    mind_pauses();
    if (grade_suspects()) continue;
    resume(retries_);
    resume(want_specs_);
    const auto finished = poll_once();
    if (!finished) return finished.failure();
    if (*finished) break;
  }
  return ok_status();
}

// True: all is done, and the worker is to leave then.
Result<bool> Engine::poll_once() {
  const InFlight::Room room = in_flight_.room(shares_ ? std::min(next_wait(), kPlace) : next_wait());
  if (room.records == 0 && !shares_) return false;
  auto records = room.records == 0 ? source_.poll(0, 0, milliseconds(0))
                                   : source_.poll(std::min(room.records, kPollRecords), std::min(room.bytes, kPollBytes), poll_wait());
  if (!records) return records.failure();
  counters_.taken += records->size();
  if (options_.metrics != nullptr) options_.metrics->taken(*records);
  // From here on each record is in the ledger: it ends in a commit, whatever becomes of it.
  submit(in_flight_.take(std::move(*records)));
  return finished_all();
}

// A copy in .retry may have come before its time.
void Engine::submit(std::vector<Work> works) {
  set_apart_suspects(works);
  const Timestamp time = now();
  const auto early = std::partition(works.begin(), works.end(), [&](const Work& work) { return work.record.journey.not_before <= time; });
  std::vector<queue::Position> postponed;
  for (auto work = early; work != works.end(); ++work) {
    postponed.push_back(work->record.position);
    const auto left = work->record.journey.not_before - time;
    retries_.add(std::move(*work), RetryQueue::Clock::now() + left);
  }
  works.erase(early, works.end());
  if (!postponed.empty()) in_flight_.finish({}, postponed);
  if (!works.empty()) lane_.submit(std::move(works));
}

void Engine::submit_program(Work work, ProgramTicket ticket) {
  const queue::Position position = work.record.position;
  if (!in_flight_.wants(position)) return in_flight_.forget({&position, 1});
  in_flight_.set_aside(position);
  programs_lane_->submit(std::move(work), std::move(ticket));
}

void Engine::look_for_specs() {
  if (!options_.look_for_specs) return;
  if (options_.look_for_specs(spec_wanted_.exchange(false))) want_specs_.make_all_due();
}

// Not knowing is no reason to stop.
void Engine::look_at_lag() {
  const auto time = std::chrono::steady_clock::now();
  if (options_.metrics == nullptr || time < lag_due_) return;
  lag_due_ = time + kTick;
  const auto unpolled = source_.unpolled();
  unpolled_ = unpolled ? unpolled->value_or(-1) : -1;
}

void Engine::resume(RetryQueue& waiting) {
  auto due = waiting.take_due(RetryQueue::Clock::now());
  if (due.empty()) return;
  in_flight_.resumed(due);
  if (!due.empty()) lane_.submit(std::move(due));
}

// Never none among others: see SubmissionSource::poll.
milliseconds Engine::poll_wait() const { return shares_ ? std::max(next_wait(), milliseconds(1)) : next_wait(); }

milliseconds Engine::next_wait() const {
  if (spec_wanted_) return milliseconds(0);
  if (options_.until_empty && in_flight_.held() == 0) return kLastLook;
  return want_specs_.next_wait(retries_.next_wait(kTick));
}

// What was not committed when the worker stops is simply polled again by the next one: retries that still wait are
// forgotten here, never lost.
Result<bool> Engine::finished_all() {
  if (!options_.until_empty || in_flight_.held() > 0) return false;
  return source_.at_end();
}

void Engine::graded(std::vector<Finished> finished, std::vector<AnswersLane::Retry> again) {
  counters_.graded += static_cast<std::uint64_t>(
      std::count_if(finished.begin(), finished.end(), [](const Finished& one) { return !one.dead_letter && !one.forwarded; }));
  counters_.retried += again.size();
  std::vector<queue::Position> postponed;
  for (const auto& retry : again) postponed.push_back(retry.work.record.position);
  in_flight_.finish(std::move(finished), postponed);
  if (again.empty()) return;
  const auto now = RetryQueue::Clock::now();
  std::map<std::string, std::size_t> failing;
  std::map<std::string, std::size_t> waiting;
  for (auto& retry : again) {
    const std::string code = retry.error.code();
    if (options_.metrics != nullptr) options_.metrics->retried(code);
    if (retry.awaits == Awaits::kLuck) {
      ++failing[code];
      retries_.add(std::move(retry.work));
      continue;
    }
    if (retry.work.attempts - retry.work.faults == 1) ++waiting[code];
    const bool unknown = retry.awaits == Awaits::kSpec;
    const auto until = *retry.work.wants_spec_since + (unknown ? options_.spec_patience : options_.patience);
    if (!unknown && options_.until_empty && now >= until) fail(retry.error);
    const bool for_ever = !unknown && now >= until;
    want_specs_.add(std::move(retry.work), for_ever ? now + kSpecLook : std::min(until, now + kSpecLook));
  }
  if (!waiting.empty()) spec_wanted_ = true;  // now that they are where new specs look for them
  for (const auto& [code, works] : failing) tell({"retried", code, works});
  for (const auto& [code, works] : waiting) tell({"waiting", code, works});
  source_.wake();
}

Status Engine::commit_loop() {
  while (const auto due = in_flight_.next_commit()) {
    if (Status done = commit(*due); !done) return done;
    ++counters_.commits;
    if (options_.metrics != nullptr) options_.metrics->committed(due->stamps, due->commit.dead_letters);
    counters_.dead_letters += due->commit.dead_letters.size();
    counters_.forwarded += due->commit.forwarded.size();
    std::map<std::string, std::size_t> codes;
    for (const queue::DeadLetter& letter : due->commit.dead_letters) ++codes[letter.reason.id];
    for (const auto& [code, works] : codes) tell({"dead_letters", code, works});
    in_flight_.committed(*due);
    committing_.rest();
    lane_.resume();
    if (options_.until_empty) source_.wake();
  }
  return ok_status();
}

Status Engine::commit(const DueCommit& due) {
  Patience patience(options_.patience, stopping_);
  while (true) {
    committing_.beat();
    Status done = sink_.commit(due.commit);
    if (done && patience.failing()) tell({"queue_well", {}, 0});
    if (done || !done.failure().retryable) return done;
    if (!patience.failing()) tell({"queue_failing", done.failure().code(), 0});
    if (!patience.again()) return done;
  }
}

void Engine::tell(Event event) const {
  if (options_.on_event) options_.on_event(event);
}

void Engine::fail(const Error& error) {
  {
    const std::lock_guard lock(failure_mutex_);
    if (!failure_) failure_ = error;
  }
  stop();
}

std::optional<Error> Engine::failure() const {
  const std::lock_guard lock(failure_mutex_);
  return failure_;
}

Engine::Load Engine::load() const {
  Load out;
  out.held = in_flight_.all_held();
  const std::int64_t unpolled = unpolled_;
  if (unpolled >= 0) out.unpolled = unpolled;
  out.for_luck = retries_.size();
  out.for_spec = want_specs_.size();
  out.answers = lane_.load();
  if (programs_lane_) out.programs = programs_lane_->load();
  out.partitions = in_flight_.partitions().size();
  out.paused = paused_;
  return out;
}

void Engine::stop() {
  stopping_ = true;
  in_flight_.stop_waiting();
  source_.wake();
}

}  // namespace otmetka::engine
