#include "cli/kafka_config.h"

#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "cli/work_queue.h"
#include "queue/codec.h"
#include "tests/contract/test_folder.h"

namespace otmetka::cli {
namespace {

using testing::ElementsAre;
using testing::Pair;

class KafkaConfig : public testing::Test {
 protected:
  Result<Config> read(const std::string& text, const Flags& flags = {}) {
    std::ofstream(folder_ / "otmetka.yaml") << text;
    return read_config(folder_ / "otmetka.yaml", flags);
  }
  TestFolder folder_;
};

TEST_F(KafkaConfig, OptionsOfTheClientStandBothInAMapAndAlone) {
  const auto config = read("queue: kafka:a:9092,b:9092\nprefix: school\nlanes: batch, submissions\ndelivery: at_least_once\n"
                           "results_encoding: json\nkafka:\n  sasl.password: secret\n  socket.timeout.ms: 5000\nkafka.acks.none: 1\n");
  ASSERT_TRUE(config.ok());
  const auto options = kafka_options(*config, "test");
  ASSERT_TRUE(options.ok());
  EXPECT_EQ(options->brokers, "a:9092,b:9092");
  EXPECT_EQ(options->prefix, "school");
  EXPECT_EQ(options->delivery, queue::Delivery::kAtLeastOnce);
  EXPECT_EQ(options->results, queue::Encoding::kJson);
  EXPECT_THAT(options->lanes, ElementsAre(queue::Lane::kSubmissions, queue::Lane::kBatch));
  EXPECT_THAT(options->client,
              ElementsAre(Pair("acks.none", "1"), Pair("sasl.password", "secret"), Pair("socket.timeout.ms", "5000")));
}

TEST_F(KafkaConfig, TheEnvironmentIsStrongerThanTheFile) {
  ASSERT_EQ(setenv("OTMETKA_KAFKA_SASL_PASSWORD", "newer", 1), 0);
  const auto config = read("queue: kafka:a:9092\nkafka.sasl.password: older\n");
  unsetenv("OTMETKA_KAFKA_SASL_PASSWORD");
  ASSERT_TRUE(config.ok());
  EXPECT_THAT(kafka_options(*config, "test")->client, ElementsAre(Pair("sasl.password", "newer")));
}

TEST_F(KafkaConfig, WordsThatAreNotKnownAreTold) {
  for (const char* text : {"delivery: once", "lanes: fast", "lanes: ''", "results_encoding: xml"}) {
    const auto config = read(text);
    ASSERT_FALSE(config.ok()) << text;
    EXPECT_EQ(config.failure().code(), "OT460") << text;
  }
  EXPECT_EQ(read("kafka: [1]").failure().code(), "OT515");
  EXPECT_EQ(kafka_options(*read("queue: embedded:q"), "test").failure().code(), "OT461");
}

TEST(ResultInProtobuf, IsWhatTheJsonWasMadeOf) {
  ScoredResult result;
  result.tenant = TenantId("t");
  result.submission = SubmissionId("s");
  result.result_id = "r";
  result.progress = Progress::kFinal;
  result.raw = Ratio(2, 3);
  const std::string bytes = queue::encode_result(result);
  std::string json;
  queue::append_json(result, {.traces = true}, json);
  EXPECT_EQ(queue::decode_result(result_in_protobuf(json))->raw, Ratio(2, 3));
  EXPECT_EQ(queue::encode_result(*queue::decode_result(result_in_protobuf(json))), bytes);
  EXPECT_EQ(result_in_protobuf(bytes), bytes);
  EXPECT_EQ(result_in_protobuf("{broken"), "{broken");
}

}  // namespace
}  // namespace otmetka::cli
