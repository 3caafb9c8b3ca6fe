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

template <class Checker>
void put(engine::SpecCache& specs, const std::string& id) {
  const std::string text = "grade: v1\nid: " + id + "\nitems:\n- {id: c, text: x}\n";
  auto spec = engine::check_spec_text(text, id + ".yaml", "", engine::Depth::kCompile).spec;
  if constexpr (!std::is_same_v<Checker, void>) {
    std::const_pointer_cast<engine::CompiledSpec>(spec)->items[0].checker = std::make_unique<Checker>();
  }
  specs.put(spec, true);
}

}  // namespace

queue::KafkaOptions all_lanes(queue::KafkaOptions options) {
  options.lanes = {queue::Lane::kSubmissions, queue::Lane::kPrograms, queue::Lane::kBatch, queue::Lane::kRetry};
  return options;
}

std::string words_of(const Error& error) {
  std::string out = error.code();
  for (const Arg& arg : error.message.args) {
    if (const auto* text = std::get_if<std::string>(&arg)) out += " " + *text;
  }
  return out;
}

EngineWorker::EngineWorker(queue::KafkaOptions options, const std::string& instance, const std::string& in_hand_folder) {
  put<void>(specs_, kQuick);
  put<Slow>(specs_, kSlow);
  put<Throws>(specs_, kThrows);
  put<Crashes>(specs_, kCrashes);
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
  engine_options.metadata_bytes = options.metadata_bytes;
  engine_options.in_hand = in_hand_.get();
  engine_options.forwarding = {.lanes = options.lanes, .rounds = 1, .delay = milliseconds(500)};
  engine_ = std::make_unique<engine::Engine>(queue_->source(), queue_->sink(), specs_, std::move(engine_options));
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
