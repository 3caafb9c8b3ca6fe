#include "tests/chaos/model.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "queue/codec.h"
#include "tests/chaos/engine_worker.h"
#include "tests/support/kafka_broker.h"

namespace otmetka::chaos {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kMany = 1'000'000;
constexpr std::size_t kMostTold = 10;  // of each sort of wrong

}  // namespace

Model::Model(queue::KafkaOptions options, unsigned seed) : options_(std::move(options)), random_(seed) {
  client_ = std::move(*queue::KafkaQueue::open(options_, queue::KafkaRole::kClient));
  const std::int32_t partitions = *client_->results_partitions();
  for (std::int32_t partition = 0; partition < partitions; ++partition) readers_.push_back(client_->results_of(partition));
  next_.resize(readers_.size());
}

void Model::send(const Submission& submission) {
  batch_.push_back({submission.learner.value + "/" + submission.assignment.value, queue::encode_submission(submission),
                    queue::Encoding::kProtobuf});
  ++expected_[submission.submission.value].results;
}

void Model::publish(std::size_t records, const Mixture& mixture) {
  std::uniform_int_distribution<> percent(0, 99);
  std::uniform_int_distribution<std::size_t> length(1, 60);
  for (std::size_t i = 0; i < records; ++i) {
    const std::string id = std::to_string(published_++);
    int sort = percent(random_);
    const auto is = [&sort](int share) { return (sort -= share) < 0; };
    if (is(mixture.undecodable)) {
      undecodable_.insert("{\"undecodable\": " + id);
      batch_.push_back({"u" + id, "{\"undecodable\": " + id, queue::Encoding::kJson});
      continue;
    }
    Submission work;
    work.submission = SubmissionId(id);
    work.assignment = AssignmentId("a" + std::to_string(percent(random_) % 5));
    work.learner = LearnerId("l" + std::to_string(percent(random_)));
    work.spec = SpecId(kQuick);
    work.responses.push_back({PartId("c"), TextAnswer{std::string(length(random_), 'x')}});
    if (is(mixture.slow)) {
      work.spec = SpecId(kSlow);
    } else if (is(mixture.batch)) {
      work.priority = Priority::kBatch;
    } else if (is(mixture.throwing)) {
      work.spec = SpecId(kThrows);
      expected_[id].letter = true;
    } else if (is(mixture.twice)) {
      send(work);
    }
    send(work);
  }
  ASSERT_TRUE(client_->publisher().publish(batch_).ok());
  batch_.clear();
}

void Model::publish_one(const std::string& spec, const std::string& id) {
  Submission work;
  work.submission = SubmissionId(id);
  work.assignment = AssignmentId("one");
  work.learner = LearnerId("l" + id);
  work.spec = SpecId(spec);
  work.responses.push_back({PartId("c"), TextAnswer{"x"}});
  expected_[id].letter = spec == kThrows || spec == kCrashes;
  ++published_;
  send(work);
  ASSERT_TRUE(client_->publisher().publish(batch_).ok());
  batch_.clear();
}

std::size_t Model::expected_results() const {
  std::size_t n = 0;
  for (const auto& [id, one] : expected_) n += one.results;
  return n;
}

void Model::read() {
  for (std::size_t partition = 0; partition < readers_.size(); ++partition) {
    while (true) {
      const auto results = readers_[partition]->poll_results(next_[partition], kMany, 100 * kMany, milliseconds(0));
      if (!results || results->empty()) break;
      for (const queue::ResultRecord& record : *results) {
        const auto result = queue::decode_result(record.payload);
        ASSERT_TRUE(result.ok());
        Seen& seen = results_[result->submission.value];
        ++seen.results;
        ++seen_;
        seen.ids.insert(result->result_id);
        seen.contents.insert(result->content_sha256);
      }
      next_[partition] = results->back().offset + 1;
    }
  }
}

void Model::wait_for(std::size_t results, seconds patience) {
  auto until = Clock::now() + patience;
  while (seen_ < results && Clock::now() < until) {
    const std::size_t before = seen_;
    read();
    if (seen_ > before) until = Clock::now() + patience;
  }
}

void Model::wait(seconds patience) {
  wait_for(expected_results(), patience);
  settle_kafka(options_);
  read();
}

std::vector<std::string> Model::wrong(bool repeats) {
  std::vector<std::string> out;
  std::map<std::string, std::size_t> told;
  const auto tell = [&](const std::string& sort, const std::string& what) {
    if (++told[sort] <= kMostTold) out.push_back(sort + " " + what);
  };
  for (const auto& [id, expected] : expected_) {
    const auto found = results_.find(id);
    const std::size_t n = found == results_.end() ? 0 : found->second.results;
    if (n < expected.results) tell("lost", id);
    if (n > expected.results && !repeats) tell("repeated", id);
    if (n > 0 && (found->second.ids.size() != 1 || found->second.contents.size() != 1)) tell("two contents", id);
  }
  for (const auto& [id, seen] : results_) {
    if (!expected_.contains(id)) tell("never published", id);
  }
  std::set<std::string> letters;
  std::set<std::string> undecodable;
  const auto all = client_->dead_letters().list(0, kMany);
  if (!all) return {"the letters cannot be read: " + words_of(all.failure())};
  for (const queue::DeadLetter& letter : *all) {
    const auto whole = client_->dead_letters().show(letter.id);
    if (letter.submission_id.empty()) {
      if (whole && !undecodable.insert(whole->record.payload).second && !repeats) tell("two letters", whole->record.payload);
    } else if (!letters.insert(letter.submission_id).second && !repeats) {
      tell("two letters", letter.submission_id);
    }
  }
  if (undecodable != undecodable_) tell("undecodable", std::to_string(undecodable.size()) + " of " + std::to_string(undecodable_.size()));
  for (const auto& [id, expected] : expected_) {
    if (expected.letter != letters.contains(id)) tell(expected.letter ? "no letter" : "a letter", id);
  }
  for (const auto& [sort, n] : told) out.push_back(sort + ": " + std::to_string(n));
  return out;
}

}  // namespace otmetka::chaos
