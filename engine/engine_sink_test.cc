// The worker and a sink that fails, stalls, or takes much.
#include "engine/engine.h"

#include <algorithm>
#include <limits>
#include <thread>

#include "engine/engine_test_support.h"

namespace otmetka::engine {
namespace {

using std::chrono::milliseconds;

// A sink before the queue's own that fails as told.
class FailingSink final : public queue::ResultSink {
 public:
  FailingSink(queue::ResultSink& real, int failures, bool retryable) : real_(real), failures_(failures), retryable_(retryable) {}
  Status commit(const queue::Commit& commit) override {
    if (asked++ >= failures_) return real_.commit(commit);
    return Error{{"OT404", {std::string("queue.db")}}, retryable_};
  }
  std::atomic<int> asked{0};

 private:
  queue::ResultSink& real_;
  int failures_;
  bool retryable_;
};

constexpr int kForEver = std::numeric_limits<int>::max();

TEST_F(EngineTest, ASinkThatFailsForAWhileIsTriedAgainWithTheSameCommit) {
  use(capital_spec());
  publish({submission("1", "Москва")});
  FailingSink sink(queue_->sink(), 3, true);
  std::vector<std::string> told;
  options_.on_event = [&](const Event& event) { told.push_back(event.name + " " + event.code); };
  Engine engine(queue_->source(), sink, specs_, options_);
  ASSERT_TRUE(engine.run());
  EXPECT_EQ(sink.asked, 4);
  EXPECT_EQ(engine.counters().commits, 1u);
  EXPECT_EQ(queue_->results().range()->next, 2) << "one result";
  EXPECT_EQ(told, (std::vector<std::string>{"queue_failing OT404", "queue_well "}));
}


TEST_F(EngineTest, ASinkThatGoesOnFailingEndsTheWorkerWhenPatienceIsOver) {
  use(capital_spec());
  publish({submission("1", "Москва")});
  FailingSink sink(queue_->sink(), kForEver, true);
  options_.patience = milliseconds(50);
  Engine engine(queue_->source(), sink, specs_, options_);
  const Status done = engine.run();
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.failure().code(), "OT404");
  EXPECT_EQ(queue_->results().range()->next, 1);
}


TEST_F(EngineTest, ASinkThatFailsForGoodEndsTheWorkerAtOnce) {
  use(capital_spec());
  publish({submission("1", "Москва")});
  FailingSink sink(queue_->sink(), kForEver, false);
  Engine engine(queue_->source(), sink, specs_, options_);
  EXPECT_EQ(engine.run().failure().code(), "OT404");
  EXPECT_EQ(sink.asked, 1);
}


TEST_F(EngineTest, StoppedWhileTheSinkFailsItLeavesSoonAndTheWorkIsPolledAgain) {
  use(capital_spec());
  publish({submission("1", "Москва")});
  options_.until_empty = false;
  options_.patience = std::chrono::hours(1);
  {
    FailingSink sink(queue_->sink(), kForEver, true);
    Engine engine(queue_->source(), sink, specs_, options_);
    std::thread worker([&] { EXPECT_FALSE(engine.run()); });
    while (sink.asked == 0) std::this_thread::yield();
    engine.stop();
    worker.join();
  }
  ASSERT_TRUE(queue_->grade_again(0)) << "opens the source anew";
  options_.until_empty = true;
  ASSERT_TRUE(run());
  EXPECT_EQ(standings().size(), 1u);
}


TEST_F(EngineTest, ResultsManyTimesLargerThanTheirSubmissionsStayWithinTheBounds) {
  use(capital_spec());
  std::vector<queue::Outgoing> batch;
  for (int i = 0; i < 2'000; ++i) batch.push_back(submission(std::to_string(i), "Москва"));
  publish(batch);
  options_.bounds.result_bytes = 100'000;
  options_.commit.bytes = 20'000;
  // What lies between a result's making and its commit, as the sink sees it come.
  class Watching final : public queue::ResultSink {
   public:
    explicit Watching(queue::ResultSink& real) : real_(real) {}
    Status commit(const queue::Commit& commit) override {
      std::size_t bytes = 0;
      for (const auto& result : commit.results) bytes += result.payload.size();
      largest = std::max(largest, bytes);
      ++commits;
      return real_.commit(commit);
    }
    std::size_t largest = 0;
    std::size_t commits = 0;

   private:
    queue::ResultSink& real_;
  } sink(queue_->sink());
  Engine engine(queue_->source(), sink, specs_, options_);
  ASSERT_TRUE(engine.run());
  EXPECT_EQ(engine.counters().graded, 2'000u);
  EXPECT_LT(sink.largest, 30'000u);
  EXPECT_GT(sink.commits, 20u);
}


// While the sink fails, grading stops at the bound and not at what was published.
TEST_F(EngineTest, ASinkThatStallsStopsTheGradingOfMore) {
  use(capital_spec());
  std::vector<queue::Outgoing> batch;
  for (int i = 0; i < 5'000; ++i) batch.push_back(submission(std::to_string(i), "Москва"));
  publish(batch);
  options_.bounds.result_bytes = 100'000;
  options_.commit.bytes = 20'000;
  FailingSink sink(queue_->sink(), 8, true);
  std::uint64_t graded = 0;
  const Counters* counters = nullptr;
  options_.on_event = [&](const Event& event) { graded = event.name == "queue_well" ? counters->graded.load() : graded; };
  Engine engine(queue_->source(), sink, specs_, options_);
  counters = &engine.counters();
  ASSERT_TRUE(engine.run());
  EXPECT_EQ(engine.counters().graded, 5'000u);
  EXPECT_GT(graded, 0u);
  EXPECT_LT(graded, 1'000u) << "nearly a second was time enough for all of them";
}

}  // namespace
}  // namespace otmetka::engine
