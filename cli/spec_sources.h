// Where `serve` has its specs from: a folder and, on Kafka, the topic .specs.
#pragma once

#include <atomic>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "cli/command_line.h"
#include "cli/config.h"
#include "engine/spec_cache.h"
#include "engine/spec_directory.h"
#include "gradebook/store.h"
#include "queue/kafka/specs.h"

namespace otmetka::cli {

// Before a spec is graded by, it is in the gradebook (where this process keeps one) and, on Kafka, in the topic, for whoever keeps
// one elsewhere. An id that the folder holds means the folder's spec, whatever the topic says; both are found by their hash.
// Without a folder of the default name, on Kafka, there is only the topic. One thread; cache() from any.
class SpecSources {
 public:
  // `book` may be null.
  // `leaving` as in cli/stores.h.
  SpecSources(const Context& context, const Config& config, gradebook::Store* book, const std::atomic<bool>* leaving = nullptr);

  // Reads all there is. An error as SpecDirectory::refresh() has it, or of the topic.
  Status begin();

  // What EngineOptions::look_for_specs asks for.
  bool look(bool wanted);

  engine::SpecCache& cache() { return cache_; }

 private:
  engine::SpecDirectory::Events events();
  Status from_folder(const engine::CompiledSpec& spec);
  Status publish(const engine::CompiledSpec& spec);
  Result<bool> read_topic();
  Status take(const queue::PublishedSpec& spec);

  const Context& context_;
  gradebook::Store* book_;
  engine::SpecCache cache_;
  std::optional<engine::SpecDirectory> folder_;
  std::set<std::string> folder_ids_;
  std::unique_ptr<queue::SpecTopic> topic_;  // null: not on Kafka
  std::set<std::string> in_topic_;           // hashes
  std::deque<queue::PublishedSpec> waiting_;  // of the topic, not taken yet
  std::chrono::steady_clock::time_point next_look_{};
  bool topic_lost_ = false;
};

}  // namespace otmetka::cli
