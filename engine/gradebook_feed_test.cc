#include "engine/gradebook_feed.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <utility>

#include "gradebook/sqlite/schema.h"
#include "gradebook/sqlite/sqlite_store.h"
#include "queue/codec.h"
#include "queue/embedded/embedded_queue.h"
#include "tests/contract/test_folder.h"

namespace otmetka::engine {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using queue::embedded::Database;
using queue::embedded::Transaction;

class GradebookFeedTest : public testing::Test {
 protected:
  void SetUp() override {
    queue_ = std::move(*queue::EmbeddedQueue::open({.folder = folder_ / "queue"}, queue::EmbeddedRole::kServe));
    open_store(milliseconds(30'000));
  }
  void open_store(milliseconds busy_timeout) {
    store_ = std::move(*gradebook::SqliteStore::open({.file = folder_ / "book.db", .busy_timeout = busy_timeout}));
  }

  // Results of so many learners, each with one part that has a long explanation.
  void commit(int from, int to, const std::string& content = "c", std::size_t size = 0) {
    queue::Commit commit;
    for (int i = from; i < to; ++i) {
      ScoredResult result;
      result.tenant = TenantId("t");
      result.submission = SubmissionId("s-" + std::to_string(i));
      result.assignment = AssignmentId("a");
      result.learner = LearnerId("p-" + std::to_string(i));
      result.result_id = result.submission.value;
      result.content_sha256 = content;
      result.progress = Progress::kFinal;
      if (size > 0) result.notices = {{"OT383", {std::string(size, 'x')}}};
      commit.results.push_back({.key = "k", .payload = queue::encode_result(result)});
    }
    ASSERT_TRUE(queue_->sink().commit(commit).ok());
  }

  Status run_to_the_end(GradebookFeed& feed) {
    feed.stop();
    return feed.run();
  }

  std::unique_ptr<Database> other_writer() {
    return std::move(*Database::open({.file = folder_ / "book.db"}, gradebook::kGradebookSchema));
  }

  TestFolder folder_;
  std::unique_ptr<queue::EmbeddedQueue> queue_;
  std::unique_ptr<gradebook::Store> store_;
  std::vector<Event> events_;
  OnEvent note_ = [this](const Event& event) { events_.push_back(event); };
};

TEST_F(GradebookFeedTest, GoesOnWhereTheStoreStands) {
  commit(0, 10);
  GradebookFeed first(queue_->results(), *store_, {});
  ASSERT_TRUE(run_to_the_end(first));
  EXPECT_EQ(first.applied(), 10u);
  commit(10, 15);
  GradebookFeed second(queue_->results(), *store_, {});
  ASSERT_TRUE(run_to_the_end(second));
  EXPECT_EQ(second.applied(), 5u);
  EXPECT_EQ(*store_->position(), 16);
}

// Ends the first poll after a wake without a result, as a source may that waits on a network.
class OnceWoken final : public queue::ResultSource {
 public:
  explicit OnceWoken(queue::ResultSource& of) : of_(of) {}
  Result<queue::ResultRange> range() override { return of_.range(); }
  Result<std::vector<queue::ResultRecord>> poll_results(std::int64_t from, std::size_t most, std::size_t bytes,
                                                        milliseconds wait) override {
    if (woken_.exchange(false)) return std::vector<queue::ResultRecord>{};
    return of_.poll_results(from, most, bytes, wait);
  }
  void wake() override { woken_ = true; }

 private:
  queue::ResultSource& of_;
  std::atomic<bool> woken_{false};
};

TEST_F(GradebookFeedTest, AWakeDoesNotPassForTheEnd) {
  commit(0, 10);
  OnceWoken results(queue_->results());
  GradebookFeed feed(results, *store_, {});
  ASSERT_TRUE(run_to_the_end(feed));
  EXPECT_EQ(feed.applied(), 10u);
}

TEST_F(GradebookFeedTest, EachPartitionHasAPositionOfItsOwn) {
  commit(0, 10);
  GradebookFeed feed(queue_->results(), *store_, {.partition = 7});
  ASSERT_TRUE(run_to_the_end(feed));
  EXPECT_EQ(*store_->position(7), 11);
  EXPECT_EQ(*store_->position(), 0);
}

TEST_F(GradebookFeedTest, ABatchIsLookedAtBeforeItIsAppliedAndHeldBackByAnError) {
  commit(0, 10);
  std::size_t seen = 0;
  bool well = false;
  const auto look = [&](std::span<const gradebook::Arrival> batch) {
    seen = batch.size();
    return well ? ok_status() : Status(error("OT465"));
  };
  GradebookFeed feed(queue_->results(), *store_, {.before_apply = look});
  EXPECT_EQ(run_to_the_end(feed).failure().code(), "OT465");
  EXPECT_EQ(seen, 10u);
  EXPECT_EQ(*store_->position(), 0);
  well = true;
  ASSERT_TRUE(run_to_the_end(feed));
  EXPECT_EQ(feed.applied(), 10u);
}

TEST_F(GradebookFeedTest, WhatIsTrimmedBeforeItWasReadIsAnError) {
  commit(0, 10);
  ASSERT_TRUE(queue_->trim(6, {.results = 0, .submissions = queue::kKeepAll}).ok());
  GradebookFeed feed(queue_->results(), *store_, {});
  const Status done = run_to_the_end(feed);
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.failure().code(), "OT423");
  EXPECT_EQ(feed.applied(), 0u);
}

TEST_F(GradebookFeedTest, LargeResultsComeInBatchesOfABoundedSize) {
  commit(0, 30, "c", 1u << 20);
  std::vector<std::int64_t> positions;
  GradebookFeed feed(queue_->results(), *store_, {.on_applied = [&](std::int64_t position) {
                       positions.push_back(position);
                       return false;
                     }});
  ASSERT_TRUE(run_to_the_end(feed));
  EXPECT_EQ(feed.applied(), 30u);
  EXPECT_GE(positions.size(), 4u) << "30 MiB of them, at most 8 MiB at a time";
}

TEST_F(GradebookFeedTest, WhoHasMoreToTidyIsCalledAgainThoughNothingComes) {
  commit(0, 1);
  int calls = 0;
  GradebookFeed feed(queue_->results(), *store_, {.on_applied = [&](std::int64_t) { return ++calls < 20; }});
  ASSERT_TRUE(run_to_the_end(feed));
  EXPECT_EQ(calls, 20);
}

TEST_F(GradebookFeedTest, AConflictIsCountedAndTold) {
  commit(0, 1);
  commit(0, 1, "another content");
  GradebookFeed feed(queue_->results(), *store_, {.on_event = note_});
  ASSERT_TRUE(run_to_the_end(feed));
  EXPECT_EQ(feed.conflicts(), 1u);
  ASSERT_EQ(events_.size(), 1u);
  EXPECT_EQ(events_[0].name, "conflicts");
  EXPECT_EQ(events_[0].works, 1u);
}

TEST_F(GradebookFeedTest, AStoreThatIsBusyForAWhileIsWaitedForAndToldOnce) {
  open_store(milliseconds(10));
  commit(0, 3);
  const auto other = other_writer();
  auto held = std::make_optional(std::move(*Transaction::begin(*other)));
  GradebookFeed feed(queue_->results(), *store_, {.on_event = [&](const Event& event) {
                       note_(event);
                       if (events_.size() == 1) held.reset();  // on the feed's thread, which is this one
                     }});
  ASSERT_TRUE(run_to_the_end(feed));
  EXPECT_EQ(feed.applied(), 3u);
  ASSERT_EQ(events_.size(), 2u);
  EXPECT_EQ(events_[0].name + " " + events_[0].code, "gradebook_failing OT408");
  EXPECT_EQ(events_[1].name, "gradebook_well");
}

TEST_F(GradebookFeedTest, AStoreThatStaysBusyEndsItAndNothingIsLost) {
  open_store(milliseconds(10));
  commit(0, 3);
  {
    const auto other = other_writer();
    const auto held = Transaction::begin(*other);
    for (const bool hurry : {false, true}) {
      GradebookFeed feed(queue_->results(), *store_, {.patience = hurry ? seconds(3'600) : milliseconds(50)});
      if (hurry) feed.hurry();
      const Status done = run_to_the_end(feed);
      ASSERT_FALSE(done.ok());
      EXPECT_EQ(done.failure().code(), "OT408");
    }
  }
  GradebookFeed feed(queue_->results(), *store_, {});
  ASSERT_TRUE(run_to_the_end(feed));
  EXPECT_EQ(feed.applied(), 3u);
}

// Results that come faster than they can be applied; the bound is the test's.
class Endless final : public queue::ResultSource {
 public:
  explicit Endless(std::string payload) : payload_(std::move(payload)) {}
  Result<queue::ResultRange> range() override { return queue::ResultRange{1, 2}; }
  Result<std::vector<queue::ResultRecord>> poll_results(std::int64_t from, std::size_t, std::size_t, milliseconds) override {
    if (std::chrono::steady_clock::now() >= give_up_) return error("OT409", {std::string("endless"), std::string("still read")});
    return std::vector<queue::ResultRecord>{{.offset = from, .key = "k", .payload = payload_}};
  }
  void wake() override {}

 private:
  std::string payload_;
  std::chrono::steady_clock::time_point give_up_ = std::chrono::steady_clock::now() + seconds(30);
};

// Anybody may write into a broker's topic.
TEST_F(GradebookFeedTest, WhatIsNoResultOrNobodysIsPassedOverAndToldOnce) {
  commit(0, 1);
  queue::Commit foreign;
  foreign.results = {{.key = "k", .payload = "\xFF\xFF garbage"}, {.key = "k", .payload = ""}};
  ASSERT_TRUE(queue_->sink().commit(foreign).ok());
  commit(1, 2);
  GradebookFeed feed(queue_->results(), *store_, {.on_event = note_});
  ASSERT_TRUE(run_to_the_end(feed));
  EXPECT_EQ(feed.applied(), 2u);
  ASSERT_EQ(events_.size(), 2u);
  EXPECT_EQ(events_[0].name + " " + events_[0].code + " " + events_[0].place, "result_passed_over OT309 0/2");
  EXPECT_EQ(events_[1].name + " " + events_[1].code + " " + events_[1].place, "result_passed_over OT381 0/3");
}

// As a broker's client does, which has nothing at hand yet when it is asked without a wait.
class OnceOnly final : public queue::ResultSource {
 public:
  explicit OnceOnly(queue::ResultSource& all) : all_(all) {}
  Result<queue::ResultRange> range() override { return all_.range(); }
  Result<std::vector<queue::ResultRecord>> poll_results(std::int64_t from, std::size_t records, std::size_t bytes, milliseconds) override {
    if (std::exchange(asked_, true)) return std::vector<queue::ResultRecord>{};
    return all_.poll_results(from, records, bytes, milliseconds(0));
  }
  void wake() override {}

 private:
  queue::ResultSource& all_;
  bool asked_ = false;
};

TEST_F(GradebookFeedTest, AStoreThatHasNotBeenAskedAgainIsNotWell) {
  open_store(milliseconds(10));
  commit(0, 3);
  const auto other = other_writer();
  const auto held = Transaction::begin(*other);
  OnceOnly results(queue_->results());
  GradebookFeed feed(results, *store_, {.on_event = note_});
  feed.hurry();
  const Status done = run_to_the_end(feed);
  ASSERT_FALSE(done.ok()) << "three results are left";
  EXPECT_EQ(done.failure().code(), "OT408");
  ASSERT_EQ(events_.size(), 1u);
  EXPECT_EQ(events_[0].name, "gradebook_failing");
}

TEST_F(GradebookFeedTest, WhoIsInAHurryLeavesTheRestOfALongQueueToTheNextRun) {
  commit(0, 1);
  Endless results((*queue_->results().poll_results(1, 1, 1'000, milliseconds(0))).front().payload);
  GradebookFeed feed(results, *store_, {});
  feed.hurry();
  const Status done = run_to_the_end(feed);
  EXPECT_TRUE(done.ok()) << done.failure().code();
  EXPECT_GT(feed.applied(), 0u);
  EXPECT_EQ(*store_->position(), static_cast<std::int64_t>(feed.applied())) << "what it had begun is in the store";
}

TEST_F(GradebookFeedTest, WhoIsInAHurryStillTakesWhatIsLeftOfAShortQueue) {
  commit(0, 3);
  GradebookFeed feed(queue_->results(), *store_, {});
  feed.hurry();
  ASSERT_TRUE(run_to_the_end(feed));
  EXPECT_EQ(feed.applied(), 3u);
}

}  // namespace
}  // namespace otmetka::engine
