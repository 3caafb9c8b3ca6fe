// The life of a submission in the worker, in this order: poll → room at the door → ledger → lane → commit.
// Results and progress are committed together; past that line a submission is done, before it nothing has happened.
#include "engine/engine.h"

#include <algorithm>
#include <thread>

#include "engine/answers_lane.h"

namespace otmetka::engine {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kTick{1'000};         // the longest that the poll loop sleeps
constexpr milliseconds kCommitPause{100};    // before a commit that failed is tried again
constexpr milliseconds kCommitPatience{30'000};  // how long a sink may go on failing before the worker gives up

}  // namespace

Engine::Engine(queue::SubmissionSource& source, queue::ResultSink& sink, const SpecCache& specs, EngineOptions options)
    : source_(source), sink_(sink), specs_(specs), options_(std::move(options)),
      in_flight_(options_.bounds, options_.commit), retries_(options_.retry) {
  if (options_.workers <= 0) options_.workers = std::min(usable_cores(), static_cast<int>(kMostWorkers));
}

Status Engine::run() {
  const auto progress = source_.committed();
  if (!progress) return progress.failure();
  in_flight_.restore(*progress);
  std::thread committer([this] { commit_loop(); });
  Status polled = poll_loop();  // past its end nothing is being graded any more
  in_flight_.close(retries_.size());
  committer.join();             // past this line all that was taken is committed, or failure_ says why not
  if (!polled) return polled;
  const std::lock_guard lock(failure_mutex_);
  return failure_ ? Status(*failure_) : ok_status();
}

Status Engine::poll_loop() {
  AnswersLane lane(specs_, options_.workers, options_.retry.tries,
                   [this](std::vector<Finished> finished, std::vector<AnswersLane::Retry> again) {
                     counters_.graded += finished.size();
                     counters_.retried += again.size();
                     in_flight_.finish(std::move(finished));
                     for (auto& retry : again) retries_.add(std::move(retry.work));
                     if (!again.empty()) source_.wake();
                   });
  while (!stopping_) {
    if (options_.tick) options_.tick();
    if (auto due = retries_.take_due(RetryQueue::Clock::now()); !due.empty()) lane.submit(std::move(due));

    const InFlight::Room room = in_flight_.room(retries_.next_wait(kTick));
    if (room.records == 0) continue;

    auto records = source_.poll(std::min(room.records, kPollRecords), std::min(room.bytes, kPollBytes),
                                retries_.next_wait(kTick));
    if (!records) return records.failure();
    counters_.taken += records->size();
    // From here on each record is in the ledger: it ends in a commit, whatever becomes of it.
    auto works = in_flight_.take(std::move(*records));
    if (!works.empty()) lane.submit(std::move(works));

    const auto finished = finished_all();
    if (!finished) return finished.failure();
    if (*finished) break;
  }
  return ok_status();
}

// What was not committed when the worker stops is simply polled again by the next one: retries that still wait are
// forgotten here, never lost.
Result<bool> Engine::finished_all() {
  if (!options_.until_empty || in_flight_.held() > 0) return false;
  return source_.at_end();
}

void Engine::commit_loop() {
  while (const auto due = in_flight_.next_commit()) {
    auto patience = kCommitPatience;
    Status done = sink_.commit(due->commit);
    while (!done && done.failure().retryable && patience > milliseconds(0)) {
      std::this_thread::sleep_for(kCommitPause);
      patience -= kCommitPause;
      done = sink_.commit(due->commit);
    }
    if (!done) return fail(done.failure());
    ++counters_.commits;
    counters_.dead_letters += due->commit.dead_letters.size();
    in_flight_.committed(*due);
    if (options_.until_empty) source_.wake();
  }
}

void Engine::fail(const Error& error) {
  {
    const std::lock_guard lock(failure_mutex_);
    failure_ = error;
  }
  stop();
}

void Engine::stop() {
  stopping_ = true;
  source_.wake();
}

}  // namespace otmetka::engine
