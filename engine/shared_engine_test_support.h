// A worker on a shared queue that runs while the test plays the other workers, and works that take as long as it likes.
#pragma once

#include <thread>

#include "engine/engine_test_support.h"
#include "engine/shared_queue_test_support.h"
#include "tests/support/wait_until.h"

namespace otmetka::engine {

// Keeps what is committed; fails, as if brokers did not answer, while it is told to.
class KeepingSink final : public queue::ResultSink {
 public:
  Status commit(const queue::Commit& commit) override {
    ++tries;
    if (failing) return retryable_error("OT442", {std::string("t"), std::string("t")});
    const std::lock_guard lock(mutex_);
    for (const auto& one : commit.results) results_.push_back(one);
    for (const auto& one : commit.dead_letters) letters_.push_back(one);
    for (const auto& one : commit.forwarded) forwarded_.push_back(one);
    return ok_status();
  }
  std::vector<queue::ResultRecord> results() const { return copy(results_); }
  std::vector<queue::DeadLetter> letters() const { return copy(letters_); }
  std::vector<queue::Forwarded> forwarded() const { return copy(forwarded_); }
  std::size_t results_of(std::int32_t partition) const {
    const auto all = results();
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [&](const auto& one) { return one.source.partition == partition; }));
  }

  std::atomic<bool> failing{false};
  std::atomic<std::size_t> tries{0};

 private:
  template <class T>
  std::vector<T> copy(const std::vector<T>& of) const {
    const std::lock_guard lock(mutex_);
    return of;
  }
  mutable std::mutex mutex_;
  std::vector<queue::ResultRecord> results_;
  std::vector<queue::DeadLetter> letters_;
  std::vector<queue::Forwarded> forwarded_;
};

// A kind that takes as long as the test likes: until the gate is open.
class Gated final : public checkers::Checker {
 public:
  struct Gate {
    std::atomic<int> reached{0};
    std::atomic<bool> open{false};
    void release() {
      open = true;
      open.notify_all();
    }
  };
  explicit Gated(Gate& gate) : gate_(gate) {}
  checkers::Outcome check(const Answer&, const checkers::CheckContext&) const override {
    ++gate_.reached;
    gate_.open.wait(false);
    return {};
  }

 private:
  Gate& gate_;
};

// A worker that runs while the test plays the others.
class SharedEngineTest : public testing::Test {
 protected:
  SharedEngineTest() {
    specs_.put(capital_spec(), true);
    auto slow = check_spec_text("grade: v1\nid: slow\nitems:\n- {id: c, text: x}\n", "s.yaml", "", Depth::kCompile).spec;
    std::const_pointer_cast<CompiledSpec>(slow)->items[0].checker = std::make_unique<Gated>(gate_);
    specs_.put(slow, true);
    options_.workers = 1;
    options_.retry = {.tries = 2, .base = std::chrono::milliseconds(1), .longest = std::chrono::milliseconds(1)};
  }
  ~SharedEngineTest() override { static_cast<void>(stop()); }

  void start(Partitions partitions) {
    source_ = std::make_unique<SharedSource>(std::move(partitions));
    engine_ = std::make_unique<Engine>(*source_, sink_, specs_, options_);
    thread_ = std::thread([this] { ran_ = engine_->run(); });
  }
  Status stop() {
    gate_.release();
    if (thread_.joinable()) {
      engine_->stop();
      thread_.join();
    }
    return ran_;
  }

  Gated::Gate gate_;
  SpecCache specs_;
  EngineOptions options_;
  KeepingSink sink_;
  std::unique_ptr<SharedSource> source_;
  std::unique_ptr<Engine> engine_;
  std::thread thread_;
  Status ran_ = ok_status();
};

}  // namespace otmetka::engine
