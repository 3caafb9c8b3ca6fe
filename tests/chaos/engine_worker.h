// One worker of a group on Kafka: the engine, as `otmetka serve` runs it, without specs to look for and without a gradebook.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "engine/engine.h"
#include "queue/kafka/kafka_queue.h"

namespace otmetka::chaos {

// The specs that submissions of these tests name. The answer to each is "x".
inline constexpr const char* kQuick = "quick";    // graded at once
inline constexpr const char* kSlow = "slow";      // takes some milliseconds, each work its own
inline constexpr const char* kThrows = "throws";  // its kind's library throws
inline constexpr const char* kCrashes = "crashes";  // ends the worker by SIGSEGV

// The topics of all lanes are taken.
queue::KafkaOptions all_lanes(queue::KafkaOptions options);

// Works from its making until leave() or its end.
class EngineWorker {
 public:
  EngineWorker(queue::KafkaOptions options, const std::string& instance, const std::string& in_hand_folder = {});
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
  std::unique_ptr<engine::InHand> in_hand_;
  std::unique_ptr<queue::KafkaQueue> queue_;
  std::unique_ptr<engine::Engine> engine_;
  std::optional<Error> failed_;
  std::atomic<bool> done_{false};
  std::thread thread_;
};

// As text: the code and what it says.
std::string words_of(const Error& error);

}  // namespace otmetka::chaos
