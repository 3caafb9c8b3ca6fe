// The worker: takes submissions from a source, has them graded, commits results.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "engine/answers_lane.h"
#include "engine/bounds.h"
#include "engine/event.h"
#include "engine/heartbeat.h"
#include "engine/in_flight.h"
#include "engine/pauses.h"
#include "engine/programs_lane.h"
#include "engine/retry_queue.h"
#include "engine/spec_cache.h"
#include "model/result.h"
#include "queue/source.h"

namespace otmetka::engine {

struct EngineOptions {
  int workers = 0;  // threads that grade; 0: the usable cores, at most kMostWorkers
  Bounds bounds;
  CommitPolicy commit;
  RetryPolicy retry;                                 // of works whose grading fails
  Forwarding forwarding;                             // what goes on to other lanes' topics; none: all is graded here
  InHand* in_hand = nullptr;                         // outlives the engine; null: works that end the worker are tried for ever
  std::size_t metadata_bytes = 0;                    // of a partition's progress, at most (KafkaOptions); 0: no bound
  std::chrono::milliseconds spec_patience{30'000};   // how long a work waits for a spec that is not known (OT380)
  // How long the sink may go on failing before the worker gives up; and, if it is to leave when all is done, how long it
  // may be kept from that by a spec that is withheld.
  std::chrono::milliseconds patience{30'000};
  Programs* programs = nullptr;  // for specs that run programs; null: their works fail with OT566
  int program_threads = 0;       // works that run programs at once; 0: as `workers`
  bool until_empty = false;  // leave when all that was published is committed
  // Called by the poll loop between batches, at least once a second: looks for new specs, at once if one is wanted. True:
  // there are some, so that those who wait for one try again. May be empty.
  std::function<bool(bool wanted)> look_for_specs;
  OnEvent on_event;  // may be empty
  const EngineMetrics* metrics = nullptr;  // what counts; null: nobody measures
};

// Counted since the start; read from any thread.
struct Counters {
  std::atomic<std::uint64_t> taken{0};
  std::atomic<std::uint64_t> graded{0};        // without the dead letters
  std::atomic<std::uint64_t> retried{0};       // tries that ended with the work waiting for another one
  std::atomic<std::uint64_t> dead_letters{0};
  std::atomic<std::uint64_t> forwarded{0};     // to other lanes' topics, and committed
  std::atomic<std::uint64_t> commits{0};
};

// run() once, on its caller's thread. At-least-once up to the sink's commit, which makes results and progress one:
// kill -9 at any instruction loses nothing and repeats nothing that was committed. Partitions may come and go: those that go are
// drained first, and what comes too late of them is left out.
class Engine : private queue::PartitionListener {
 public:
  Engine(queue::SubmissionSource& source, queue::ResultSink& sink, SpecCache& specs, EngineOptions options);

  // Until stop(), until empty if so asked, or until the source or the sink fails for good.
  Status run();

  // From any thread (not from a signal handler): takes no more, finishes what is being graded at this moment and commits
  // what is finished. What was taken and not begun, or what a failing sink did not take, is polled again by the next run.
  void stop();

  const Counters& counters() const { return counters_; }

  // What it has to do at the moment; any thread.
  struct Load {
    InFlight::Held held;
    std::optional<std::int64_t> unpolled;  // at most a second old; nullopt: not known
    std::size_t for_luck = 0;              // works that wait to be tried again
    std::size_t for_spec = 0;
    LaneLoad answers;
    LaneLoad programs;
    std::size_t partitions = 0;  // of this worker's at the moment
    std::size_t paused = 0;      // of them
  };
  Load load() const;

  // One turns at least once a second while run() polls; the other one beats at each try of a commit and rests between two.
  const Heartbeat& polling() const { return polling_; }
  const Heartbeat& committing() const { return committing_; }

 private:
  // On the thread of run(), from within the source's calls.
  void assigned(std::span<const queue::PartitionProgress> progress) override;
  void revoking(std::span<const std::int32_t> partitions, std::chrono::milliseconds most) override;
  void lost(std::span<const std::int32_t> partitions) override;
  void let_go(std::span<const std::int32_t> partitions);
  void forget_unbegun(std::span<const std::int32_t> partitions);
  void mind_pauses();
  std::vector<Pressure> pressures(Pauses::Clock::time_point now);

  AnswersLane::Hooks hooks();
  Status serve();
  Status poll_loop();
  Result<bool> poll_once();
  void keep_place();
  void submit(std::vector<Work> works);
  void set_apart_suspects(std::vector<Work>& works);
  bool grade_suspects();
  void submit_program(Work work, ProgramTicket ticket);
  Status commit_loop();
  Status commit(const DueCommit& due);
  Result<bool> finished_all();
  void graded(std::vector<Finished> finished, std::vector<AnswersLane::Retry> again);
  void look_for_specs();
  void look_at_lag();
  void resume(RetryQueue& waiting);
  std::chrono::milliseconds next_wait() const;
  std::chrono::milliseconds poll_wait() const;
  void tell(Event event) const;
  void fail(const Error& error);
  std::optional<Error> failure() const;

  queue::SubmissionSource& source_;
  queue::ResultSink& sink_;
  EngineOptions options_;
  InFlight in_flight_;
  RetryQueue retries_;
  RetryQueue want_specs_;
  std::atomic<bool> spec_wanted_{false};
  Counters counters_;
  Heartbeat polling_;
  Heartbeat committing_;
  std::atomic<std::int64_t> unpolled_{-1};  // -1: not known
  std::deque<Work> suspects_;       // to be graded alone, one after the other
  std::vector<Work> behind_;        // came with them
  bool shares_ = false;                     // the source has told of partitions: there may be other workers
  Pauses pauses_;
  std::atomic<std::size_t> paused_{0};
  std::chrono::steady_clock::time_point pauses_due_{};
  std::optional<std::chrono::steady_clock::time_point> full_since_;
  bool all_paused_ = false;
  std::atomic<bool> all_committed_{false};
  std::chrono::steady_clock::time_point lag_due_{};
  std::atomic<bool> stopping_{false};
  mutable std::mutex failure_mutex_;
  std::optional<Error> failure_;
  std::unique_ptr<ProgramsLane> programs_lane_;  // null: none
  AnswersLane lane_;  // last: its tasks use the rest
};

}  // namespace otmetka::engine
