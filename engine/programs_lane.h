// The lane of works that run programs: some threads that wait for the sandbox, so that nobody else does.
#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "engine/answers_lane.h"
#include "engine/programs.h"

namespace otmetka::engine {

// Any thread may submit. INTERACTIVE goes before BATCH; within each, assignments take turns, so that a class that hands in
// all at once does not keep another's waiting; within an assignment, first come, first served.
class ProgramsLane {
 public:
  struct Options {
    int threads = 1;
    std::int32_t tries = 1;  // of a work whose grading fails, in all
    const EngineMetrics* metrics = nullptr;
    Forwarding forwarding = {};
    InHand* in_hand = nullptr;  // null: nobody notes what is being graded
  };
  // `done` as in AnswersLane, one work a call.
  ProgramsLane(SpecCache& specs, Programs& programs, Options options, AnswersLane::Hooks hooks);
  ~ProgramsLane();  // as finish()

  void submit(Work work, ProgramTicket ticket);
  LaneLoad load() const;
  std::map<std::int32_t, std::size_t> waiting_by_partition() const;

  // Forgets those that were not begun: which they were.
  std::vector<queue::Position> drop(const std::function<bool(const Work&)>& which);

  // Forgets what was not begun and waits for what is running: at most as long as its limits allow.
  void finish();

 private:
  // Assignments that have works, in the order in which they come up next.
  struct Class {
    std::map<std::string, std::deque<Work>> waiting;
    std::deque<std::string> turns;
    void drop(const std::function<bool(const Work&)>& which, std::vector<queue::Position>& dropped);
  };
  void run();
  bool take(Work& work);  // false: nothing more is to be begun
  void grade(Work work);

  SpecCache& specs_;
  Programs& programs_;
  Options options_;
  AnswersLane::Hooks hooks_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Class interactive_;
  Class batch_;
  std::size_t waiting_ = 0;  // in both
  int busy_ = 0;
  bool finishing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace otmetka::engine
