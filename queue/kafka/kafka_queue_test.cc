#include "queue/kafka/kafka_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "queue/codec.h"
#include "queue/kafka/names.h"
#include "queue/kafka/shorten.h"
#include "queue/kafka/topics.h"
#include "tests/contract/queue_contract.h"
#include "tests/support/kafka_broker.h"

namespace otmetka::queue {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t kMany = 100'000'000;

std::unique_ptr<KafkaQueue> open_queue(const KafkaOptions& options, KafkaRole role = KafkaRole::kServe) {
  auto opened = KafkaQueue::open(options, role);
  EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.failure().code());
  return opened.ok() ? std::move(*opened) : nullptr;
}

std::string code_of_opening(const KafkaOptions& options, KafkaRole role = KafkaRole::kServe) {
  const auto opened = KafkaQueue::open(options, role);
  return opened.ok() ? "opened" : opened.failure().code();
}

// A sink with the queue that it belongs to.
class LaterSink final : public ResultSink {
 public:
  explicit LaterSink(std::unique_ptr<KafkaQueue> queue) : queue_(std::move(queue)) { EXPECT_TRUE(queue_->source().committed().ok()); }
  Status commit(const Commit& commit) override { return queue_->sink().commit(commit); }

 private:
  std::unique_ptr<KafkaQueue> queue_;
};

class KafkaWorld final : public QueueWorld {
 public:
  explicit KafkaWorld(Delivery delivery) : options_(new_kafka_queue()), client_(open_queue(options_, KafkaRole::kClient)) {
    options_.delivery = delivery;
  }
  void restart_server() override {
    server_.reset();
    server_ = open_queue(options_);
  }
  SubmissionSource& source() override { return server_->source(); }
  ResultSink& sink() override { return server_->sink(); }
  SubmissionPublisher& publisher() override { return client_->publisher(); }
  ResultSource& results() override { return client_->results(); }
  DeadLetterStore& dead_letters() override { return client_->dead_letters(); }
  std::unique_ptr<ResultSink> sink_of_a_later_server() override {
    if (options_.delivery == Delivery::kAtLeastOnce) return nullptr;  // its results are there before it is refused
    return std::make_unique<LaterSink>(open_queue(options_));
  }
  void settle() override { settle_kafka(options_); }

 private:
  KafkaOptions options_;
  std::unique_ptr<KafkaQueue> client_;
  std::unique_ptr<KafkaQueue> server_;
};

std::unique_ptr<QueueWorld> make_exactly_once() { return std::make_unique<KafkaWorld>(Delivery::kExactlyOnce); }
std::unique_ptr<QueueWorld> make_at_least_once() { return std::make_unique<KafkaWorld>(Delivery::kAtLeastOnce); }

TEST(KafkaQueueTest, ABrokerThatIsNotThereIsNamedAndCanBeTriedAgain) {
  KafkaOptions options;
  options.brokers = "127.0.0.1:1";
  options.patience = milliseconds(1'500);
  const auto opened = KafkaQueue::open(options, KafkaRole::kServe);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.failure().code(), "OT440");
  EXPECT_EQ(std::get<std::string>(opened.failure().message.args.at(0)), "127.0.0.1:1");
  EXPECT_TRUE(opened.failure().retryable);
  const auto client = open_queue(options, KafkaRole::kClient);
  EXPECT_EQ(client->publisher().publish(std::vector<Outgoing>{{"k", "{}", Encoding::kJson}}).failure().code(), "OT440");
  const auto range = client->results().range();
  EXPECT_EQ(range.failure().code(), "OT440");
  for (const Error& failed : {opened.failure(), range.failure()}) {
    EXPECT_THAT(std::get<std::string>(failed.message.args.at(2)), testing::HasSubstr("Connection refused"))
        << "why is said to consumers too";
  }
}

TEST(KafkaQueueTest, WhoIsToLeaveWaitsForNoBrokerAndWhoWaitsForLongIsTold) {
  std::atomic<bool> leaving{false};
  std::vector<std::string> told;
  KafkaOptions options;
  options.brokers = "127.0.0.1:1";
  options.patience = std::chrono::minutes(10);
  options.leaving = &leaving;
  options.on_silence = [&](const std::string& reason) {
    told.push_back(reason);
    leaving = true;
  };
  EXPECT_EQ(code_of_opening(options, KafkaRole::kServe), "OT440");
  ASSERT_EQ(told.size(), 1u);
  EXPECT_THAT(told[0], testing::HasSubstr("Connection refused"));
}

TEST(KafkaQueueTest, ATopicThatIsNotThereIsNamed) {
  KafkaOptions options = new_kafka_queue();
  options.prefix = "nobody";
  const auto opened = KafkaQueue::open(options, KafkaRole::kServe);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.failure().code(), "OT441");
  EXPECT_EQ(std::get<std::string>(opened.failure().message.args.at(0)), "nobody.submissions");
  EXPECT_EQ(code_of_opening(options, KafkaRole::kClient), "opened");
}

TEST(KafkaQueueTest, OptionsOfLibrdkafkaArePassedThrough) {
  const KafkaOptions good = new_kafka_queue();
  const auto code_with = [&](const std::string& name, const std::string& value) {
    KafkaOptions options = good;
    options.client[name] = value;
    options.patience = milliseconds(3'000);
    return code_of_opening(options);
  };
  EXPECT_EQ(code_with("client.id", "me"), "opened");
  EXPECT_EQ(code_with("security.protocl", "ssl"), "OT446");
  EXPECT_EQ(code_with("linger.ms", "soon"), "OT446");
  EXPECT_EQ(code_with("enable.auto.commit", "true"), "OT445") << "what the promises rest on is not for changing";
  EXPECT_EQ(code_with("partition.assignment.strategy", "cooperative-sticky"), "OT445");
  EXPECT_EQ(code_with("security.protocol", "ssl"), "OT440") << "it is taken: a plain broker does not speak TLS";
}

TEST(KafkaQueueTest, TopicsAreMadeOnceAndAreAsTheyMustBe) {
  KafkaOptions options = new_kafka_queue();
  options.prefix = "fresh";
  const auto missing = check_topics(options);
  ASSERT_TRUE(missing.ok());
  EXPECT_EQ(missing->size(), 7u);
  EXPECT_EQ(missing->front().id, "OT441");
  const auto made = create_topics(options, {.partitions = 4, .replication = 1});
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(made->size(), 7u);
  EXPECT_TRUE(create_topics(options, {.partitions = 8, .replication = 1})->empty()) << "what is there stays as it is";
  EXPECT_TRUE(check_topics(options)->empty());
  EXPECT_EQ(*open_queue(options, KafkaRole::kClient)->results_partitions(), 4);
  options.message_bytes *= 2;
  const auto small = check_topics(options);
  ASSERT_FALSE(small->empty());
  EXPECT_EQ(small->front().id, "OT451");
}

TEST(KafkaQueueTest, AnotherProgramPublishesJsonAndItsHeadersAreHeeded) {
  const KafkaOptions options = new_kafka_queue();
  kcat_publishes(options.prefix + ".submissions", R"({"learner_id": "p-1"})");
  kcat_publishes(options.prefix + ".submissions", "xyz", {"content-type=application/json", "ce_time=2026-11-23T10:15:00.000123Z"});
  kcat_publishes(options.prefix + ".submissions", "xyz", {"traceparent=00-ab-cd-01"});
  const auto queue = open_queue(options);
  std::vector<Record> records;
  while (records.size() < 3) {
    auto polled = queue->source().poll(3, kMany, seconds(10));
    ASSERT_TRUE(polled.ok() && !polled->empty());
    records.insert(records.end(), polled->begin(), polled->end());
  }
  EXPECT_EQ(records[0].encoding, Encoding::kJson) << "no header, and the body begins with a brace";
  EXPECT_EQ(records[1].encoding, Encoding::kJson);
  EXPECT_EQ(to_rfc3339(records[1].published_at), "2026-11-23T10:15:00.000123Z");
  EXPECT_EQ(records[2].encoding, Encoding::kProtobuf);
  EXPECT_EQ(records[2].traceparent, "00-ab-cd-01");
  EXPECT_GT(records[2].published_at, now() - std::chrono::hours(1)) << "the record's own time";
}

TEST(KafkaQueueTest, AnotherProgramReadsAResultWithItsHeaders) {
  const KafkaOptions options = new_kafka_queue();
  const auto queue = open_queue(options);
  ASSERT_TRUE(queue->publisher().publish(std::vector<Outgoing>{{"k", "{}", Encoding::kJson}}).ok());
  const auto records = queue->source().poll(1, kMany, seconds(10));
  ASSERT_EQ(records->size(), 1u);
  ScoredResult scored;
  scored.result_id = "r-1";
  Commit commit;
  commit.results.push_back({0, "p-1/a-1", encode_result(scored), records->front().position, "00-ab-cd-01"});
  commit.progress.push_back({0, records->front().position.offset + 1, ""});
  ASSERT_TRUE(queue->sink().commit(commit).ok());
  settle_kafka(options);
  const std::string seen = kcat_reads(options, "results", "%k %h\\n");
  EXPECT_EQ(seen.rfind("p-1/a-1 ce_specversion=1.0,ce_id=r-1,ce_type=otmetka.result.v1,ce_source=/otmetka,ce_time=", 0), 0u) << seen;
  EXPECT_NE(seen.find("content-type=application/protobuf,traceparent=00-ab-cd-01"), std::string::npos) << seen;
}

// What would be larger than the topic takes goes without its explanation, and the score is the same.
TEST(KafkaQueueTest, AResultThatIsTooLargeLosesItsTracesAndIsCommitted) {
  const KafkaOptions options = new_kafka_queue();
  const auto queue = open_queue(options);
  ASSERT_TRUE(queue->source().committed().ok());
  ScoredResult scored;
  scored.result_id = "r-1";
  scored.raw = Ratio(2, 3);
  for (int i = 0; i < 4; ++i) {
    PartResult part;
    part.part = PartId("item" + std::to_string(i));
    part.rule_id = "answer";
    part.feedback.push_back({"say", {std::string("well"), std::string("well")}});
    for (int j = 0; j < 1'000; ++j) part.trace.push_back({"trace.typed", {std::string(1'000, 'x')}});
    scored.parts.push_back(std::move(part));
  }
  Commit commit;
  commit.results.push_back({0, "k", encode_result(scored)});
  ASSERT_GT(commit.results[0].payload.size(), options.message_bytes);
  ASSERT_TRUE(queue->sink().commit(commit).ok());
  settle_kafka(options);
  const auto results = queue->results().poll_results(0, kMany, kMany, seconds(10));
  ASSERT_EQ(results->size(), 1u);
  const auto read = decode_result(results->front().payload);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->raw, Ratio(2, 3));
  ASSERT_EQ(read->parts.size(), 4u);
  EXPECT_TRUE(read->parts[0].trace.empty());
  EXPECT_EQ(read->parts[0].feedback.size(), 1u) << "no more is cut than must be";
}

TEST(KafkaQueueTest, ProgressThatTheBrokersWouldNotTakeIsCommittedWithoutItsMetadata) {
  const KafkaOptions options = new_kafka_queue();
  auto queue = open_queue(options);
  ASSERT_TRUE(queue->publisher().publish(std::vector<Outgoing>(3, {"k", "{}", Encoding::kJson})).ok());
  ASSERT_EQ(queue->source().poll(3, kMany, seconds(10))->size(), 3u);
  for (const std::size_t allowed : {std::size_t{4'096}, std::size_t{100'000}}) {
    KafkaOptions other = options;
    other.metadata_bytes = allowed;  // more than the brokers', at last: they refuse it, and it goes without
    queue.reset();
    queue = open_queue(other);
    ASSERT_TRUE(queue->source().committed().ok());
    ASSERT_TRUE(queue->sink().commit({{}, {}, {{0, 2, std::string(20'000, 'A')}}}).ok()) << allowed;
    queue.reset();
    queue = open_queue(other);
    const auto committed = queue->source().committed();
    ASSERT_EQ(committed->size(), 1u);
    EXPECT_EQ(committed->front().next, 2);
    EXPECT_EQ(committed->front().metadata, "");
  }
}

TEST(KafkaQueueTest, ALetterOfTheSameRecordReplacesTheEarlierOne) {
  const KafkaOptions options = new_kafka_queue();
  const auto queue = open_queue(options);
  ASSERT_TRUE(queue->source().committed().ok());
  for (const std::int32_t attempts : {1, 2}) {
    Commit commit;
    commit.dead_letters.emplace_back();
    commit.dead_letters[0].record.position.offset = 7;
    commit.dead_letters[0].reason = {"OT302", {}};
    commit.dead_letters[0].attempts = attempts;
    ASSERT_TRUE(queue->sink().commit(commit).ok());
  }
  settle_kafka(options);
  const auto letters = queue->dead_letters().list(0, 10);
  ASSERT_EQ(letters->size(), 1u);
  EXPECT_EQ(letters->front().attempts, 2);
  EXPECT_NE(kcat_reads(options, "dead-letters", "%k %h\\n").find(options.prefix + ".submissions/0/7 "), std::string::npos);
}

}  // namespace

INSTANTIATE_TEST_SUITE_P(KafkaExactlyOnce, QueueContract, testing::Values(&make_exactly_once),
                         [](const auto&) { return std::string("Queue"); });
INSTANTIATE_TEST_SUITE_P(KafkaAtLeastOnce, QueueContract, testing::Values(&make_at_least_once),
                         [](const auto&) { return std::string("Queue"); });

}  // namespace otmetka::queue
