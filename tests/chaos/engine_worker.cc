#include "tests/chaos/engine_worker.h"

#include <gtest/gtest.h>

#include <csignal>

#include "engine/spec_check.h"
#include "tests/support/let_pass.h"

namespace otmetka::chaos {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

// As long as the answer's text is, in hundreds of microseconds.
class Slow final : public checkers::Checker {
 public:
  checkers::Outcome check(const Answer& answer, const checkers::CheckContext&) const override {
    const auto* text = std::get_if<TextAnswer>(&answer);
    let_pass(microseconds(100) * (text == nullptr ? 0 : text->text.size()));
    return {};
  }
};

class Throws final : public checkers::Checker {
 public:
  checkers::Outcome check(const Answer&, const checkers::CheckContext&) const override {
    checkers::Outcome outcome;
    outcome.rule_id = std::string().substr(1);
    return outcome;
  }
};

class Crashes final : public checkers::Checker {
 public:
  checkers::Outcome check(const Answer&, const checkers::CheckContext&) const override {
    std::raise(SIGSEGV);
    return {};
  }
};

std::shared_ptr<const engine::CompiledSpec> compiled(const std::string& id) {
  const bool runs = id == kProgram;
  const std::string item =
      runs ? "code: {languages: python3, limits: {cpu: 200ms, wall: 5s}, tests: [{in: \"1\", out: \"1\"}]}" : "text: x";
  const std::string text = "grade: v1\nid: " + id + "\nitems:\n- {id: c, " + item + "}\n";
  return engine::check_spec_text(text, id + ".yaml", "", engine::Depth::kCompile).spec;
}

void put(engine::SpecCache& specs, const std::string& id, std::unique_ptr<checkers::Checker> checker = nullptr) {
  auto spec = compiled(id);
  if (checker != nullptr) std::const_pointer_cast<engine::CompiledSpec>(spec)->items[0].checker = std::move(checker);
  specs.put(std::move(spec), true);
}

// Notes that a commit is under way, until it has ended in one way or the other.
class WatchedSink final : public queue::ResultSink {
 public:
  WatchedSink(queue::KafkaQueue& queue, Watch& watch)
      : queue_(queue), watch_(watch), fenced_before_(watch->fenced), stale_before_(watch->stale) {}

  Status commit(const queue::Commit& commit) override {
    watch_->committing = true;
    Status done = queue_.sink().commit(commit);
    watch_->committing = false;
    watch_->fenced = fenced_before_ + queue_.fenced_producers();
    watch_->stale = stale_before_ + queue_.stale_results();
    return done;
  }

 private:
  queue::KafkaQueue& queue_;
  Watch& watch_;
  std::uint64_t fenced_before_;
  std::uint64_t stale_before_;
};

}  // namespace

queue::KafkaOptions all_lanes(queue::KafkaOptions options) {
  options.lanes = {queue::Lane::kSubmissions, queue::Lane::kPrograms, queue::Lane::kBatch, queue::Lane::kRetry};
  return options;
}

std::vector<queue::PublishedSpec> published_specs() {
  std::vector<queue::PublishedSpec> out;
  for (const char* id : {kQuick, kSlow, kThrows, kCrashes, kProgram}) {
    const auto spec = compiled(id);
    out.push_back({.id = id, .sha256 = spec->sha256, .bytes = spec->bytes, .current = true});
  }
  return out;
}

std::string words_of(const Error& error) {
  std::string out = error.code();
  for (const Arg& arg : error.message.args) {
    if (const auto* text = std::get_if<std::string>(&arg)) out += " " + *text;
  }
  return out;
}

EngineWorker::EngineWorker(queue::KafkaOptions options, const std::string& instance, const std::string& in_hand_folder, Watch* watch)
    : programs_({.sandbox = {.slots = 1}, .languages = {}, .cache = {}, .allow_weak = true}) {
  put(specs_, kQuick);
  put(specs_, kProgram);
  put(specs_, kSlow, std::make_unique<Slow>());
  put(specs_, kThrows, std::make_unique<Throws>());
  put(specs_, kCrashes, std::make_unique<Crashes>());
  if (!in_hand_folder.empty()) in_hand_ = std::move(*engine::InHand::open(in_hand_folder));
  options.instance = instance;
  auto opened = queue::KafkaQueue::open(options, queue::KafkaRole::kServe);
  if (!opened) {
    failed_ = opened.failure();
    done_ = true;
    return;
  }
  queue_ = std::move(*opened);
  engine::EngineOptions engine_options;
  engine_options.workers = 2;
  engine_options.retry = {.tries = 2, .base = milliseconds(1), .longest = milliseconds(1)};
  engine_options.patience = std::chrono::minutes(3);
  engine_options.spec_patience = milliseconds(1'500);
  engine_options.programs = &programs_;
  engine_options.program_threads = 1;
  engine_options.metadata_bytes = options.metadata_bytes;
  engine_options.in_hand = in_hand_.get();
  engine_options.forwarding = {.lanes = options.lanes, .rounds = 1, .delay = milliseconds(500)};
  if (watch != nullptr) watched_sink_ = std::make_unique<WatchedSink>(*queue_, *watch);
  queue::ResultSink& sink = watched_sink_ ? *watched_sink_ : queue_->sink();
  engine_ = std::make_unique<engine::Engine>(queue_->source(), sink, specs_, std::move(engine_options));
  thread_ = std::thread([this] {
    if (const Status ran = engine_->run(); !ran) failed_ = ran.failure();
    done_ = true;
  });
}

EngineWorker::~EngineWorker() { static_cast<void>(leave()); }

std::optional<Error> EngineWorker::leave() {
  if (thread_.joinable()) {
    engine_->stop();
    thread_.join();
  }
  return failed_;
}

}  // namespace otmetka::chaos
