// `otmetka gradebook serve`: carries results into the gradebook, beside workers that keep none.
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>

#include "cli/commands.h"
#include "cli/config.h"
#include "cli/feeds.h"
#include "cli/operation.h"
#include "cli/server_log.h"
#include "cli/server_parts.h"
#include "cli/signals.h"
#include "cli/stores.h"

namespace otmetka::cli {
namespace {

struct Options {
  std::string queue;
  std::string gradebook;
  std::string config;
  std::string listen;
  bool until_empty = false;
};

// Until somebody says so.
class Gate {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
    opened_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    opened_.wait(lock, [this] { return is_open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool is_open_ = false;
};

Result<ServerParts> open_parts(const Config& config, const std::atomic<bool>& leaving) {
  ServerParts parts;
  const auto kafka = queue_place(config);
  if (!kafka) return kafka.failure();
  // An embedded queue's results are trimmed by its one server when its gradebook has them: nobody else may count on them.
  if (!kafka->on_kafka) return error("OT461", {std::string("gradebook serve"), config.get("queue")});
  auto queue = open_queue(config, QueueRole::kClient, &leaving);
  if (!queue) return queue.failure();
  parts.queue = std::move(*queue);
  if (Status opened = open_book(config, parts, leaving); !opened) return opened.failure();
  return parts;
}

int serve(const Context& context, const Config& config, const Options& options, Signals& signals, Operation& operation) {
  std::atomic<bool> leaving{false};
  std::optional<Listening> opening(std::in_place, signals, [&leaving] { leaving = true; });
  const auto parts = open_parts(config, leaving);
  if (!parts) return report(context, parts.failure());
  engine::GradebookFeed::Options settings{
      .patience = patience_with_gradebook(config, options.until_empty),
      .on_event =
          [&operation](const engine::Event& event) {
            log_engine_event(event);
            operation.saw(event);
          },
      .before_apply = [&parts](std::span<const gradebook::Arrival> batch) { return parts->keeper->before_apply(batch); }};
  if (options.until_empty) parts->queue->settle(leaving);
  const auto feeds = Feeds::open(context, config, *parts->queue, *parts->book, settings);
  if (!feeds) return report(context, feeds.failure());
  const Operation::Serving serving(operation, nullptr, (*feeds)->all());
  Gate ending;
  (*feeds)->start([&ending] { ending.open(); });
  Status done = ok_status();
  {
    const auto stop = [&] {
      leaving = true;
      operation.leaving();
      (*feeds)->hurry();
      ending.open();
    };
    opening.reset();
    const Listening listening(signals, stop);
    if (leaving) stop();
    log_event("serving", "queue=" + config.get("queue") + " gradebook=" + shown_gradebook(config));
    if (!options.until_empty) ending.wait();
    done = (*feeds)->finish();
  }
  log_event("stopped", "applied=" + std::to_string((*feeds)->applied()) + " conflicts=" + std::to_string((*feeds)->conflicts()));
  if (!done) return report(context, done.failure());
  return options.until_empty && signals.received() != 0 ? 128 + signals.received() : int{kDone};
}

int run(const Context& context, const Options& options) {
  const auto config =
      read_config(options.config, {{"queue", options.queue}, {"gradebook", options.gradebook}, {"listen", options.listen}});
  if (!config) return report(context, config.failure());
  Signals signals;
  const auto started = Operation::start(context, *config);
  if (!started) return report(context, started.failure());
  return serve(context, *config, options, signals, **started);
}

}  // namespace

Command gradebook_command() {
  static Options options;
  return {.name = "gradebook",
          .summary_id = "cli.gradebook.summary",
          .subcommands = {
              {.name = "gradebook serve",
               .summary_id = "cli.gradebook.serve",
               .options = {{.name = "--queue", .value_name = "kafka:BROKERS", .help_id = "cli.option.queue", .text = &options.queue},
                           {.name = "--gradebook", .value_name = "PLACE", .help_id = "cli.option.gradebook", .text = &options.gradebook},
                           {.name = "--listen", .value_name = "ADDR", .help_id = "cli.option.listen", .text = &options.listen},
                           {.name = "--until-empty", .help_id = "cli.gradebook.until_empty", .flag = &options.until_empty},
                           {.name = "--config", .value_name = "FILE", .help_id = "cli.option.config", .text = &options.config}},
               .run = [](const Context& context) { return run(context, options); }}}};
}

}  // namespace otmetka::cli
