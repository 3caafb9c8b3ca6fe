#include "tests/support/kafka_broker.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "queue/kafka/admin.h"
#include "queue/kafka/client.h"
#include "queue/kafka/names.h"
#include "queue/kafka/topics.h"
#include "tests/contract/test_folder.h"
#include "tests/support/let_pass.h"

#ifndef OTMETKA_KAFKA_NODES
#define OTMETKA_KAFKA_NODES 1
#endif

namespace otmetka {
namespace {

constexpr int kAbsent = 3;  // of kafka.sh
constexpr int kNodes = OTMETKA_KAFKA_NODES;

const std::string kScript = std::string(OTMETKA_SOURCE_DIR) + "/tools/kafka/kafka.sh";
std::string bootstrap;
std::string folder;

struct Ran {
  int code = -1;
  std::string output;
  std::string errors;
};

std::string content_of(const std::string& file) {
  std::stringstream out;
  out << std::ifstream(file).rdbuf();
  return out.str();
}

// Through files, not pipes: what a command leaves running would hold a pipe open.
Ran run(std::vector<std::string> command, const std::string& input = {}) {
  const TestFolder scratch;
  std::ofstream(scratch / "in") << input;
  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_addopen(&files, 0, (scratch / "in").c_str(), O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&files, 1, (scratch / "out").c_str(), O_WRONLY | O_CREAT, 0600);
  ::posix_spawn_file_actions_addopen(&files, 2, (scratch / "err").c_str(), O_WRONLY | O_CREAT, 0600);
  std::vector<char*> arguments;
  for (std::string& argument : command) arguments.push_back(argument.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  int status = 0;
  const bool spawned = ::posix_spawnp(&child, arguments[0], &files, nullptr, arguments.data(), environ) == 0;
  ::posix_spawn_file_actions_destroy(&files);
  if (!spawned || ::waitpid(child, &status, 0) != child) return {};
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, content_of(scratch / "out"), content_of(scratch / "err")};
}

class KafkaEnvironment final : public testing::Environment {
 public:
  void SetUp() override {
    const Ran started =
        run({kScript, "start", "--nodes", std::to_string(kNodes), "--folder", folder_.path(), "--while", std::to_string(::getpid())});
    if (started.code == kAbsent) {
      ASSERT_EQ(std::getenv("OTMETKA_ALL_INSTALLED"), nullptr) << started.errors;
      std::cout << "ALL SKIPPED: " << started.errors;
      GTEST_SKIP() << started.errors;
    }
    ASSERT_EQ(started.code, 0) << started.errors;
    folder = folder_.path();
    bootstrap = started.output.substr(0, started.output.find('\n'));
  }
  void TearDown() override {
    if (bootstrap.empty()) return;
    EXPECT_EQ(run({kScript, "stop", "--folder", folder_.path()}).code, 0);
  }

 private:
  TestFolder folder_;
};

const auto* const kEnvironment = testing::AddGlobalTestEnvironment(new KafkaEnvironment);

std::int64_t end_of(const queue::kafka::Client& client, const std::string& topic, int partition) {
  std::int64_t low = 0;
  std::int64_t high = -1;
  EXPECT_EQ(rd_kafka_query_watermark_offsets(client.handle(), topic.c_str(), partition, &low, &high, 10'000), RD_KAFKA_RESP_ERR_NO_ERROR);
  return high;
}

}  // namespace

std::string kafka_bootstrap() { return bootstrap; }

queue::KafkaOptions new_kafka_queue(int partitions) {
  static int made = 0;
  queue::KafkaOptions options;
  options.brokers = bootstrap;
  options.prefix = "t" + std::to_string(++made);
  options.instance = "one";
  options.client["session.timeout.ms"] = "6000";
  const auto topics = queue::create_topics(options, {.partitions = partitions, .replication = kNodes});
  EXPECT_TRUE(topics.ok()) << topics.failure().code();
  return options;
}

void settle_kafka(const queue::KafkaOptions& options) {
  using queue::kafka::Client;
  const auto open = [&](const char* isolation) {
    return Client::open(RD_KAFKA_CONSUMER, options, {}, {{"group.id", "settle"}, {"isolation.level", isolation}});
  };
  const auto committed = open("read_committed");
  const auto all = open("read_uncommitted");
  ASSERT_TRUE(committed.ok() && all.ok());
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  for (const std::string& topic : {queue::kafka::results_topic(options), queue::kafka::dead_letters_topic(options)}) {
    const int partitions = *(*all)->partitions_of(topic);
    for (int partition = 0; partition < partitions; ++partition) {
      while (end_of(**committed, topic, partition) < end_of(**all, topic, partition)) {
        ASSERT_LT(std::chrono::steady_clock::now(), until) << topic << "/" << partition << " has a transaction that does not end";
      }
    }
  }
}

void kill_kafka_node(int node) { ASSERT_EQ(run({kScript, "kill", std::to_string(node), "--folder", folder}).code, 0); }

void start_kafka_node(int node) {
  const Ran again = run({kScript, "again", std::to_string(node), "--folder", folder});
  ASSERT_EQ(again.code, 0) << again.errors;
}

void restart_kafka(std::chrono::seconds down) {
  kill_kafka_node(1);
  let_pass(down);
  start_kafka_node(1);
}

int kafka_replicas_in_sync(const queue::KafkaOptions& options) {
  const auto client = queue::kafka::Client::open(RD_KAFKA_PRODUCER, options, {}, {});
  const rd_kafka_metadata_t* metadata = nullptr;
  if (!client || rd_kafka_metadata((*client)->handle(), 1, nullptr, &metadata, 5'000) != RD_KAFKA_RESP_ERR_NO_ERROR) return 0;
  int least = kNodes;
  for (int topic = 0; topic < metadata->topic_cnt; ++topic) {
    for (int i = 0; i < metadata->topics[topic].partition_cnt; ++i) {
      least = std::min(least, metadata->topics[topic].partitions[i].isr_cnt);
    }
  }
  rd_kafka_metadata_destroy(metadata);
  return least;
}

std::string kafka_topic_setting(const queue::KafkaOptions& options, const std::string& topic, const std::string& setting) {
  using namespace queue::kafka;
  const auto client = reach(options);
  const std::string name = options.prefix + "." + topic;
  const std::unique_ptr<rd_kafka_ConfigResource_t, DestroyAdmin> asked(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, name.c_str()));
  std::array resources{asked.get()};
  const AdminOptions admin = admin_options(**client, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, options.patience);
  const Queue queue(rd_kafka_queue_new((*client)->handle()));
  rd_kafka_DescribeConfigs((*client)->handle(), resources.data(), resources.size(), admin.get(), queue.get());
  const auto event = answer(**client, queue, options.patience);
  EXPECT_TRUE(event.ok());
  if (!event) return {};
  std::size_t count = 0;
  const auto* const found = rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(event->get()), &count);
  const rd_kafka_ConfigEntry_t** const entries = rd_kafka_ConfigResource_configs(found[0], &count);
  for (std::size_t i = 0; i < count; ++i) {
    if (rd_kafka_ConfigEntry_name(entries[i]) == setting) return rd_kafka_ConfigEntry_value(entries[i]);
  }
  return {};
}

void kafka_forgets(const queue::KafkaOptions& options, const std::string& topic, int partition) {
  using namespace queue::kafka;
  const auto client = reach(options);
  const std::string name = options.prefix + "." + topic;
  rd_kafka_topic_partition_list_t* const below = rd_kafka_topic_partition_list_new(1);
  rd_kafka_topic_partition_list_add(below, name.c_str(), partition)->offset = RD_KAFKA_OFFSET_END;
  rd_kafka_DeleteRecords_t* asked[] = {rd_kafka_DeleteRecords_new(below)};
  const AdminOptions admin = admin_options(**client, RD_KAFKA_ADMIN_OP_DELETERECORDS, options.patience);
  const Queue queue(rd_kafka_queue_new((*client)->handle()));
  rd_kafka_DeleteRecords((*client)->handle(), asked, 1, admin.get(), queue.get());
  EXPECT_TRUE(answer(**client, queue, options.patience).ok());
  rd_kafka_DeleteRecords_destroy(asked[0]);
  rd_kafka_topic_partition_list_destroy(below);
}

std::string kcat_reads(const queue::KafkaOptions& options, const std::string& topic, const std::string& format,
                       const std::string& isolation) {
  const Ran read = run({"kcat", "-q", "-C", "-e", "-o", "beginning", "-X", "isolation.level=" + isolation, "-b", bootstrap, "-t",
                        options.prefix + "." + topic, "-f", format});
  EXPECT_EQ(read.code, 0);
  return read.output;
}

void kcat_publishes(const std::string& topic, const std::string& line, const std::vector<std::string>& headers) {
  std::vector<std::string> command{"kcat", "-P", "-b", bootstrap, "-t", topic};
  for (const std::string& header : headers) command.insert(command.end(), {"-H", header});
  EXPECT_EQ(run(std::move(command), line + "\n").code, 0);
}

}  // namespace otmetka
