// One worker of a group on Kafka: the engine, as `otmetka serve` runs it, without specs to look for and without a gradebook.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "engine/engine.h"
#include "engine/programs.h"
#include "queue/kafka/kafka_queue.h"
#include "queue/kafka/specs.h"
#include "tests/chaos/watch.h"

namespace otmetka::chaos {

// The specs that submissions of these tests name. The answer to each is "x".
inline constexpr const char* kQuick = "quick";    // graded at once
inline constexpr const char* kSlow = "slow";      // takes some milliseconds, each work its own
inline constexpr const char* kThrows = "throws";  // its kind's library throws
inline constexpr const char* kCrashes = "crashes";  // ends the worker by SIGSEGV
inline constexpr const char* kProgram = "program";  // runs a program, for a fifth of a second at most
inline constexpr const char* kUnknown = "unknown";  // nobody has it

// chaos_worker's exit code where another worker has taken its place; 1: it failed otherwise.
inline constexpr int kFenced = 3;

// All of them as they are published.
std::vector<queue::PublishedSpec> published_specs();

// The topics of all lanes are taken.
queue::KafkaOptions all_lanes(queue::KafkaOptions options);

// Works from its making until leave() or its end.
class EngineWorker {
 public:
  // `watch`: where it notes its commits; null: nowhere.
  EngineWorker(queue::KafkaOptions options, const std::string& instance, const std::string& in_hand_folder = {},
               Watch* watch = nullptr);
  ~EngineWorker();

  // Takes no more, commits what is finished and goes; nullopt: without an error.
  std::optional<Error> leave();

  bool working() const { return !done_; }
  const engine::Counters& counters() const { return engine_->counters(); }
  engine::Engine::Load load() const { return engine_->load(); }
  std::uint64_t stale() const { return queue_->stale_results(); }
  void stop() { engine_->stop(); }

 private:
  engine::SpecCache specs_;
  engine::Programs programs_;
  std::unique_ptr<engine::InHand> in_hand_;
  std::unique_ptr<queue::KafkaQueue> queue_;
  std::unique_ptr<queue::ResultSink> watched_sink_;
  std::unique_ptr<engine::Engine> engine_;
  std::optional<Error> failed_;
  std::atomic<bool> done_{false};
  std::thread thread_;
};

// As text: the code and what it says.
std::string words_of(const Error& error);

}  // namespace otmetka::chaos
