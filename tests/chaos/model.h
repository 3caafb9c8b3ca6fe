// Knows every record that was published, and holds against it what a read_committed reader sees.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "model/submission.h"
#include "queue/kafka/kafka_queue.h"

namespace otmetka::chaos {

// Of a hundred records, about so many are of each sort; the rest are quick and published once.
struct Mixture {
  int slow = 0;
  int twice = 0;        // the same submission published again
  int undecodable = 0;
  int batch = 0;        // go to .batch first
  int throwing = 0;     // go through .retry to the dead letters
};

class Model {
 public:
  Model(queue::KafkaOptions options, unsigned seed);

  void publish(std::size_t records, const Mixture& mixture);
  void publish_one(const std::string& spec, const std::string& id);

  std::size_t expected_results() const;
  std::size_t published() const { return published_; }

  // Until the results and letters that are expected are there, or no more has come for `patience`.
  void wait(std::chrono::seconds patience);
  // So many results at least.
  void wait_for(std::size_t results, std::chrono::seconds patience);

  // What is wrong, a line each; empty: nothing. `repeats`: results may be there more often, with the same result_id.
  std::vector<std::string> wrong(bool repeats);

  std::size_t results() const { return seen_; }

 private:
  struct Seen {
    std::size_t results = 0;
    std::set<std::string> ids;       // of results
    std::set<std::string> contents;  // hashes
  };
  struct Expected {
    std::size_t results = 0;
    bool letter = false;
  };
  void read();
  void send(const Submission& submission);

  queue::KafkaOptions options_;
  std::unique_ptr<queue::KafkaQueue> client_;
  std::vector<std::unique_ptr<queue::ResultSource>> readers_;
  std::vector<std::int64_t> next_;
  std::mt19937 random_;
  std::vector<queue::Outgoing> batch_;
  std::map<std::string, Expected> expected_;  // by submission
  std::map<std::string, Seen> results_;
  std::set<std::string> undecodable_;  // payloads
  std::size_t published_ = 0;
  std::size_t seen_ = 0;
};

}  // namespace otmetka::chaos
