// A real broker for the tests of one program (or OTMETKA_KAFKA_NODES of them, a definition of the program's): tools/kafka starts it
// before the first test and stops it after the last, or when the program is gone. Where Java or Maven's registry is not to be
// had every test is skipped, saying why; under `./run test`,
// which has installed all, that is a failure. A test's own topics begin with a prefix that nobody else has.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "queue/kafka/options.h"

namespace otmetka {

// A program with this file among its sources has the broker.
std::string kafka_bootstrap();

// Of a new queue: topics with so many partitions are there, on every broker, and nothing is in them.
queue::KafkaOptions new_kafka_queue(int partitions = 1);

// Waits until a read_committed reader sees all that is in .results and .dead-letters: a transaction's end is written a moment
// after its commit has succeeded. Fails the test if that takes half a minute.
void settle_kafka(const queue::KafkaOptions& options);

// kill -9 of the broker, and another one on its data, at once or after so long.
void restart_kafka(std::chrono::seconds down = std::chrono::seconds(0));

// kill -9 of one of several, from 1; and one on its data again, which is in sync with the others some seconds later.
void kill_kafka_node(int node);
void start_kafka_node(int node);

// Of the partition that has the fewest.
int kafka_replicas_in_sync(const queue::KafkaOptions& options);
// As the brokers have it, such as min.insync.replicas; empty: no such setting.
std::string kafka_topic_setting(const queue::KafkaOptions& options, const std::string& topic, const std::string& setting);

// As if all that is in a partition had gone by retention.
void kafka_forgets(const queue::KafkaOptions& options, const std::string& topic, int partition);

// What another Kafka program sees: kcat's output, from the beginning to the end of a topic.
std::string kcat_reads(const queue::KafkaOptions& options, const std::string& topic, const std::string& format,
                       const std::string& isolation = "read_committed");
// kcat publishes one line, with headers "name=value".
void kcat_publishes(const std::string& topic, const std::string& line, const std::vector<std::string>& headers = {});

}  // namespace otmetka
