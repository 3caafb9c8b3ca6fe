#include "tests/chaos/chaos.h"

#include <algorithm>
#include <cstdlib>

#include "gradebook/sqlite/sqlite_store.h"
#include "tests/chaos/engine_worker.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/let_pass.h"
#include "tests/support/seeds.h"

namespace otmetka::chaos {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::IsEmpty;
using Clock = std::chrono::steady_clock;

namespace {

queue::KafkaOptions new_queue(queue::Delivery delivery) {
  queue::KafkaOptions options = new_kafka_queue(kPartitions);
  options.delivery = delivery;
  return options;
}

}  // namespace

std::vector<unsigned> chosen_seeds() {
  if (const char* one = std::getenv("OTMETKA_CHAOS_SEED")) return {static_cast<unsigned>(std::strtoul(one, nullptr, 10))};
  std::vector<unsigned> out;
  for (unsigned seed = 1; seed <= seeds(1); ++seed) out.push_back(seed);
  return out;
}

Chaos::Chaos(queue::Delivery delivery) : options_(new_queue(delivery)), random_(GetParam()), model_(options_, GetParam()) {
  RecordProperty("seed", static_cast<int>(GetParam()));
  for (int i = 0; i < kWorkers; ++i) workers_.push_back(std::make_unique<WorkerProcess>(options_, "w" + std::to_string(i)));
}

bool Chaos::is_long() { return seeds(1) > 1; }

void Chaos::flow_for(milliseconds time, const Mixture& mixture) {
  const auto until = Clock::now() + time;
  while (Clock::now() < until) {
    model_.publish(20, mixture);
    revive();
    let_pass(milliseconds(100));  // the publishers' own pace
  }
}

void Chaos::revive() {
  for (const auto& worker : workers_) {
    if (!worker->running()) worker->start();
  }
}

void Chaos::settle_results() {
  for (const auto& worker : workers_) {
    if (worker->held()) worker->go_on();
  }
  for (int i = 0; i < 6; ++i) {
    revive();
    model_.wait_for(model_.expected_results(), seconds(15));
  }
  model_.wait(kPatience);
  EXPECT_THAT(model_.wrong(options_.delivery == queue::Delivery::kAtLeastOnce), IsEmpty()) << "seed " << GetParam();
}

void Chaos::settle() {
  settle_results();
  const TestFolder folder;
  const auto book = gradebook::SqliteStore::open({.file = folder / "book.db"});
  ASSERT_TRUE(book.ok()) << words_of(book.failure());
  const Status filled = model_.fill(**book);
  EXPECT_TRUE(filled.ok()) << words_of(filled.failure());
  EXPECT_THAT(model_.wrong_in(**book), IsEmpty()) << "seed " << GetParam();
}

bool Chaos::hold_in_commit(WorkerProcess& worker) {
  const auto until = Clock::now() + kPatience;
  while (Clock::now() < until) {
    model_.publish(20, kMixture);
    revive();
    if (worker.hold_in_commit(milliseconds(some(0, 10)), milliseconds(100))) return true;
  }
  return false;
}

int Chaos::sum(int Befallen::*of) const {
  int all = 0;
  for (const auto& worker : workers_) all += worker->befallen().*of;
  return all;
}

std::uint64_t Chaos::fenced_producers() const {
  std::uint64_t all = 0;
  for (const auto& worker : workers_) all += worker->fenced_producers();
  return all;
}

std::size_t Chaos::aborted_results() const {
  const auto lines = [&](const char* isolation) {
    const std::string all = kcat_reads(options_, "results", "%o\n", isolation);
    return static_cast<std::size_t>(std::count(all.begin(), all.end(), '\n'));
  };
  return lines("read_uncommitted") - lines("read_committed");
}

}  // namespace otmetka::chaos
