// Knows every record that was published, and holds against it what a read_committed reader sees, the dead letters and a gradebook.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "gradebook/store.h"
#include "model/scored_result.h"
#include "model/submission.h"
#include "queue/kafka/kafka_queue.h"
#include "tests/chaos/findings.h"

namespace otmetka::chaos {

// Of a hundred records, about so many are of each sort; the rest are quick and published once.
struct Mixture {
  int slow = 0;
  int twice = 0;        // the same submission published again
  int undecodable = 0;
  int batch = 0;        // go to .batch first
  int throwing = 0;     // go through .retry to the dead letters
  int unknown = 0;      // name a spec that nobody has
  int whole_limit = 0;  // programs that take all the time they may
};

class Model {
 public:
  Model(queue::KafkaOptions options, unsigned seed);

  void publish(std::size_t records, const Mixture& mixture);
  void publish_one(const std::string& spec, const std::string& id);

  std::size_t expected_results() const;
  // Submissions with this outcome ("FINAL 0 TIME_LIMIT", "FAILED") and this code of their dead letter, or none.
  std::size_t expected_of(const std::string& outcome, const std::string& letter = {}) const;
  std::size_t undecodable() const { return undecodable_.size(); }
  std::size_t published() const { return published_; }

  // Until the results and letters that are expected are there, or no more has come for `patience`.
  void wait(std::chrono::seconds patience);
  // So many results at least.
  void wait_for(std::size_t results, std::chrono::seconds patience);

  // What is wrong with the results and the dead letters, a line each; empty: nothing. `repeats`: they may be there more often,
  // results with the same result_id and content.
  std::vector<std::string> wrong(bool repeats);

  // Brings all results into a gradebook, as `gradebook serve` does.
  Status fill(gradebook::Store& book);
  // What is wrong with a gradebook that has all results: it must hold each submission as an attempt of its own, and no other.
  std::vector<std::string> wrong_in(gradebook::Store& book) const;

  std::size_t results() const { return seen_; }      // of those that are expected
  std::size_t repeats() const { return repeats_; }  // and beyond

 private:
  struct Seen {
    std::size_t results = 0;
    std::set<std::string> ids;       // of results
    std::set<std::string> contents;  // hashes
    std::set<std::string> outcomes;
  };
  struct Expected {
    std::size_t results = 0;
    std::string outcome;  // as outcome_of() has it
    std::string letter;   // the code; empty: none
  };
  // “FINAL 1 GRADED”, “FAILED”.
  static std::string outcome_of(const ScoredResult& result);
  Submission work(const std::string& id);
  void publish_undecodable(const std::string& id);
  void wrong_results(bool repeats, Findings& findings) const;
  void wrong_letters(bool repeats, Findings& findings);
  void read();
  void expect(const Submission& submission, const std::string& letter);
  void send(const Submission& submission);

  queue::KafkaOptions options_;
  std::unique_ptr<queue::KafkaQueue> client_;
  std::vector<std::unique_ptr<queue::ResultSource>> readers_;
  std::vector<std::int64_t> next_;
  std::mt19937 random_;
  std::vector<queue::Outgoing> batch_;
  std::map<std::string, Expected> expected_;  // by submission
  std::map<std::string, Seen> results_;
  std::map<std::string, std::string> undecodable_;  // the letter's code by payload
  std::size_t published_ = 0;
  std::size_t seen_ = 0;
  std::size_t repeats_ = 0;
};

}  // namespace otmetka::chaos
