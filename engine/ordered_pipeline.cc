#include "engine/ordered_pipeline.h"

#include <atomic>
#include <exception>
#include <mutex>

#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

namespace otmetka::engine {

void run_ordered(int workers, const std::function<std::unique_ptr<Job>()>& next, const std::function<bool(Job&)>& done) {
  // Nothing is let through TBB, which would lose the job of the stage that threw.
  using Held = std::shared_ptr<Job>;
  std::atomic<bool> ended{false};
  std::mutex mutex;
  std::exception_ptr thrown;
  const auto keeping = [&](const auto& body) {
    try {
      body();
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!thrown) thrown = std::current_exception();
      ended = true;
    }
  };
  const auto read = [&](tbb::flow_control& control) -> Held {
    Held job;
    keeping([&] { job = ended ? nullptr : next(); });
    if (job == nullptr) control.stop();
    return job;
  };
  const auto work = [&](const Held& job) {
    keeping([&] { job->run(); });
    return job;
  };
  const auto write = [&](const Held& job) {
    keeping([&] {
      if (!ended && !done(*job)) ended = true;
    });
  };
  const tbb::global_control control(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(workers));
  tbb::task_arena arena(workers);
  arena.execute([&] {
    tbb::parallel_pipeline(static_cast<std::size_t>(2 * workers + 1),
                           tbb::make_filter<void, Held>(tbb::filter_mode::serial_in_order, read) &
                               tbb::make_filter<Held, Held>(tbb::filter_mode::parallel, work) &
                               tbb::make_filter<Held, void>(tbb::filter_mode::serial_in_order, write));
  });
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace otmetka::engine
