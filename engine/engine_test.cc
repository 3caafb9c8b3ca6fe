#include "engine/engine.h"

#include <thread>

#include "engine/engine_test_support.h"

namespace otmetka::engine {
namespace {

using std::chrono::milliseconds;

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


TEST_F(EngineTest, AnEventThatDoesNotSayWhoseItIsIsOneDeadLetterAndNoResult) {
  use(capital_spec());
  Submission nobodys;
  nobodys.submission = SubmissionId("1");
  nobodys.assignment = AssignmentId("capital");
  publish({{.key = "", .payload = "", .encoding = queue::Encoding::kProtobuf},
           {.key = "", .payload = queue::encode_submission(nobodys), .encoding = queue::Encoding::kProtobuf}});
  ASSERT_TRUE(run());
  EXPECT_TRUE(standings().empty());
  ASSERT_EQ(letters().size(), 2u);
  for (const auto& letter : letters()) EXPECT_EQ(letter.reason.id, "OT381");
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

}  // namespace
}  // namespace otmetka::engine
