// What the programs that measure the pipeline share: errors end them, topics are their own.
#pragma once

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "bench/bench_data.h"
#include "bench/figures.h"
#include "model/result.h"
#include "queue/kafka/kafka_queue.h"

namespace otmetka::bench {

[[noreturn]] inline void give_up(const std::string& what) {
  std::fprintf(stderr, "pipeline_bench: %s\n", what.c_str());
  std::exit(1);
}

template <class T>
T must(Result<T> result, const std::string& what) {
  if (!result) give_up(what + ": " + result.failure().code());
  return std::move(*result);
}
inline void must(const Status& status, const std::string& what) {
  if (!status) give_up(what + ": " + status.failure().code());
}

// A group of its own at each call: it begins with the first record.
inline queue::KafkaOptions options_of(const std::string& brokers, const std::string& prefix, queue::Delivery delivery) {
  static std::atomic<int> groups{0};
  queue::KafkaOptions options;
  options.brokers = brokers;
  options.prefix = prefix;
  options.group = prefix + ".group-" + std::to_string(++groups);
  options.instance = "worker-0";
  options.delivery = delivery;
  return options;
}

inline std::string new_prefix() { return "bench-" + std::to_string(getpid()) + "-" + std::to_string(std::random_device{}()); }

inline double median(const std::vector<double>& values) { return quantile(values, 0.5); }

// Topics of a run of this program alone, with so many short submissions in them: their prefix.
std::string published(const std::string& brokers, int records_count, int partitions, Submissions of = Submissions::kFourAnswers);

// What grading costs beside passing the same records through, and what exactly-once costs beside at-least-once.
void ratios(const std::string& brokers, int records_count, int partitions, Figures& figures);

// Submissions a second, by partitions and workers.
void growth(const std::string& brokers, int records_count, Figures& figures);

// How long answers take while nothing else is done, and while the lane of programs has more than it can do.
void lanes(const std::string& brokers, int seconds, Figures& figures);

}  // namespace otmetka::bench
