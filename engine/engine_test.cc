#include "engine/engine.h"

#include <gtest/gtest.h>

#include <limits>
#include <thread>

#include "engine/gradebook_feed.h"
#include "engine/spec_check.h"
#include "gradebook/sqlite/sqlite_store.h"
#include "queue/codec.h"
#include "queue/embedded/embedded_queue.h"
#include "tests/contract/test_folder.h"

namespace otmetka::engine {
namespace {

using std::chrono::milliseconds;

std::shared_ptr<const CompiledSpec> capital_spec(const std::string& answer = "Москва") {
  CheckedSpec checked =
      check_spec_text("grade: v1\nid: capital\nitems:\n- {id: c, text: " + answer + "}\n- {id: n, numeric: 9.8}\n", "capital.yaml", "", Depth::kCompile);
  return checked.spec;
}

queue::Outgoing submission(const std::string& id, const std::string& answer, const std::string& spec = "capital") {
  Submission work;
  work.submission = SubmissionId(id);
  work.assignment = AssignmentId(spec);
  work.spec = SpecId(spec);
  work.learner = LearnerId("p-" + id);
  work.responses.push_back({PartId("c"), TextAnswer{answer}});
  return {.key = id, .payload = queue::encode_submission(work), .encoding = queue::Encoding::kProtobuf};
}

// A queue and a gradebook in a folder of their own, and a worker over them.
class EngineTest : public testing::Test {
 protected:
  void SetUp() override {
    auto queue = queue::EmbeddedQueue::open({.folder = folder_ / "queue"}, queue::EmbeddedRole::kServe);
    ASSERT_TRUE(queue) << queue.failure().code();
    queue_ = std::move(*queue);
    auto store = gradebook::SqliteStore::open({.file = folder_ / "book.db", .queue_id = queue_->id()});
    ASSERT_TRUE(store) << store.failure().code();
    store_ = std::move(*store);
    options_.until_empty = true;
    options_.workers = 2;
    options_.retry = {.tries = 3, .base = milliseconds(1), .longest = milliseconds(5)};
  }

  void use(const std::shared_ptr<const CompiledSpec>& spec) {
    ASSERT_NE(spec, nullptr);
    ASSERT_TRUE(store_->put_spec({spec->sha256, spec->message.id(), spec->bytes}));
    specs_.put(spec, true);
  }

  void publish(const std::vector<queue::Outgoing>& batch) { ASSERT_TRUE(queue_->publisher().publish(batch)); }

  Status run() {
    Engine engine(queue_->source(), queue_->sink(), specs_, options_);
    Status done = engine.run();
    GradebookFeed feed(queue_->results(), *store_, {});
    feed.stop();
    const Status fed = feed.run();
    return done.ok() ? fed : done;
  }

  std::vector<gradebook::Standing> standings() {
    std::vector<gradebook::Standing> out;
    EXPECT_TRUE(store_->visit({}, [&](const gradebook::Standing& standing) {
      out.push_back(standing);
      return true;
    }));
    return out;
  }

  std::vector<queue::DeadLetter> letters() { return *queue_->dead_letters().list(0, 1'000); }

  TestFolder folder_;
  std::unique_ptr<queue::EmbeddedQueue> queue_;
  std::unique_ptr<gradebook::Store> store_;
  SpecCache specs_;
  EngineOptions options_;
};

TEST_F(EngineTest, AnEventInIsAnExactScoreInTheGradebook) {
  use(capital_spec());
  publish({submission("1", "москва"), submission("2", "Киев")});
  ASSERT_TRUE(run());
  const auto rows = standings();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].mark.rounded, Ratio(1));
  EXPECT_EQ(rows[0].attempts[0].maximum, Ratio(2));
  EXPECT_EQ(rows[1].mark.rounded, Ratio(0));
  EXPECT_EQ(rows[1].attempts[0].parts[1].status, Verdict::kNotAttempted);
  EXPECT_TRUE(letters().empty());
}

TEST_F(EngineTest, ThousandsComeThroughEachOnce) {
  use(capital_spec());
  std::vector<queue::Outgoing> batch;
  for (int i = 0; i < 7'000; ++i) batch.push_back(submission(std::to_string(i), i % 3 == 0 ? "Москва" : "Киев"));
  publish(batch);
  ASSERT_TRUE(run());
  const auto rows = standings();
  ASSERT_EQ(rows.size(), 7'000u);
  std::size_t right = 0;
  for (const auto& row : rows) right += row.mark.rounded == Ratio(1) ? 1 : 0;
  EXPECT_EQ(right, 2'334u);
}

TEST_F(EngineTest, UndecodableBytesAreOneDeadLetterAndNoResult) {
  use(capital_spec());
  publish({{.key = "x", .payload = "{\"responses\":", .encoding = queue::Encoding::kJson}, submission("1", "Москва")});
  ASSERT_TRUE(run());
  EXPECT_EQ(standings().size(), 1u);
  const auto parked = letters();
  ASSERT_EQ(parked.size(), 1u);
  EXPECT_EQ(queue_->dead_letters().show(parked[0].id)->record.payload, "{\"responses\":");
  EXPECT_TRUE(parked[0].reason.id.starts_with("OT3"));
}

TEST_F(EngineTest, AnUnknownSpecIsTriedAgainThenParkedWithAFailedResult) {
  publish({submission("1", "Москва", "nowhere")});
  ASSERT_TRUE(run());
  const auto parked = letters();
  ASSERT_EQ(parked.size(), 1u);
  EXPECT_EQ(parked[0].reason.id, "OT380");
  EXPECT_EQ(parked[0].attempts, 3);
  const auto rows = standings();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].attempts[0].progress, Progress::kFailed);
}

TEST_F(EngineTest, AReplayedDeadLetterIsGradedAndTakesThePlaceOfItsFailure) {
  publish({submission("1", "Москва")});
  ASSERT_TRUE(run());
  ASSERT_EQ(standings()[0].attempts[0].progress, Progress::kFailed);
  use(capital_spec());
  ASSERT_TRUE(queue_->dead_letters().replay(letters()[0].id));
  ASSERT_TRUE(run());
  EXPECT_TRUE(letters().empty());
  ASSERT_EQ(standings().size(), 1u);
  EXPECT_EQ(standings()[0].attempts[0].progress, Progress::kFinal);
  EXPECT_EQ(standings()[0].mark.rounded, Ratio(1));
}

TEST_F(EngineTest, ASpecThatComesWhileWorkWaitsIsUsed) {
  options_.retry = {.tries = 50, .base = milliseconds(20), .longest = milliseconds(50)};
  const auto spec = capital_spec();
  int ticks = 0;
  options_.tick = [&] {
    if (++ticks == 3) use(spec);
  };
  publish({submission("1", "Москва")});
  ASSERT_TRUE(run());
  EXPECT_TRUE(letters().empty());
  EXPECT_EQ(standings()[0].mark.rounded, Ratio(1));
}

TEST_F(EngineTest, TheSamePublishedTwiceIsOneRow) {
  use(capital_spec());
  publish({submission("1", "Москва"), submission("1", "Москва")});
  ASSERT_TRUE(run());
  ASSERT_EQ(standings().size(), 1u);
  EXPECT_EQ(*store_->conflicts(), 0);
}

TEST_F(EngineTest, AnAnswerToAnUnknownItemIsNamedAndTheRestGraded) {
  use(capital_spec());
  Submission work;
  work.submission = SubmissionId("1");
  work.assignment = AssignmentId("capital");
  work.spec = SpecId("capital");
  work.learner = LearnerId("p");
  work.responses = {{PartId("nosuch"), TextAnswer{"x"}}, {PartId("c"), TextAnswer{"Москва"}}, {PartId("c"), TextAnswer{"Киев"}}};
  publish({{.key = "k", .payload = queue::encode_submission(work), .encoding = queue::Encoding::kProtobuf}});
  ASSERT_TRUE(run());
  const ScoredResult result = standings()[0].attempts[0];
  ASSERT_EQ(result.notices.size(), 2u);
  EXPECT_EQ(result.notices[0].id, "OT383");
  EXPECT_EQ(result.notices[1].id, "OT384");
  EXPECT_EQ(result.raw, Ratio(1)) << "of two answers the first counts";
}

// A kind that takes as long as the test likes.
class Waiting final : public checkers::Checker {
 public:
  struct Gate {
    std::atomic<bool> reached{false};
    std::atomic<bool> open{false};
  };
  explicit Waiting(Gate& gate) : gate_(gate) {}
  checkers::Outcome check(const Answer&, const checkers::CheckContext&) const override {
    gate_.reached = true;
    gate_.open.wait(false);
    return {};
  }

 private:
  Gate& gate_;
};

TEST_F(EngineTest, StopFinishesWhatIsBeingGradedAndLeavesTheRestToTheNextRun) {
  constexpr int kCount = 1'500;  // one poll
  Waiting::Gate gate;
  const auto spec = capital_spec();
  std::const_pointer_cast<CompiledSpec>(spec)->items[0].checker = std::make_unique<Waiting>(gate);
  use(spec);
  std::vector<queue::Outgoing> batch;
  for (int i = 0; i < kCount; ++i) batch.push_back(submission(std::to_string(i), "Москва"));
  publish(batch);
  options_.until_empty = false;
  {
    Engine engine(queue_->source(), queue_->sink(), specs_, options_);
    std::thread worker([&] { EXPECT_TRUE(engine.run()); });
    while (!gate.reached) std::this_thread::yield();
    engine.stop();
    gate.open = true;
    gate.open.notify_all();
    worker.join();
    EXPECT_EQ(engine.counters().taken, static_cast<std::uint64_t>(kCount));
    EXPECT_GT(engine.counters().graded, 0u);
    EXPECT_LE(engine.counters().graded, kSlicesBegun * kLaneGrain * 2);
    EXPECT_EQ(queue_->results().range()->next - 1, static_cast<std::int64_t>(engine.counters().graded)) << "all of it committed";
  }
  queue_.reset();
  queue_ = std::move(*queue::EmbeddedQueue::open({.folder = folder_ / "queue"}, queue::EmbeddedRole::kServe));
  options_.until_empty = true;
  ASSERT_TRUE(run());
  EXPECT_EQ(standings().size(), static_cast<std::size_t>(kCount));
  EXPECT_EQ(queue_->results().range()->next - 1, kCount) << "each graded once";
}

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

// A kind whose library throws.
class Throwing final : public checkers::Checker {
 public:
  checkers::Outcome check(const Answer&, const checkers::CheckContext&) const override {
    checkers::Outcome outcome;
    outcome.rule_id = std::string().substr(1);
    return outcome;
  }
};

TEST_F(EngineTest, WhatALibraryThrowsParksTheWorkAndTheRestIsGraded) {
  use(capital_spec());
  auto broken = check_spec_text("grade: v1\nid: broken\nitems:\n- {id: c, text: x}\n", "b.yaml", "", Depth::kCompile).spec;
  std::const_pointer_cast<CompiledSpec>(broken)->items[0].checker = std::make_unique<Throwing>();
  use(broken);
  publish({submission("1", "Москва"), submission("2", "x", "broken")});
  ASSERT_TRUE(run());
  ASSERT_EQ(letters().size(), 1u);
  EXPECT_EQ(letters()[0].reason.id, "OT590");
  EXPECT_EQ(letters()[0].attempts, 3);
  const auto rows = standings();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].attempts[0].progress, Progress::kFailed);
  EXPECT_EQ(rows[1].mark.rounded, Ratio(1));
}

TEST_F(EngineTest, AnEventPinnedToAnEarlierSpecIsGradedByItAfterARestart) {
  const auto earlier = capital_spec("Киев");
  use(earlier);
  SpecCache after_restart(1'000, [this](const std::string& sha256) -> std::optional<std::string> {
    const auto row = store_->spec(sha256);
    return row && *row ? std::optional((*row)->bytes) : std::nullopt;
  });
  after_restart.put(capital_spec("Москва"), true);
  Submission work;
  work.submission = SubmissionId("1");
  work.assignment = AssignmentId("capital");
  work.spec = SpecId("capital");
  work.spec_sha256 = earlier->sha256;
  work.learner = LearnerId("p");
  work.responses = {{PartId("c"), TextAnswer{"Киев"}}};
  publish({{.key = "k", .payload = queue::encode_submission(work), .encoding = queue::Encoding::kProtobuf}});
  Engine engine(queue_->source(), queue_->sink(), after_restart, options_);
  ASSERT_TRUE(engine.run());
  ASSERT_TRUE(run());
  EXPECT_TRUE(letters().empty());
  EXPECT_EQ(standings()[0].mark.rounded, Ratio(1));
}

TEST_F(EngineTest, AStoppedEngineLeavesWaitingRetriesToTheNextOne) {
  options_.until_empty = false;
  options_.retry = {.tries = 10, .base = milliseconds(600'000), .longest = milliseconds(600'000)};
  publish({submission("1", "Москва", "later")});
  {
    Engine engine(queue_->source(), queue_->sink(), specs_, options_);
    std::thread worker([&] { EXPECT_TRUE(engine.run()); });
    while (engine.counters().retried == 0) std::this_thread::yield();
    engine.stop();
    worker.join();
  }
  EXPECT_TRUE(letters().empty());
  queue_.reset();
  auto again = queue::EmbeddedQueue::open({.folder = folder_ / "queue"}, queue::EmbeddedRole::kServe);
  ASSERT_TRUE(again);
  queue_ = std::move(*again);
  options_.until_empty = true;
  options_.retry = {.tries = 1, .base = milliseconds(1), .longest = milliseconds(1)};
  ASSERT_TRUE(run());
  EXPECT_EQ(letters().size(), 1u) << "polled again after the restart, then parked";
}

}  // namespace
}  // namespace otmetka::engine
