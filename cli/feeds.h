// The feeds of one gradebook: one for each partition of the queue's results.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "cli/command_line.h"
#include "cli/config.h"
#include "cli/work_queue.h"
#include "engine/gradebook_feed.h"
#include "gradebook/store.h"

namespace otmetka::cli {

// How long a gradebook may go on failing: on a server of databases longer, since that is restarted, upgraded, moved.
std::chrono::milliseconds patience_with_gradebook(const Config& config, bool until_empty);

// open(), start() and finish() on one thread; hurry() and what is counted from any.
class Feeds {
 public:
  // Where a position lies outside of what a partition holds it is put right, with a notice (OT467, OT468). An embedded queue is
  // brought together with its gradebook before (cli/server_parts.h).
  static Result<std::unique_ptr<Feeds>> open(const Context& context, const Config& config, WorkQueue& queue, gradebook::Store& book,
                                             const engine::GradebookFeed::Options& options);
  ~Feeds();
  Feeds(const Feeds&) = delete;
  Feeds& operator=(const Feeds&) = delete;

  // `ended` is called when one of them ends before it was asked to; may be empty. It is called by the feed's thread.
  void start(std::function<void()> ended);

  // What is in the queue by now is still applied, then they leave. The first failure of any of them.
  Status finish();

  void hurry();  // as GradebookFeed's

  std::uint64_t applied() const;
  std::uint64_t conflicts() const;
  std::vector<const engine::GradebookFeed*> all() const;

 private:
  struct One {
    std::unique_ptr<queue::ResultSource> results;
    std::unique_ptr<engine::GradebookFeed> feed;
    std::thread thread;
  };
  Feeds() = default;

  std::vector<One> feeds_;
  std::mutex mutex_;
  std::optional<Error> failure_;
};

}  // namespace otmetka::cli
