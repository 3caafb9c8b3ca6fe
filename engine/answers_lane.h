// The lane of answers judged in microseconds: a oneTBB arena of the cores.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "engine/grade_record.h"
#include "engine/in_hand.h"

namespace otmetka::engine {

// Cores that this process may use: the affinity mask and the cgroup's CPU quota, at least 1.
int usable_cores();

// What a lane does at the moment.
struct LaneLoad {
  std::size_t waiting = 0;  // works, not begun
  int slots = 0;
  int busy = 0;  // slots that grade
};

// Any thread may submit. Works of the batch lane are begun when no others wait. Works are graded in slices, in parallel within
// one: each task writes only to its own slot of a vector sized beforehand. One enqueue a slice, not a work (one a message reaches
// 0.6 of ideal). At most two slices of kLaneGrain × workers are begun and not handed back: what has been graded without being
// counted is bounded by that.
class AnswersLane {
 public:
  struct Retry {
    Work work;
    Error error;
    Awaits awaits = Awaits::kLuck;
  };
  struct Options {
    int workers = 1;
    std::int32_t tries = 1;  // of a work whose grading fails, in all
    std::chrono::milliseconds spec_patience{0};  // how long a work waits for a spec that is not known, by the clock
    const EngineMetrics* metrics = nullptr;
    Forwarding forwarding = {};
    InHand* in_hand = nullptr;  // null: nobody notes what is being graded
  };
  // Called from the lane's threads; `may_start` under the lane's lock.
  struct Hooks {
    std::function<bool()> may_start = {};  // false: no slice is begun before resume(); empty: always true
    std::function<void(std::vector<Finished>, std::vector<Retry>)> done;  // once a slice
    std::function<void(Work, ProgramTicket)> programs = {};  // a work for the lane of programs
    std::function<void(const Error&)> failed = {};  // OT590: a slice is lost to this run, and never handed back
  };

  AnswersLane(SpecCache& specs, Options options, Hooks hooks);
  ~AnswersLane();  // waits for the slices that were begun, no others

  void submit(std::vector<Work> batch);
  void resume();  // `may_start` may have changed its mind
  LaneLoad load() const;

  // Forgets those that were not begun: which they were.
  std::vector<queue::Position> drop(const std::function<bool(const Work&)>& which);

  // Waits up to `most` for all that was submitted, then forgets what was not begun and waits for the rest.
  void finish(std::chrono::milliseconds most);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace otmetka::engine
