// The worker and the specs it needs: those that are not there yet, and earlier ones.
#include "engine/engine.h"

#include <thread>

#include "engine/engine_test_support.h"

namespace otmetka::engine {
namespace {

using std::chrono::milliseconds;

TEST_F(EngineTest, AnUnknownSpecIsWaitedForThenTheWorkIsParkedWithAFailedResult) {
  publish({submission("1", "Москва", "nowhere")});
  ASSERT_TRUE(run());
  const auto parked = letters();
  ASSERT_EQ(parked.size(), 1u);
  EXPECT_EQ(parked[0].reason.id, "OT380");
  EXPECT_EQ(parked[0].attempts, 2) << "once, and once more when its time was up";
  const auto rows = standings();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].attempts[0].progress, Progress::kFailed);
}


TEST_F(EngineTest, ASpecThatComesWhileWorkWaitsIsUsed) {
  options_.spec_patience = std::chrono::hours(1);
  options_.look_for_specs = [&](bool wanted) {
    if (wanted) use(capital_spec());
    return wanted;
  };
  publish({submission("1", "Москва")});
  ASSERT_TRUE(run());
  EXPECT_TRUE(letters().empty());
  EXPECT_EQ(standings()[0].mark.rounded, Ratio(1));
}


TEST_F(EngineTest, AWorkWhoseSpecIsWithheldIsNeverParked) {
  options_.spec_patience = milliseconds(0);
  specs_.withhold({{"capital", "", error("OT403", {std::string("book.db")})}});
  std::vector<std::string> told;
  options_.on_event = [&](const Event& event) { told.push_back(event.name + " " + event.code); };
  options_.look_for_specs = [&](bool wanted) {
    if (!wanted) return false;
    use(capital_spec());
    specs_.withhold({});
    return true;
  };
  publish({submission("1", "Москва")});
  ASSERT_TRUE(run());
  EXPECT_EQ(told, std::vector<std::string>{"waiting OT403"});
  EXPECT_TRUE(letters().empty());
  ASSERT_EQ(standings().size(), 1u);
  EXPECT_EQ(standings()[0].mark.rounded, Ratio(1));
}

TEST_F(EngineTest, WhoIsToEmptyTheQueueGivesUpOnASpecThatStaysWithheld) {
  options_.patience = milliseconds(50);
  specs_.withhold({{"capital", "", error("OT403", {std::string("book.db")})}});
  publish({submission("1", "Москва")});
  const Status done = run();
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.failure().code(), "OT403");
  EXPECT_TRUE(letters().empty());
  EXPECT_TRUE(standings().empty());
}

TEST_F(EngineTest, WaitingForItsSpecUsesUpNoneOfAWorksTries) {
  auto broken = check_spec_text("grade: v1\nid: broken\nitems:\n- {id: c, text: x}\n", "b.yaml", "", Depth::kCompile).spec;
  std::const_pointer_cast<CompiledSpec>(broken)->items[0].checker = std::make_unique<Throwing>();
  options_.spec_patience = std::chrono::hours(1);
  options_.look_for_specs = [&](bool wanted) {
    if (wanted) use(broken);
    return wanted;
  };
  publish({submission("1", "x", "broken")});
  ASSERT_TRUE(run());
  ASSERT_EQ(letters().size(), 1u);
  EXPECT_EQ(letters()[0].attempts, 4) << "one that found no spec, and three";
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
  options_.spec_patience = std::chrono::hours(1);
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
  options_.spec_patience = milliseconds(0);
  ASSERT_TRUE(run());
  EXPECT_EQ(letters().size(), 1u) << "polled again after the restart, then parked";
}

}  // namespace
}  // namespace otmetka::engine
