// What a worker counts, held against what it has done.
#include "engine/engine_metrics.h"

#include <cmath>
#include <future>
#include <thread>

#include "engine/engine_test_support.h"
#include "engine/grade_submission.h"
#include "tests/support/prometheus_text.h"

namespace otmetka::engine {
namespace {

using namespace std::chrono_literals;

class EngineMetricsTest : public EngineTest {
 protected:
  PrometheusPage page() const {
    PrometheusPage out = PrometheusReader::read(metrics.text());
    EXPECT_TRUE(out.problems.empty()) << out.problems.front();
    return out;
  }

  Metrics metrics;
  EngineMetrics counts{metrics};
};

TEST_F(EngineMetricsTest, EverySubmissionIsCountedOnceOnItsWay) {
  use(capital_spec());
  options_.metrics = &counts;
  publish({submission("1", "москва"), submission("2", "Киев"), submission("3", "Москва", "no-such-spec"),
           {.key = "x", .payload = "{", .encoding = queue::Encoding::kJson}});
  Engine engine(queue_->source(), queue_->sink(), specs_, options_);
  GradebookFeed feed(queue_->results(), *store_, {});
  add_readings(metrics, engine);
  add_readings(metrics, {&feed});
  ASSERT_TRUE(engine.run());
  feed.stop();
  ASSERT_TRUE(feed.run());
  const PrometheusPage seen = page();
  EXPECT_EQ(seen.at("otmetka_submissions_taken_total"), 4);
  EXPECT_EQ(seen.at("otmetka_submissions_graded_total"), 2);
  EXPECT_EQ(seen.at("otmetka_queue_wait_seconds_count"), 4);
  EXPECT_EQ(seen.at("otmetka_parts_total{status=\"GRADED\"}"), 2);
  EXPECT_EQ(seen.at("otmetka_parts_total{status=\"NOT_ATTEMPTED\"}"), 2);
  EXPECT_EQ(seen.at("otmetka_parts_total{status=\"TIME_LIMIT\"}"), 0);
  EXPECT_EQ(seen.at("otmetka_dead_letters_total{code=\"OT380\"}"), 1) << "after waiting for its spec";
  const double tries = seen.at("otmetka_submissions_retried_total{code=\"OT380\"}");
  EXPECT_EQ(tries, static_cast<double>(engine.counters().retried));
  EXPECT_GE(tries, 1);
  EXPECT_EQ(seen.at("otmetka_grading_seconds_count{lane=\"answers\"}"), 4 + tries);
  EXPECT_EQ(seen.at("otmetka_grading_seconds_count{lane=\"programs\"}"), 0);
  EXPECT_EQ(seen.at("otmetka_commit_wait_seconds_count"), 4);
  EXPECT_EQ(seen.at("otmetka_end_to_end_seconds_count{lane=\"answers\"}"), 4);
  EXPECT_GT(seen.at("otmetka_end_to_end_seconds_sum{lane=\"answers\"}"), seen.at("otmetka_commit_wait_seconds_sum"));
  EXPECT_EQ(seen.at("otmetka_commits_total"), static_cast<double>(engine.counters().commits));
  EXPECT_EQ(seen.at("otmetka_results_applied_total"), 3) << "undecodable bytes have no result";
  EXPECT_EQ(seen.at("otmetka_results_conflicts_total"), 0);
  for (const char* held : {"otmetka_in_flight_works", "otmetka_in_flight_bytes", "otmetka_in_flight_result_bytes", "otmetka_lag_seconds",
                           "otmetka_lane_waiting_works{lane=\"answers\"}", "otmetka_waiting_works{for=\"spec\"}"}) {
    EXPECT_EQ(seen.at(held), 0) << held;
  }
}

// A sink whose one commit takes as long as the test likes.
class HeldSink final : public queue::ResultSink {
 public:
  explicit HeldSink(queue::ResultSink& real) : real_(real) {}
  Status commit(const queue::Commit& commit) override {
    reached.set_value();
    release.get_future().wait();
    return real_.commit(commit);
  }
  std::promise<void> reached;
  std::promise<void> release;

 private:
  queue::ResultSink& real_;
};

TEST_F(EngineMetricsTest, AWorkThatIsNotCommittedIsHeldAndAges) {
  use(capital_spec());
  options_.metrics = &counts;
  publish({submission("1", "Москва")});
  HeldSink sink(queue_->sink());
  Engine engine(queue_->source(), sink, specs_, options_);
  add_readings(metrics, engine);
  std::thread worker([&] { EXPECT_TRUE(engine.run()); });
  sink.reached.get_future().wait();
  const PrometheusPage held = page();
  EXPECT_EQ(held.at("otmetka_in_flight_works"), 1);
  EXPECT_GT(held.at("otmetka_in_flight_bytes"), 0);
  EXPECT_GT(held.at("otmetka_in_flight_result_bytes"), 0);
  EXPECT_GT(held.at("otmetka_lag_seconds"), 0);
  EXPECT_GE(held.at("otmetka_lag_works"), 1);
  EXPECT_EQ(held.at("otmetka_lane_slots{lane=\"answers\"}"), 2);
  EXPECT_GT(engine.committing().silence(Heartbeat::Clock::now() + 60s), 50s) << "a commit that hangs is told";
  sink.release.set_value();
  worker.join();
  EXPECT_EQ(page().at("otmetka_in_flight_works"), 0);
  EXPECT_EQ(page().at("otmetka_lag_seconds"), 0);
  EXPECT_EQ(engine.committing().silence(Heartbeat::Clock::now() + 60s), 0s);
  EXPECT_EQ(engine.polling().silence(Heartbeat::Clock::now() + 60s), 0s) << "one that has left hangs no more";
}

// A queue whose poll does not come back for a while, and that cannot tell what waits in it.
class StuckSource final : public queue::SubmissionSource {
 public:
  Result<std::vector<queue::PartitionProgress>> committed() override { return std::vector<queue::PartitionProgress>{}; }
  Result<std::vector<queue::Record>> poll(std::size_t, std::size_t, std::chrono::milliseconds) override {
    reached.set_value();
    release.get_future().wait();
    return std::vector<queue::Record>{};
  }
  Result<bool> at_end() override { return true; }
  void wake() override {}
  std::promise<void> reached;
  std::promise<void> release;
};

TEST_F(EngineMetricsTest, APollThatHangsIsSeenAndAQueueThatCannotTellItsLagSaysSo) {
  options_.metrics = &counts;
  StuckSource source;
  Engine engine(source, queue_->sink(), specs_, options_);
  add_readings(metrics, engine);
  EXPECT_EQ(engine.polling().silence(Heartbeat::Clock::now() + 60s), 0s) << "it has not begun";
  std::thread worker([&] { EXPECT_TRUE(engine.run()); });
  source.reached.get_future().wait();
  EXPECT_GT(engine.polling().silence(Heartbeat::Clock::now() + 60s), 50s);
  EXPECT_TRUE(std::isnan(page().at("otmetka_lag_works")));
  source.release.set_value();
  worker.join();
}

TEST_F(EngineMetricsTest, TheProcessAndTheBuildAreTold) {
  add_process_readings(metrics);
  const PrometheusPage seen = page();
  EXPECT_GT(seen.at("otmetka_process_cpu_seconds_total"), 0);
  EXPECT_GT(seen.at("otmetka_process_resident_bytes"), 1 << 20);
  EXPECT_GT(seen.at("otmetka_process_start_time_seconds"), 1.7e9);
  EXPECT_EQ(seen.at("otmetka_build_info{version=\"" + std::string(kEngineVersion) + "\"}"), 1);
}

}  // namespace
}  // namespace otmetka::engine
