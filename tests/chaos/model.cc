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
constexpr const char* kForEver = "while True: pass\n";

}  // namespace

Model::Model(queue::KafkaOptions options, unsigned seed) : options_(std::move(options)), random_(seed) {
  client_ = std::move(*queue::KafkaQueue::open(options_, queue::KafkaRole::kClient));
  const std::int32_t partitions = *client_->results_partitions();
  for (std::int32_t partition = 0; partition < partitions; ++partition) readers_.push_back(client_->results_of(partition));
  next_.resize(readers_.size());
}

std::string Model::outcome_of(const ScoredResult& result) {
  std::string out(progress_name(result.progress));
  if (result.progress == Progress::kFailed) return out;
  out += " " + result.raw.to_string();
  for (const PartResult& part : result.parts) out += " " + std::string(verdict_name(part.status));
  return out;
}

void Model::expect(const Submission& submission, const std::string& letter) {
  const auto* text = std::get_if<TextAnswer>(&submission.responses[0].answer);
  const bool right = submission.spec.value == kQuick && text->text == "x";
  const char* graded = right ? "FINAL 1 GRADED" : "FINAL 0 GRADED";
  if (text == nullptr) graded = "FINAL 0 TIME_LIMIT";
  Expected& expected = expected_[submission.submission.value];
  expected.outcome = letter.empty() ? graded : "FAILED";
  expected.letter = letter;
}

void Model::send(const Submission& submission) {
  batch_.push_back({submission.learner.value + "/" + submission.assignment.value, queue::encode_submission(submission),
                    queue::Encoding::kProtobuf});
  ++expected_[submission.submission.value].results;
}

// Every one is an attempt of its own, so that the gradebook holds them all.
Submission Model::work(const std::string& id) {
  Submission work;
  work.submission = SubmissionId(id);
  work.attempt_no = static_cast<std::int32_t>(++published_);
  work.spec = SpecId(kQuick);
  return work;
}

void Model::publish_undecodable(const std::string& id) {
  const bool json = random_() % 2 == 0;
  const std::string payload = json ? "{\"undecodable\": " + id : "\xff\xff" + id;
  undecodable_[payload] = json ? "OT303" : "OT308";
  batch_.push_back({"u" + id, payload, json ? queue::Encoding::kJson : queue::Encoding::kProtobuf});
}

void Model::publish(std::size_t records, const Mixture& mixture) {
  std::uniform_int_distribution<> percent(0, 99);
  std::uniform_int_distribution<std::size_t> length(1, 60);
  for (std::size_t i = 0; i < records; ++i) {
    const std::string id = std::to_string(published_);
    int sort = percent(random_);
    const auto is = [&sort](int share) { return (sort -= share) < 0; };
    Submission one = work(id);
    if (is(mixture.undecodable)) {
      publish_undecodable(id);
      continue;
    }
    one.assignment = AssignmentId("a" + std::to_string(percent(random_) % 5));
    one.learner = LearnerId("l" + std::to_string(percent(random_)));
    const bool right = percent(random_) < 50;
    one.responses.push_back({PartId("c"), TextAnswer{right ? "x" : std::string(length(random_), 'y')}});
    std::string letter;
    bool twice = false;
    if (is(mixture.slow)) {
      one.spec = SpecId(kSlow);
    } else if (is(mixture.batch)) {
      one.priority = Priority::kBatch;
    } else if (is(mixture.throwing)) {
      one.spec = SpecId(kThrows);
      letter = "OT590";
    } else if (is(mixture.unknown)) {
      one.spec = SpecId(kUnknown);
      letter = "OT380";
    } else if (is(mixture.whole_limit)) {
      one.spec = SpecId(kProgram);
      one.responses[0].answer = FilesAnswer{{{"a.py", kForEver, {}}}};
    } else {
      twice = is(mixture.twice);
    }
    expect(one, letter);
    if (twice) send(one);
    send(one);
  }
  ASSERT_TRUE(client_->publisher().publish(batch_).ok());
  batch_.clear();
}

void Model::publish_one(const std::string& spec, const std::string& id) {
  Submission one = work(id);
  one.assignment = AssignmentId("one");
  one.learner = LearnerId("l" + id);
  one.spec = SpecId(spec);
  one.responses.push_back({PartId("c"), TextAnswer{"x"}});
  expect(one, spec == kThrows ? "OT590" : spec == kCrashes ? "OT455" : "");
  send(one);
  ASSERT_TRUE(client_->publisher().publish(batch_).ok());
  batch_.clear();
}

std::size_t Model::expected_of(const std::string& outcome, const std::string& letter) const {
  return static_cast<std::size_t>(std::count_if(expected_.begin(), expected_.end(), [&](const auto& one) {
    return one.second.outcome == outcome && one.second.letter == letter;
  }));
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
        const auto expected = expected_.find(result->submission.value);
        const bool wanted = expected != expected_.end() && seen.results < expected->second.results;
        ++(wanted ? seen_ : repeats_);
        ++seen.results;
        seen.ids.insert(result->result_id);
        seen.contents.insert(result->content_sha256);
        seen.outcomes.insert(outcome_of(*result));
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
  Findings findings;
  wrong_results(repeats, findings);
  wrong_letters(repeats, findings);
  return findings.lines();
}

void Model::wrong_results(bool repeats, Findings& findings) const {
  for (const auto& [id, expected] : expected_) {
    const auto found = results_.find(id);
    const std::size_t n = found == results_.end() ? 0 : found->second.results;
    if (n < expected.results) findings.tell("lost", id);
    if (n > expected.results && !repeats) findings.tell("repeated", id);
    if (n == 0) continue;
    const Seen& seen = found->second;
    if (seen.ids.size() != 1 || seen.contents.size() != 1) findings.tell("two contents", id);
    if (*seen.outcomes.begin() != expected.outcome) findings.tell("another outcome", id + ": " + *seen.outcomes.begin());
  }
  for (const auto& [id, seen] : results_) {
    if (!expected_.contains(id)) findings.tell("never published", id);
  }
}

void Model::wrong_letters(bool repeats, Findings& findings) {
  const auto all = client_->dead_letters().list(0, kMany);
  if (!all) return findings.tell("the letters cannot be read", words_of(all.failure()));
  std::map<std::string, std::string> letters;
  std::map<std::string, std::string> undecodable;
  for (const queue::DeadLetter& letter : *all) {
    const bool decoded = !letter.submission_id.empty();
    const auto whole = decoded ? Result<queue::DeadLetter>(letter) : client_->dead_letters().show(letter.id);
    if (!whole) return findings.tell("a letter cannot be read", words_of(whole.failure()));
    const std::string& what = decoded ? letter.submission_id : whole->record.payload;
    if (!(decoded ? letters : undecodable).emplace(what, letter.reason.id).second && !repeats) findings.tell("two letters", what);
  }
  for (const auto& [payload, code] : undecodable_) {
    if (!undecodable.contains(payload)) findings.tell("no letter", payload);
  }
  for (const auto& [payload, code] : undecodable) {
    const auto sent = undecodable_.find(payload);
    if (sent == undecodable_.end()) findings.tell("a letter of nothing", payload);
    if (sent != undecodable_.end() && sent->second != code) findings.tell("another reason", payload + ": " + code);
  }
  for (const auto& [id, expected] : expected_) {
    const auto found = letters.find(id);
    const std::string code = found == letters.end() ? "" : found->second;
    if (code != expected.letter)
      findings.tell(code.empty() ? "no letter" : expected.letter.empty() ? "a letter" : "another reason", id + " " + code);
  }
}

}  // namespace otmetka::chaos
