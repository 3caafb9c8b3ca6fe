// Gives a gradebook the specs that results on Kafka name.
#pragma once

#include <deque>
#include <mutex>
#include <set>
#include <span>
#include <string>

#include "cli/command_line.h"
#include "gradebook/store.h"
#include "model/result.h"
#include "queue/kafka/specs.h"

namespace otmetka::cli {

// A worker has a spec in the topic .specs before it grades by it, so that it is there when its first result is. Any thread.
class SpecKeeper {
 public:
  SpecKeeper(const queue::KafkaOptions& options, gradebook::Store& book) : topic_(options), book_(book) {}

  // Puts those into the gradebook that the batch names and it does not have, and whatever else has come. One that is nowhere
  // (event=spec_unknown, once) does not hold the results up: their marks are made by no rules until it comes.
  Status before_apply(std::span<const gradebook::Arrival> batch);

 private:
  Result<bool> has(const std::string& sha256);
  Status read_topic();

  std::mutex mutex_;
  queue::SpecTopic topic_;
  gradebook::Store& book_;
  std::deque<queue::PublishedSpec> waiting_;  // read, and not in the gradebook yet
  std::set<std::string> known_;    // by hash; the gradebook has them
  std::set<std::string> missing_;  // told already
};

}  // namespace otmetka::cli
