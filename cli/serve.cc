// `otmetka serve`: the worker on the embedded queue, with the gradebook beside it.
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <thread>

#include "cli/commands.h"
#include "cli/config.h"
#include "cli/operation.h"
#include "cli/programs_config.h"
#include "cli/server_log.h"
#include "cli/server_parts.h"
#include "cli/stores.h"
#include "engine/engine.h"
#include "engine/gradebook_feed.h"
#include "engine/spec_directory.h"

namespace otmetka::cli {
namespace {

// Whoever wants the queue emptied has put the specs there before: one look more is enough.
constexpr std::chrono::milliseconds kSpecPatienceUntilEmpty{2'000};
// A server of databases is restarted, upgraded, moved to another machine; what is graded meanwhile waits in the queue.
constexpr std::chrono::minutes kPatienceWithAServer{10};
constexpr std::size_t kMostSpecs = 1'000;  // of earlier versions, ready to grade by

struct Options {
  std::string queue;
  std::string gradebook;
  std::string specs;
  std::string config;
  std::string workers;
  std::string listen;
  bool until_empty = false;
};

// SIGINT and SIGTERM, blocked in every thread that is made while this lives.
class Signals {
 public:
  Signals() {
    sigemptyset(&set_);
    for (const int number : {SIGINT, SIGTERM, SIGUSR2}) sigaddset(&set_, number);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }

  const sigset_t& set() const { return set_; }
  int received() const { return received_; }
  int receive(int number) { return received_.exchange(number); }  // what was there before

 private:
  sigset_t set_{};
  std::atomic<int> received_{0};
};

// Waits for them on a thread of its own, as long as this lives: what `stop` uses must live longer. A second one ends the
// process at once.
class Listening {
 public:
  Listening(Signals& signals, std::function<void()> stop)
      : thread_([&signals, stop = std::move(stop)] {
          while (true) {
            int number = 0;
            if (sigwait(&signals.set(), &number) != 0 || number == SIGUSR2) return;
            if (signals.receive(number) != 0) _exit(128 + number);
            stop();
          }
        }) {}
  ~Listening() {
    pthread_kill(thread_.native_handle(), SIGUSR2);
    thread_.join();
  }
  Listening(const Listening&) = delete;
  Listening& operator=(const Listening&) = delete;

 private:
  std::thread thread_;
};

void log_engine_event(const engine::Event& event) {
  log_event(event.name, (event.code.empty() ? "" : "code=" + event.code + (event.works > 0 ? " " : "")) +
                      (event.works > 0 ? "works=" + std::to_string(event.works) : ""));
}

engine::EngineOptions engine_options(const Config& config, bool until_empty, engine::OnEvent on_event) {
  engine::EngineOptions out;
  out.workers = config.get_int("workers");
  out.commit.interval = std::chrono::milliseconds(config.get_int("commit_interval_ms"));
  out.retry.tries = std::max(1, config.get_int("retry_tries"));
  out.retry.base = std::chrono::milliseconds(config.get_int("retry_base_ms"));
  out.spec_patience = std::chrono::milliseconds(config.get_int("spec_patience_ms"));
  if (until_empty) out.spec_patience = std::min(out.spec_patience, kSpecPatienceUntilEmpty);
  out.until_empty = until_empty;
  out.on_event = std::move(on_event);
  return out;
}

std::chrono::milliseconds patience_with_gradebook(const Config& config, bool until_empty) {
  const auto place = gradebook_place(config);
  return place && place->on_server && !until_empty ? kPatienceWithAServer : engine::GradebookFeed::Options().patience;
}

std::string name_of(const engine::CompiledSpec& spec) { return "id=" + spec.message.id() + " sha256=" + spec.sha256; }

void log_package(const Context& context, const std::string& path, const engine::CheckedSpec& checked) {
  for (const spec::Diagnostic& diagnostic : checked.diagnostics) log_notice(context, diagnostic.message, path);
}

engine::SpecDirectory::Events spec_events(const Context& context, gradebook::Store& store) {
  return {.loaded =
              [&store](const engine::CompiledSpec& spec) {
                Status put = store.put_spec({spec.sha256, spec.message.id(), spec.bytes});
                if (put) log_event("spec_loaded", name_of(spec));
                return put;
              },
          .withheld = [](const engine::CompiledSpec& spec,
                         const Error& why) { log_event("spec_not_stored", "code=" + why.code() + " " + name_of(spec)); },
          .refused =
              [&context](const std::string& path, const engine::CheckedSpec& checked) {
                std::string codes;
                for (const auto& diagnostic : checked.diagnostics) {
                  if (diagnostic.severity == messages::Severity::kError) codes += (codes.empty() ? "" : ", ") + diagnostic.message.id;
                }
                log_notice(context, {"OT527", {path, codes}});
              },
          .same_id = [&context](const std::string& first, const std::string& second,
                                const std::string& id) { log_notice(context, {"OT528", {first, second, id}}); },
          .vanished = [&context](const std::string& path, const std::string& id) { log_notice(context, {"OT529", {path, id}}); },
          .lost =
              [&context](const Error& why) {
                log_notice(context, why.code() == "OT526" ? Message{"OT536", why.message.args} : why.message);
              },
          .back = [] { log_event("specs_back", {}); },
          .package =
              [&context](const std::string& path, const engine::CheckedSpec& checked) { log_package(context, path, checked); }};
}

// Specs that graded once are kept with what they graded.
engine::SpecArchive archive_of(gradebook::Store& store) {
  return [&store](const std::string& sha256) -> std::optional<std::string> {
    auto row = store.spec(sha256);
    if (!row || !*row) return std::nullopt;
    return std::move((*row)->bytes);
  };
}

// Tells once when the queue's or the gradebook's file is not where it was; until it is back the server is not ready.
class PlaceWatch {
 public:
  PlaceWatch(const Context& context, const queue::EmbeddedQueue& queue, const gradebook::Store& book, Operation& operation)
      : context_(context), queue_(queue), book_(book), operation_(operation) {}

  void look_if_due() {
    const auto now = std::chrono::steady_clock::now();
    if (now < next_) return;
    next_ = now + std::chrono::seconds(2);
    tell_once("queue's place", queue_.check_place(), queue_gone_);
    tell_once("gradebook's place", book_.check_place(), book_gone_);
  }

 private:
  void tell_once(const char* what, const Status& there, bool& gone) {
    if (!there && !gone) log_notice(context_, there.failure().message);
    if (gone == there.ok()) operation_.reason(what, there ? std::nullopt : std::optional(there.failure().message));
    gone = !there;
  }

  const Context& context_;
  const queue::EmbeddedQueue& queue_;
  const gradebook::Store& book_;
  Operation& operation_;
  std::chrono::steady_clock::time_point next_{};
  bool queue_gone_ = false;
  bool book_gone_ = false;
};

// Past the newest results the queue need not keep what the gradebook has. Failing to is no reason to stop serving. True:
// there is more to trim.
bool trim(queue::EmbeddedQueue& queue, std::int64_t applied_below, std::int64_t keep_results) {
  const auto trimmed = queue.trim(applied_below, {.results = keep_results, .submissions = queue::kKeepAll});
  if (!trimmed) log_event("not_trimmed", "code=" + trimmed.failure().code());
  return trimmed && trimmed->more;
}

void log_stopped(const engine::Counters& counters, const engine::GradebookFeed& feed) {
  log_event("stopped", "taken=" + std::to_string(counters.taken) + " graded=" + std::to_string(counters.graded) + " retried=" +
                     std::to_string(counters.retried) + " dead_letters=" + std::to_string(counters.dead_letters) +
                     " applied=" + std::to_string(feed.applied()) + " conflicts=" + std::to_string(feed.conflicts()));
}

struct Ended {
  Status engine;
  Status feed;
  bool some_failed = false;  // works were parked in this run
};

int leave(const Context& context, const Ended& ended, const Signals& signals, bool until_empty) {
  if (!ended.engine) return report(context, ended.engine.failure());
  if (!ended.feed) return report(context, ended.feed.failure());
  // A server asked to stop has done what it was asked; one that was to empty its queue has not.
  if (!until_empty) return kDone;
  if (signals.received() != 0) return 128 + signals.received();
  return ended.some_failed ? kSomeFailed : kDone;
}

int run(const Context& context, const Options& options) {
  const auto config = read_config(options.config, {{"queue", options.queue}, {"gradebook", options.gradebook},
                                                   {"specs", options.specs}, {"workers", options.workers}, {"listen", options.listen}});
  if (!config) return report(context, config.failure());
  Signals signals;
  const auto started = Operation::start(context, *config);
  if (!started) return report(context, started.failure());
  Operation& operation = **started;
  const auto on_event = [&operation](const engine::Event& event) {
    log_engine_event(event);
    operation.saw(event);
  };
  std::atomic<bool> leaving{false};
  auto parts = open_server(context, *config, leaving);
  if (!parts) return report(context, parts.failure());

  engine::SpecCache specs(kMostSpecs, archive_of(*parts->book));
  engine::SpecDirectory directory(config->get("specs"), specs, spec_events(context, *parts->book));
  if (const Status read = directory.refresh(); !read) return report(context, read.failure());

  const std::int64_t keep_results = config->get_int("keep_results");
  engine::GradebookFeed feed(
      parts->queue->results(), *parts->book,
      {.patience = patience_with_gradebook(*config, options.until_empty),
       .on_applied = [&](std::int64_t applied_below) { return trim(*parts->queue, applied_below, keep_results); },
       .on_event = on_event});
  engine::Programs programs(workshop_options(*config));
  engine::EngineOptions engine_settings = engine_options(*config, options.until_empty, on_event);
  engine_settings.programs = &programs;
  engine_settings.program_threads = config->get_int("slots");
  engine_settings.metrics = operation.metrics();
  PlaceWatch place(context, *parts->queue, *parts->book, operation);
  engine_settings.look_for_specs = [&](bool wanted) {
    place.look_if_due();
    return directory.refresh_if_due(wanted);
  };
  engine::Engine worker(parts->queue->source(), parts->queue->sink(), specs, std::move(engine_settings));
  const Operation::Serving serving(operation, worker, feed);

  Ended ended{ok_status(), ok_status()};
  std::thread feeder([&] {
    ended.feed = feed.run();
    worker.stop();
  });
  const Listening listening(signals, [&] {
    leaving = true;
    operation.leaving();
    feed.hurry();
    worker.stop();
  });
  log_event("serving", "queue=" + config->get("queue") + " gradebook=" + shown_gradebook(*config) + " specs=" + config->get("specs"));
  ended.engine = worker.run();
  feed.stop();  // past this line everything committed to the queue reaches the gradebook, then the feed leaves
  feeder.join();
  ended.some_failed = worker.counters().dead_letters > 0;
  log_stopped(worker.counters(), feed);
  return leave(context, ended, signals, options.until_empty);
}

}  // namespace

Command serve_command() {
  static Options options;
  return {.name = "serve",
          .summary_id = "cli.serve.summary",
          .options = {{.name = "--queue", .value_name = "embedded:DIR", .help_id = "cli.option.queue", .text = &options.queue},
                      {.name = "--gradebook", .value_name = "PLACE", .help_id = "cli.option.gradebook", .text = &options.gradebook},
                      {.name = "--specs", .value_name = "DIR", .help_id = "cli.option.specs", .text = &options.specs},
                      {.name = "--workers", .value_name = "N", .help_id = "cli.option.workers", .text = &options.workers},
                      {.name = "--listen", .value_name = "ADDR", .help_id = "cli.option.listen", .text = &options.listen},
                      {.name = "--until-empty", .help_id = "cli.serve.until_empty", .flag = &options.until_empty},
                      {.name = "--config", .value_name = "FILE", .help_id = "cli.option.config", .text = &options.config}},
          .run = [](const Context& context) { return run(context, options); }};
}

}  // namespace otmetka::cli
