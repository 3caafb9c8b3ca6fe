// Work spread over threads that comes back in its own order.
#pragma once

#include <functional>
#include <memory>

namespace otmetka::engine {

// One piece of work with room for its result.
class Job {
 public:
  virtual ~Job() = default;
  virtual void run() = 0;
};

// `next` gives jobs until null, `done` takes each one back after run(), in the order of `next`; `done` returning false
// ends it early. Both are called one at a time (from any thread); run() on `workers` threads. At most 2 × workers + 1 jobs
// exist at once, so memory is bounded by the size of a job. What any of the three throws ends it and comes out here.
void run_ordered(int workers, const std::function<std::unique_ptr<Job>()>& next, const std::function<bool(Job&)>& done);

}  // namespace otmetka::engine
