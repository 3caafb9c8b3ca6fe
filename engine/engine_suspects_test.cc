// Works that end the worker. The worker is a process of its own, since it is to end; the test's own process uses no TBB, which does not
// cross a fork.
#include <csignal>

#include "engine/engine_test_support.h"
#include "queue/codec.h"
#include "tests/contract/child_process.h"

namespace otmetka::engine {
namespace {

class Raises final : public checkers::Checker {
 public:
  checkers::Outcome check(const Answer&, const checkers::CheckContext&) const override {
    std::raise(SIGSEGV);
    return {};
  }
};

class SuspectsTest : public testing::Test {
 protected:
  // A worker's life: it ends when all is done or by what it grades. What it has committed it says in numbers.
  void run(const std::function<void(queue::SubmissionPublisher&)>& publish = {}) {
    ChildProcess child([&](const Acknowledge&) {
      std::signal(SIGSEGV, SIG_DFL);  // a sanitizer's
      auto queue = std::move(*queue::EmbeddedQueue::open({.folder = folder_ / "queue"}, queue::EmbeddedRole::kServe));
      if (publish) publish(queue->publisher());
      SpecCache specs;
      specs.put(capital_spec(), true);
      auto crashes = check_spec_text("grade: v1\nid: crashes\nitems:\n- {id: c, text: x}\n", "c.yaml", "", Depth::kCompile).spec;
      std::const_pointer_cast<CompiledSpec>(crashes)->items[0].checker = std::make_unique<Raises>();
      specs.put(crashes, true);
      const auto in_hand = InHand::open(folder_.path());
      EngineOptions options;
      options.until_empty = true;
      options.workers = 4;
      options.in_hand = in_hand->get();
      return Engine(queue->source(), queue->sink(), specs, options).run() ? 0 : 1;
    });
    status_ = child.wait();
  }
  bool crashed() const { return WIFSIGNALED(status_); }

  TestFolder folder_;
  int status_ = 0;
};

TEST_F(SuspectsTest, OneThatEndsTheWorkerTwiceIsParkedWithAFailedResultAndAllElseIsGradedOnce) {
  constexpr std::size_t kOthers = 3'000;
  run([](queue::SubmissionPublisher& publisher) {
    std::vector<queue::Outgoing> batch;
    for (std::size_t i = 0; i < kOthers; ++i) {
      if (i == kOthers / 2) batch.push_back(submission("bad", "x", "crashes"));
      batch.push_back(submission(std::to_string(i), "Москва"));
    }
    static_cast<void>(publisher.publish(batch));
  });
  EXPECT_TRUE(crashed());
  run();
  EXPECT_TRUE(crashed()) << "alone";
  run();
  EXPECT_FALSE(crashed());
  const auto queue = std::move(*queue::EmbeddedQueue::open({.folder = folder_ / "queue"}, queue::EmbeddedRole::kServe));
  const auto letters = queue->dead_letters().list(0, 10);
  ASSERT_EQ(letters->size(), 1u);
  EXPECT_EQ(letters->at(0).reason.id, "OT455");
  EXPECT_EQ(letters->at(0).submission_id, "bad");
  std::size_t failed = 0;
  std::size_t graded = 0;
  const auto results = queue->results().poll_results(1, 10'000, 100'000'000, std::chrono::milliseconds(0));
  for (const auto& result : *results) ++(queue::decode_result(result.payload)->progress == Progress::kFailed ? failed : graded);
  EXPECT_EQ(failed, 1u);
  EXPECT_EQ(graded, kOthers);
}

}  // namespace
}  // namespace otmetka::engine
