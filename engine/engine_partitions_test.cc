// A worker among others: partitions that come and go, and that are paused.
#include "engine/shared_engine_test_support.h"

namespace otmetka::engine {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST_F(SharedEngineTest, WhatIsBeingGradedWhenItsPartitionGoesIsCommittedFirst) {
  start({1, 2});
  for (int i = 0; i < 100; ++i) source_->add(1, submission(std::to_string(i), "x", "slow"));
  wait_until([&] { return gate_.reached == 1 && engine_->load().answers.waiting > 0; });
  std::size_t committed = 0;
  source_->in_poll([&](queue::PartitionListener& listener) {
    std::thread other([&] {
      wait_until([&] { return engine_->load().answers.waiting == 0; });  // it has begun to leave
      gate_.release();
    });
    listener.revoking(Partitions{1}, seconds(60));
    committed = sink_.results_of(1);
    other.join();
  });
  EXPECT_GT(committed, 0u);
  EXPECT_EQ(committed, static_cast<std::size_t>(gate_.reached));
  EXPECT_TRUE(stop());
}

TEST_F(SharedEngineTest, ADrainEndsWhenItsTimeIsOverAndWhatIsFinishedLaterIsLeftOut) {
  start({1, 2});
  source_->add(1, submission("1", "x", "slow"));
  wait_until([&] { return gate_.reached == 1; });
  source_->revoke({1}, milliseconds(30));
  EXPECT_EQ(engine_->load().held.records, 0u);
  gate_.release();
  source_->add(2, submission("2", "Москва"));
  wait_until([&] { return sink_.results_of(2) == 1; });
  EXPECT_TRUE(stop());
  EXPECT_EQ(sink_.results_of(1), 0u);
}

TEST_F(SharedEngineTest, WhatWasNotBegunIsNotDrainedButLeft) {
  start({1, 2});
  for (int i = 0; i < 1'000; ++i) source_->add(1, submission(std::to_string(i), "x", "slow"));
  wait_until([&] { return gate_.reached > 0 && engine_->load().held.records == 1'000; });
  source_->in_poll([&](queue::PartitionListener& listener) {
    std::thread other([&] {
      wait_until([&] { return engine_->load().answers.waiting == 0; });
      gate_.release();
    });
    listener.revoking(Partitions{1}, seconds(60));
    other.join();
  });
  EXPECT_LE(gate_.reached, static_cast<int>(kSlicesBegun * kLaneGrain));
  EXPECT_EQ(sink_.results_of(1), static_cast<std::size_t>(gate_.reached));
  EXPECT_EQ(engine_->load().answers.waiting, 0u);
  EXPECT_TRUE(stop());
}

TEST_F(SharedEngineTest, APartitionThatIsLostGivesBackItsRoomAtOnce) {
  options_.bounds.records = 2;
  start({1, 2});
  source_->add(1, submission("1", "x", "slow"));
  source_->add(1, submission("2", "x", "slow"));
  wait_until([&] { return engine_->load().held.records == 2; });
  source_->add(2, submission("3", "Москва"));
  source_->lose({1});
  gate_.release();
  wait_until([&] { return sink_.results_of(2) == 1; });
  EXPECT_TRUE(stop());
  EXPECT_EQ(sink_.results_of(1), 0u);
}

TEST_F(SharedEngineTest, WorksThatWaitForAnotherTryGoWithTheirPartition) {
  options_.spec_patience = std::chrono::hours(1);
  start({1, 2});
  source_->add(1, submission("1", "x", "unknown"));
  source_->add(2, submission("2", "x", "unknown"));
  wait_until([&] { return engine_->load().for_spec == 2; });
  source_->revoke({1}, seconds(60));
  EXPECT_EQ(engine_->load().for_spec, 1u);
  EXPECT_EQ(engine_->load().held.records, 1u);
  EXPECT_TRUE(stop());
}

TEST_F(SharedEngineTest, APartitionThatComesBackIsGradedAnew) {
  start({1});
  source_->add(1, submission("1", "x", "slow"));
  wait_until([&] { return gate_.reached == 1; });
  source_->revoke({1}, milliseconds(1));
  source_->in_poll([](queue::PartitionListener& listener) {
    listener.assigned(std::vector<queue::PartitionProgress>{{.partition = 1, .next = 0, .metadata = "", .epoch = 1}});
  });
  source_->add(1, submission("1", "x", "slow"));
  wait_until([&] { return engine_->load().held.records == 1; });
  gate_.release();
  wait_until([&] { return sink_.results_of(1) == 1; });
  EXPECT_TRUE(stop());
  ASSERT_EQ(sink_.results_of(1), 1u) << "the earlier one came too late";
  EXPECT_EQ(sink_.results()[0].source.epoch, 1u);
}

TEST_F(SharedEngineTest, PollsGoOnWhileCommitsFailAndThereIsNoRoom) {
  options_.bounds.records = 1;
  options_.patience = std::chrono::hours(1);
  sink_.failing = true;
  start({1, 2});
  source_->add(1, submission("1", "Москва"));
  wait_until([&] { return sink_.tries > 0; });
  const std::size_t polls = source_->polls();
  wait_until([&] { return source_->polls() > polls + 1; });
  source_->revoke({1}, milliseconds(20));
  EXPECT_EQ(engine_->load().held.records, 0u);
  sink_.failing = false;
  source_->add(2, submission("2", "Москва"));
  wait_until([&] { return sink_.results_of(2) == 1; });
  EXPECT_TRUE(stop());
}

TEST_F(SharedEngineTest, TheWorkersPlaceIsMindedUntilTheLastCommit) {
  options_.patience = std::chrono::hours(1);
  start({1});
  source_->add(1, submission("1", "x", "slow"));
  wait_until([&] { return gate_.reached == 1; });
  sink_.failing = true;
  engine_->stop();
  gate_.release();
  wait_until([&] { return sink_.tries > 0; });
  source_->in_poll([&](queue::PartitionListener&) { sink_.failing = false; });  // the group wants a poll before it takes a commit
  EXPECT_TRUE(stop());
  EXPECT_EQ(sink_.results_of(1), 1u);
}

TEST_F(SharedEngineTest, WithoutRoomForLongAllIsPausedAndTakenUpAgainFarBelowTheBound) {
  options_.bounds.records = 10;
  options_.patience = std::chrono::hours(1);
  sink_.failing = true;
  start({1, 2});
  for (int i = 0; i < 30; ++i) source_->add(1 + i % 2, submission(std::to_string(i), "Москва"));
  wait_until([&] { return source_->paused() == std::set<std::int32_t>{1, 2}; });
  EXPECT_EQ(engine_->load().held.records, 10u);
  EXPECT_EQ(engine_->load().paused, 2u);
  sink_.failing = false;
  wait_until([&] { return sink_.results().size() == 30; });
  wait_until([&] { return source_->paused().empty(); });
  EXPECT_EQ(source_->resumed_unpaused(), 0u);
  EXPECT_TRUE(stop());
}

TEST_F(SharedEngineTest, APartitionWhoseProgressGrowsTooLargeIsPausedAndTheOthersGoOn) {
  options_.metadata_bytes = 100;
  options_.spec_patience = std::chrono::hours(1);
  std::atomic<bool> there{false};
  options_.look_for_specs = [&](bool) { return there.load(); };
  start({1, 2});
  for (int i = 0; i < 100; ++i) {
    source_->add(1, submission("w" + std::to_string(i), "x", "later"));
    source_->add(1, submission("q" + std::to_string(i), "Москва"));
  }
  wait_until([&] { return source_->paused() == std::set<std::int32_t>{1}; });
  source_->add(2, submission("2", "Москва"));
  wait_until([&] { return sink_.results_of(2) == 1; });
  specs_.put(check_spec_text("grade: v1\nid: later\nitems:\n- {id: c, text: x}\n", "l.yaml", "", Depth::kCompile).spec, true);
  there = true;
  wait_until([&] { return sink_.results_of(1) == 200; });
  wait_until([&] { return source_->paused().empty(); });
  EXPECT_EQ(source_->resumed_unpaused(), 0u);
  EXPECT_TRUE(stop());
}

class ProgramsTest : public SharedEngineTest {
 protected:
  void SetUp() override {
    if (!programs_.workshop()) GTEST_SKIP() << programs_.workshop().failure().code() << ": no sandbox here";
    auto runs = check_spec_text("grade: v1\nid: runs\nitems:\n- {id: c, text: x}\n", "r.yaml", "", Depth::kCompile).spec;
    std::const_pointer_cast<CompiledSpec>(runs)->runs_programs = true;
    std::const_pointer_cast<CompiledSpec>(runs)->items[0].checker = std::make_unique<Gated>(gate_);
    specs_.put(runs, true);
    options_.programs = &programs_;
    options_.program_threads = 1;
  }

  Programs programs_{{}};
};

TEST_F(ProgramsTest, AnAnswerIsCommittedAtOnceWhateverTheLaneOfProgramsHasToDo) {
  options_.commit.interval = std::chrono::hours(1);
  start({1});
  for (int i = 0; i < 3; ++i) source_->add(1, submission(std::to_string(i), "x", "runs"));
  wait_until([&] { return gate_.reached == 1 && engine_->load().programs.waiting == 2; });
  source_->add(1, submission("a", "Москва"));
  wait_until([&] { return sink_.results_of(1) == 1; });
  gate_.release();
  wait_until([&] { return sink_.results_of(1) == 4; });
  EXPECT_TRUE(stop());
}

TEST_F(ProgramsTest, AFullLaneOfProgramsPausesThePartitionsThatWantItAndNoOthers) {
  start({1, 2});
  for (int i = 0; i < 3; ++i) source_->add(1, submission(std::to_string(i), "x", "runs"));
  source_->add(2, submission("a", "Москва"));
  wait_until([&] { return sink_.results_of(2) == 1 && engine_->load().programs.waiting == 2; });
  EXPECT_TRUE(source_->paused().empty()) << "half of what may wait";
  for (int i = 3; i < 6; ++i) source_->add(1, submission(std::to_string(i), "x", "runs"));
  wait_until([&] { return source_->paused() == std::set<std::int32_t>{1}; });
  source_->add(2, submission("b", "Москва"));
  wait_until([&] { return sink_.results_of(2) == 2; });
  gate_.release();
  wait_until([&] { return sink_.results_of(1) == 6; });
  wait_until([&] { return source_->paused().empty(); });
  EXPECT_TRUE(stop());
}

constexpr std::int32_t kBatch = static_cast<std::int32_t>(queue::Lane::kBatch) * queue::kLaneStride;

TEST_F(SharedEngineTest, WhatCanWaitTakesAQuarterOfTheRoomAtMost) {
  options_.bounds.records = 100;
  start({1, kBatch});
  for (int i = 0; i < 20; ++i) source_->add(kBatch, submission(std::to_string(i), "x", "slow"));
  wait_until([&] { return source_->paused() == std::set<std::int32_t>{kBatch}; });
  source_->add(1, submission("i", "Москва"));
  wait_until([&] { return engine_->load().held.records == 21; });
  gate_.release();
  wait_until([&] { return sink_.results_of(1) == 1 && sink_.results_of(kBatch) == 20; });
  wait_until([&] { return source_->paused().empty(); });
  EXPECT_TRUE(stop());
}

TEST_F(SharedEngineTest, ASuspectIsGradedWhenAllElseIsCommittedAndNothingElseBesideIt) {
  options_.workers = 4;
  start({1});
  source_->add(1, submission("1", "x", "slow"));
  wait_until([&] { return gate_.reached == 1; });
  source_->add(1, submission("2", "Москва"), {.forwarded = true, .suspected = 1});
  source_->add(1, submission("3", "Москва"));
  wait_until([&] { return engine_->load().held.records >= 2; });
  const std::size_t polls = source_->polls();
  wait_until([&] { return source_->polls() > polls + 3; });
  EXPECT_TRUE(sink_.results().empty());
  gate_.release();
  wait_until([&] { return sink_.results().size() == 3; });
  EXPECT_TRUE(stop());
  EXPECT_EQ(sink_.results()[0].source.offset, 0);
  EXPECT_EQ(sink_.results()[1].source.offset, 1);
}

TEST_F(SharedEngineTest, ASuspectOfTwoWorkersIsParkedAndOneOfThreeIsNotEvenRead) {
  start({1});
  source_->add(1, submission("2", "Москва"), {.forwarded = true, .suspected = 2});
  source_->add(1, submission("3", "Москва"), {.forwarded = true, .suspected = 3});
  wait_until([&] { return sink_.letters().size() == 2; });
  EXPECT_TRUE(stop());
  EXPECT_EQ(sink_.results().size(), 1u);
  EXPECT_EQ(sink_.letters()[0].submission_id, "2");
  EXPECT_EQ(sink_.letters()[1].submission_id, "");
}

}  // namespace
}  // namespace otmetka::engine
