#include "engine/programs_lane.h"

#include <future>

#include <gtest/gtest.h>

#include "engine/engine_test_support.h"

namespace otmetka::engine {
namespace {

// The lane takes any work; what is looked at is the order. The first work holds the only thread until all others are there.
class Lane : public testing::Test {
 protected:
  Lane() { specs.put(capital_spec(), true); }

  Work work(std::int64_t offset) const {
    Work out;
    out.record.payload = R"({"submission_id":"s","assignment_id":"a","learner_id":"l","spec_id":"capital","responses":{"c":"x"}})";
    out.record.encoding = queue::Encoding::kJson;
    out.record.position.offset = offset;
    return out;
  }

  AnswersLane::Hooks hooks() {
    return {.done = [this](std::vector<Finished> finished, std::vector<AnswersLane::Retry>) {
      if (done.empty()) all_there.get_future().wait();
      done.push_back(finished.at(0).position.offset);
      if (done.size() == wanted) all_done.set_value();
    }};
  }

  SpecCache specs;
  Programs programs{{}};
  std::promise<void> all_there;
  std::promise<void> all_done;
  std::vector<std::int64_t> done;
  std::size_t wanted = 0;
};

TEST_F(Lane, AssignmentsTakeTurnsAndInteractiveWorkGoesFirst) {
  wanted = 7;
  ProgramsLane lane(specs, programs, {.threads = 1, .tries = 1}, hooks());
  lane.submit(work(0), {"first", true});
  lane.submit(work(1), {"big", false});
  lane.submit(work(2), {"big", false});
  lane.submit(work(3), {"big", false});
  lane.submit(work(4), {"small", false});
  lane.submit(work(5), {"small", true});
  lane.submit(work(6), {"big", true});
  EXPECT_EQ(lane.load().waiting + static_cast<std::size_t>(lane.load().busy), 7u);
  EXPECT_EQ(lane.load().slots, 1);
  all_there.set_value();
  all_done.get_future().wait();
  EXPECT_EQ(lane.load().waiting, 0u);
  EXPECT_EQ(done, (std::vector<std::int64_t>{0, 5, 6, 1, 4, 2, 3}));
}

TEST_F(Lane, WorksOfAPartitionCanBeCountedAndForgotten) {
  wanted = 3;
  ProgramsLane lane(specs, programs, {.threads = 1, .tries = 1}, hooks());
  lane.submit(work(0), {"first", true});
  while (lane.load().busy == 0) std::this_thread::yield();
  for (std::int64_t offset = 1; offset <= 4; ++offset) {
    Work one = work(offset);
    one.record.position.partition = static_cast<std::int32_t>(offset % 2);
    lane.submit(std::move(one), {offset == 1 ? "only" : "shared", offset < 3});
  }
  EXPECT_EQ(lane.waiting_by_partition(), (std::map<std::int32_t, std::size_t>{{0, 2}, {1, 2}}));
  const auto dropped = lane.drop([](const Work& one) { return one.record.position.partition == 1; });
  EXPECT_EQ(dropped.size(), 2u);
  EXPECT_EQ(lane.load().waiting, 2u);
  all_there.set_value();
  all_done.get_future().wait();
  EXPECT_EQ(done, (std::vector<std::int64_t>{0, 2, 4}));
}

TEST_F(Lane, FinishForgetsWhatWasNotBegunAndTakesNoMore) {
  wanted = 1;
  ProgramsLane lane(specs, programs, {.threads = 1, .tries = 1}, hooks());
  lane.submit(work(0), {"a", true});
  all_there.set_value();
  all_done.get_future().wait();
  lane.finish();
  lane.submit(work(1), {"a", true});
  EXPECT_EQ(done.size(), 1u);
}

}  // namespace
}  // namespace otmetka::engine
