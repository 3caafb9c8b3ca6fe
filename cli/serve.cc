// `otmetka serve`: the worker, with the gradebook beside it or elsewhere.
#include <algorithm>
#include <atomic>
#include <charconv>
#include <filesystem>
#include <functional>
#include <optional>

#include "cli/commands.h"
#include "cli/config.h"
#include "cli/feeds.h"
#include "cli/kafka_config.h"
#include "cli/last_commit.h"
#include "cli/operation.h"
#include "cli/programs_config.h"
#include "cli/server_log.h"
#include "cli/server_parts.h"
#include "cli/signals.h"
#include "cli/spec_keeper.h"
#include "cli/spec_sources.h"
#include "cli/stores.h"
#include "engine/engine.h"
#include "engine/in_hand.h"
#include "queue/kafka/rewind.h"

namespace otmetka::cli {
namespace {

// Whoever wants the queue emptied has put the specs there before: one look more is enough.
constexpr std::chrono::milliseconds kSpecPatienceUntilEmpty{2'000};
struct Options {
  std::string queue;
  std::string gradebook;
  std::string specs;
  std::string config;
  std::string workers;
  std::string listen;
  std::string from;
  bool until_empty = false;
};

engine::EngineOptions engine_options(const Config& config, bool until_empty, engine::OnEvent on_event) {
  engine::EngineOptions out;
  out.workers = config.get_int("workers");
  out.commit.interval = std::chrono::milliseconds(config.get_int("commit_interval_ms"));
  out.retry.tries = std::max(1, config.get_int("retry_tries"));
  out.retry.base = std::chrono::milliseconds(config.get_int("retry_base_ms"));
  out.spec_patience = std::chrono::milliseconds(config.get_int("spec_patience_ms"));
  if (until_empty) out.spec_patience = std::min(out.spec_patience, kSpecPatienceUntilEmpty);
  out.forwarding = forwarding_of(config);
  if (until_empty) out.forwarding.rounds = 0;  // who waits for the end is told at once
  out.metadata_bytes = queue::KafkaOptions().metadata_bytes;
  out.until_empty = until_empty;
  out.on_event = std::move(on_event);
  return out;
}

// Tells once when the queue's or the gradebook's file is not where it was; until it is back the server is not ready.
class PlaceWatch {
 public:
  PlaceWatch(const Context& context, const ServerParts& parts, Operation& operation)
      : context_(context), parts_(parts), operation_(operation) {}

  void look_if_due() {
    const auto now = std::chrono::steady_clock::now();
    if (now < next_) return;
    next_ = now + std::chrono::seconds(2);
    tell_once("queue's place", parts_.queue->check_place(), queue_gone_);
    if (parts_.book != nullptr) tell_once("gradebook's place", parts_.book->check_place(), book_gone_);
  }

 private:
  void tell_once(const char* what, const Status& there, bool& gone) {
    if (!there && !gone) log_notice(context_, there.failure().message);
    if (gone == there.ok()) operation_.reason(what, there ? std::nullopt : std::optional(there.failure().message));
    gone = !there;
  }

  const Context& context_;
  const ServerParts& parts_;
  Operation& operation_;
  std::chrono::steady_clock::time_point next_{};
  bool queue_gone_ = false;
  bool book_gone_ = false;
};

// Tells how many of the group's partitions this worker has, whenever that has changed.
class ShareWatch {
 public:
  explicit ShareWatch(bool is_shared) : is_shared_(is_shared) {}
  void of(const engine::Engine& worker) { worker_ = &worker; }

  void look() {
    if (!is_shared_ || worker_ == nullptr) return;
    const std::size_t partitions = worker_->load().partitions;
    if (told_ == partitions) return;
    told_ = partitions;
    log_event("partitions", "count=" + std::to_string(partitions));
  }

 private:
  bool is_shared_;
  const engine::Engine* worker_ = nullptr;
  std::optional<std::size_t> told_;
};

// Past the newest results the queue need not keep what the gradebook has. Failing to is no reason to stop serving. True:
// there is more to trim.
bool trim(queue::EmbeddedQueue& queue, std::int64_t applied_below, std::int64_t keep_results) {
  const auto trimmed = queue.trim(applied_below, {.results = keep_results, .submissions = queue::kKeepAll});
  if (!trimmed) log_event("not_trimmed", "code=" + trimmed.failure().code());
  return trimmed && trimmed->more;
}

void log_stopped(const engine::Counters& counters, const Feeds* feeds) {
  std::string fields = "taken=" + std::to_string(counters.taken) + " graded=" + std::to_string(counters.graded) +
                       " retried=" + std::to_string(counters.retried) + " dead_letters=" + std::to_string(counters.dead_letters);
  if (feeds != nullptr) fields += " applied=" + std::to_string(feeds->applied()) + " conflicts=" + std::to_string(feeds->conflicts());
  log_event("stopped", fields);
}

struct Ended {
  Status engine;
  Status feed;
  bool some_failed = false;  // works were parked in this run
};

int leave(const Context& context, const Ended& ended, const Signals& signals, bool until_empty) {
  if (!ended.engine) {
    if (signals.received() != 0 && ended.engine.failure().retryable) log_notice(context, {"OT478", {}});
    return report(context, ended.engine.failure());
  }
  if (!ended.feed) return report(context, ended.feed.failure());
  // A server asked to stop has done what it was asked; one that was to empty its queue has not.
  if (!until_empty) return kDone;
  if (signals.received() != 0) return 128 + signals.received();
  return ended.some_failed ? kSomeFailed : kDone;
}

Result<queue::RewindTo> rewind_to(const Context& context, const std::string& text) {
  std::int64_t offset = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), offset);
  if (problem == std::errc{} && end == text.data() + text.size() && offset >= 0) return queue::RewindTo(offset);
  if (const auto time = parse_rfc3339(text)) return queue::RewindTo(*time);
  return error("OT462", {std::string("--from"), text, say(context, "cli.serve.from_form")});
}

Status begin_from(const Context& context, const Config& config, const std::string& from, const std::atomic<bool>& leaving) {
  if (from.empty()) return ok_status();
  const auto to = rewind_to(context, from);
  if (!to) return to.failure();
  const auto place = queue_place(config);
  if (!place) return place.failure();
  if (!place->on_kafka) return error("OT464", {place->where, from});
  auto kafka = kafka_options(config, "--from");
  if (!kafka) return kafka.failure();
  kafka->leaving = &leaving;
  const auto moved = queue::rewind_group(*kafka, *to);
  if (!moved) return moved.failure();
  log_event("rewound", "from=" + from + " partitions=" + std::to_string(*moved));
  return ok_status();
}

// The feeds of this process; null: it keeps no gradebook.
Result<std::unique_ptr<Feeds>> open_feeds(const Context& context, const Config& config, const Options& options, ServerParts& parts,
                                          const engine::OnEvent& on_event) {
  if (parts.book == nullptr) return std::unique_ptr<Feeds>();
  engine::GradebookFeed::Options settings{.patience = patience_with_gradebook(config, options.until_empty), .on_event = on_event};
  if (auto* const embedded = parts.queue->embedded()) {
    settings.on_applied = [embedded, keep = std::int64_t{config.get_int("keep_results")}](std::int64_t applied_below) {
      return trim(*embedded, applied_below, keep);
    };
  } else {
    settings.before_apply = [&parts](std::span<const gradebook::Arrival> batch) { return parts.keeper->before_apply(batch); };
  }
  return Feeds::open(context, config, *parts.queue, *parts.book, settings);
}

Result<std::unique_ptr<engine::InHand>> open_in_hand(const Config& config) {
  const std::string folder = state_folder(config);
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);  // what is wrong, opening the file says
  return engine::InHand::open(folder);
}

// The worker and all that it needs, until it ends.
int serve(const Context& context, const Config& config, const Options& options, Signals& signals, Operation& operation) {
  const auto on_event = [&operation](const engine::Event& event) {
    log_engine_event(event);
    operation.saw(event);
  };
  std::atomic<bool> leaving{false};
  std::optional<Listening> opening(std::in_place, signals, [&leaving] { leaving = true; });
  if (const Status begun = begin_from(context, config, options.from, leaving); !begun) return report(context, begun.failure());
  auto parts = open_server(context, config, leaving);
  if (!parts) return report(context, parts.failure());
  SpecSources specs(context, config, parts->book.get(), &leaving);
  if (const Status read = specs.begin(); !read) return report(context, read.failure());
  auto opened = open_feeds(context, config, options, *parts, on_event);
  if (!opened) return report(context, opened.failure());
  Feeds* const feeds = opened->get();

  const auto in_hand = open_in_hand(config);
  if (!in_hand) return report(context, in_hand.failure());
  engine::Programs programs(workshop_options(config));
  engine::EngineOptions engine_settings = engine_options(config, options.until_empty, on_event);
  engine_settings.programs = &programs;
  engine_settings.program_threads = config.get_int("slots");
  engine_settings.metrics = operation.metrics();
  engine_settings.in_hand = in_hand->get();
  PlaceWatch place(context, *parts, operation);
  ShareWatch share(parts->queue->embedded() == nullptr);
  engine_settings.look_for_specs = [&](bool wanted) {
    place.look_if_due();
    share.look();
    return specs.look(wanted);
  };
  engine::Engine worker(parts->queue->source(), parts->queue->sink(), specs.cache(), std::move(engine_settings));
  share.of(worker);
  const Operation::Serving serving(operation, &worker, feeds == nullptr ? std::vector<const engine::GradebookFeed*>{} : feeds->all());

  if (feeds != nullptr) feeds->start([&worker] { worker.stop(); });
  Ended ended{ok_status(), ok_status()};
  {
    const auto stop = [&] {
      leaving = true;
      operation.leaving();
      if (feeds != nullptr) feeds->hurry();
      worker.stop();
    };
    opening.reset();
    const Listening listening(signals, stop);
    if (leaving) stop();
    std::optional<LastCommit> last_commit;
    if (parts->queue->embedded() == nullptr) {
      last_commit.emplace(context, leaving, worker.committing(), [&] { log_stopped(worker.counters(), feeds); });
    }
    log_event("serving", "queue=" + config.get("queue") + " gradebook=" + shown_gradebook(config) + " specs=" + config.get("specs"));
    ended.engine = worker.run();
    if (feeds != nullptr) {
      if (options.until_empty && ended.engine) parts->queue->settle(leaving);
      ended.feed = feeds->finish();  // past this line everything committed to the queue is in the gradebook
    }
  }
  ended.some_failed = worker.counters().dead_letters > 0;
  log_stopped(worker.counters(), feeds);
  return leave(context, ended, signals, options.until_empty);
}

int run(const Context& context, const Options& options) {
  const auto config = read_config(options.config, {{"queue", options.queue}, {"gradebook", options.gradebook},
                                                   {"specs", options.specs}, {"workers", options.workers}, {"listen", options.listen}});
  if (!config) return report(context, config.failure());
  Signals signals;
  const auto started = Operation::start(context, *config);
  if (!started) return report(context, started.failure());
  return serve(context, *config, options, signals, **started);
}

}  // namespace

Command serve_command() {
  static Options options;
  return {.name = "serve",
          .summary_id = "cli.serve.summary",
          .options = {{.name = "--queue", .value_name = "PLACE", .help_id = "cli.option.queue", .text = &options.queue},
                      {.name = "--gradebook", .value_name = "PLACE", .help_id = "cli.option.gradebook", .text = &options.gradebook},
                      {.name = "--specs", .value_name = "DIR", .help_id = "cli.option.specs", .text = &options.specs},
                      {.name = "--workers", .value_name = "N", .help_id = "cli.option.workers", .text = &options.workers},
                      {.name = "--listen", .value_name = "ADDR", .help_id = "cli.option.listen", .text = &options.listen},
                      {.name = "--from", .value_name = "OFFSET|TIME", .help_id = "cli.serve.from", .text = &options.from},
                      {.name = "--until-empty", .help_id = "cli.serve.until_empty", .flag = &options.until_empty},
                      {.name = "--config", .value_name = "FILE", .help_id = "cli.option.config", .text = &options.config}},
          .run = [](const Context& context) { return run(context, options); }};
}

}  // namespace otmetka::cli
