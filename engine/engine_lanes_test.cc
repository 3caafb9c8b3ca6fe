// Works that go on to another lane's topic: where they belong, after they have failed, and what a copy brings with it.
#include "engine/shared_engine_test_support.h"
#include "queue/codec.h"

namespace otmetka::engine {
namespace {

using std::chrono::milliseconds;
using queue::Lane;

constexpr std::int32_t partition_of(Lane lane) { return static_cast<std::int32_t>(lane) * queue::kLaneStride; }

class LanesTest : public SharedEngineTest {
 protected:
  LanesTest() {
    options_.forwarding.lanes = {Lane::kPrograms, Lane::kBatch, Lane::kRetry};
    options_.forwarding.delay = std::chrono::hours(1);
    auto runs = check_spec_text("grade: v1\nid: runs\nitems:\n- {id: c, text: x}\n", "r.yaml", "", Depth::kCompile).spec;
    std::const_pointer_cast<CompiledSpec>(runs)->runs_programs = true;
    specs_.put(runs, true);
    auto broken = check_spec_text("grade: v1\nid: broken\nitems:\n- {id: c, text: x}\n", "b.yaml", "", Depth::kCompile).spec;
    std::const_pointer_cast<CompiledSpec>(broken)->items[0].checker = std::make_unique<Throwing>();
    specs_.put(broken, true);
    for (const Lane lane : {Lane::kSubmissions, Lane::kPrograms, Lane::kBatch, Lane::kRetry}) partitions_.push_back(partition_of(lane));
  }

  queue::Outgoing batch(Priority priority, Reason reason) {
    Submission work = *queue::decode_submission(submission("b", "Москва").payload, queue::Encoding::kProtobuf);
    work.priority = priority;
    work.reason = reason;
    return {.key = "b", .payload = queue::encode_submission(work), .encoding = queue::Encoding::kProtobuf};
  }

  Partitions partitions_;
};

TEST_F(LanesTest, WhatBelongsElsewhereGoesThereAsItCameAndGivesNoResultHere) {
  start(partitions_);
  const auto runs = submission("1", "x", "runs");
  source_->add(0, runs);
  source_->add(0, batch(Priority::kBatch, Reason::kFirst));
  source_->add(0, batch(Priority::kInteractive, Reason::kRegrade));
  source_->add(0, submission("2", "Москва"));
  wait_until([&] { return sink_.forwarded().size() == 3 && sink_.results().size() == 1; });
  EXPECT_TRUE(stop());
  const auto forwarded = sink_.forwarded();
  EXPECT_EQ(forwarded[0].to, Lane::kPrograms);
  EXPECT_EQ(forwarded[0].record.payload, runs.payload);
  EXPECT_EQ(forwarded[0].key, "p-1/runs");
  EXPECT_EQ(forwarded[0].record.journey, (queue::Journey{.forwarded = true}));
  EXPECT_EQ(forwarded[1].to, Lane::kBatch);
  EXPECT_EQ(forwarded[2].to, Lane::kBatch);
  EXPECT_EQ(engine_->counters().graded, 1u);
  EXPECT_EQ(engine_->counters().forwarded, 3u);
  EXPECT_EQ(engine_->load().held.records, 0u);
}

TEST_F(LanesTest, ACopyIsGradedWhereItHasComeTo) {
  start(partitions_);
  source_->add(partition_of(Lane::kBatch), batch(Priority::kBatch, Reason::kFirst), {.forwarded = true});
  source_->add(partition_of(Lane::kPrograms), batch(Priority::kBatch, Reason::kFirst));
  wait_until([&] { return sink_.results().size() == 2; });
  EXPECT_TRUE(stop());
  EXPECT_TRUE(sink_.forwarded().empty());
}

TEST_F(LanesTest, WithoutLanesAllIsGradedHere) {
  options_.forwarding.lanes.clear();
  start(partitions_);
  source_->add(0, batch(Priority::kBatch, Reason::kFirst));
  wait_until([&] { return sink_.results().size() == 1; });
  EXPECT_TRUE(stop());
}

TEST_F(LanesTest, WhatWouldNotFitIntoABrokersMessageWithItsHeadersIsGradedHere) {
  start(partitions_);
  Submission work = *queue::decode_submission(batch(Priority::kBatch, Reason::kFirst).payload, queue::Encoding::kProtobuf);
  work.responses[0].answer = TextAnswer{std::string(1'000'000, 'x')};
  source_->add(0, {.key = "b", .payload = queue::encode_submission(work)});
  wait_until([&] { return sink_.results().size() == 1; });
  EXPECT_TRUE(stop());
  EXPECT_TRUE(sink_.forwarded().empty());
}

TEST_F(LanesTest, WhatFailsAgainAndAgainIsTriedLaterAndThenParkedWithAFailedResult) {
  start(partitions_);
  const Timestamp before = now();
  source_->add(0, submission("1", "x", "broken"));
  wait_until([&] { return sink_.forwarded().size() == 1; });
  const queue::Forwarded later = sink_.forwarded()[0];
  EXPECT_EQ(later.to, Lane::kRetry);
  EXPECT_EQ(later.record.journey.attempts, 2);
  EXPECT_EQ(later.record.journey.rounds, 1);
  EXPECT_GE(later.record.journey.not_before, before + std::chrono::hours(1));
  EXPECT_TRUE(sink_.results().empty());
  queue::Journey come = later.record.journey;
  come.not_before = now();
  source_->add(partition_of(Lane::kRetry), submission("1", "x", "broken"), come);
  wait_until([&] { return sink_.letters().size() == 1; });
  EXPECT_TRUE(stop());
  EXPECT_EQ(sink_.letters()[0].reason.id, "OT590");
  EXPECT_EQ(sink_.letters()[0].attempts, 4);
  ASSERT_EQ(sink_.results().size(), 1u);
  EXPECT_EQ(queue::decode_result(sink_.results()[0].payload)->progress, Progress::kFailed);
  EXPECT_EQ(sink_.forwarded().size(), 1u);
}

TEST_F(LanesTest, ACopyThatComesBeforeItsTimeWaitsForItAndKeepsNobodyBack) {
  start(partitions_);
  const Timestamp due = now() + milliseconds(300);
  source_->add(partition_of(Lane::kRetry), submission("1", "Москва"), {.forwarded = true, .not_before = due});
  wait_until([&] { return engine_->load().for_luck == 1; });
  source_->add(0, submission("2", "Москва"));
  wait_until([&] { return sink_.results_of(0) == 1; });
  wait_until([&] { return sink_.results().size() == 2; });
  EXPECT_GE(now(), due);
  EXPECT_TRUE(stop());
}

}  // namespace
}  // namespace otmetka::engine
