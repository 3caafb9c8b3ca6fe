// The lane of answers judged in microseconds: a oneTBB arena of the cores.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "engine/grade_record.h"

namespace otmetka::engine {

// Cores that this process may use: the affinity mask and the cgroup's CPU quota, at least 1.
int usable_cores();

// Any thread may submit. Works of a batch are graded in parallel and handed back together: each task writes only to its
// own slot of a vector sized beforehand. One enqueue a batch, not a work (one a message reaches 0.6 of ideal).
class AnswersLane {
 public:
  struct Retry {
    Work work;
    Error error;
  };
  using Done = std::function<void(std::vector<Finished>, std::vector<Retry>)>;

  // `done` is called from the lane's threads, once a batch. A work is tried `tries` times in all.
  AnswersLane(const SpecCache& specs, int workers, std::int32_t tries, Done done);
  ~AnswersLane();  // waits for what was submitted

  void submit(std::vector<Work> batch);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace otmetka::engine
