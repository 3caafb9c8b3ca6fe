#include "queue/embedded/embedded_queue.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <thread>

#include "queue/embedded/database.h"
#include "queue/embedded/files.h"
#include "queue/embedded/results.h"
#include "queue/embedded/schema.h"
#include "tests/contract/child_process.h"
#include "tests/contract/queue_contract.h"
#include "tests/contract/test_folder.h"

namespace otmetka::queue {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t kMany = 1'000'000;

std::unique_ptr<EmbeddedQueue> open_queue(const std::string& folder, EmbeddedRole role = EmbeddedRole::kServe) {
  auto opened = EmbeddedQueue::open({.folder = folder}, role);
  EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.failure().code());
  return opened.ok() ? std::move(*opened) : nullptr;
}

std::string code_of_opening(const EmbeddedOptions& options, EmbeddedRole role = EmbeddedRole::kClient) {
  const auto opened = EmbeddedQueue::open(options, role);
  return opened.ok() ? "opened" : opened.failure().code();
}

class EmbeddedWorld final : public QueueWorld {
 public:
  EmbeddedWorld() : client_(open_queue(folder_ / "queue", EmbeddedRole::kClient)) {}
  void restart_server() override {
    server_.reset();
    server_ = open_queue(folder_ / "queue");
  }
  SubmissionSource& source() override { return server_->source(); }
  ResultSink& sink() override { return server_->sink(); }
  SubmissionPublisher& publisher() override { return client_->publisher(); }
  ResultSource& results() override { return client_->results(); }
  DeadLetterStore& dead_letters() override { return client_->dead_letters(); }
  std::unique_ptr<ResultSink> sink_of_a_later_server() override {
    return std::move(*embedded::Sink::open({.file = folder_ / "queue/queue.db"}, folder_ / "queue/results.doorbell"));
  }

 private:
  TestFolder folder_;
  std::unique_ptr<EmbeddedQueue> client_;
  std::unique_ptr<EmbeddedQueue> server_;
};

std::unique_ptr<QueueWorld> make_embedded_world() { return std::make_unique<EmbeddedWorld>(); }

std::vector<Outgoing> batch_of(std::size_t n, const std::string& payload = "{}") {
  return std::vector<Outgoing>(n, Outgoing{"k", payload, Encoding::kJson});
}

std::size_t submissions_in(const std::string& folder) {
  const auto database = embedded::Database::open({.file = folder + "/queue.db"}, embedded::kQueueSchema);
  return static_cast<std::size_t>(*(*database)->integer("SELECT count(*) FROM submissions"));
}

TEST(EmbeddedQueueTest, AFolderThatDoesNotExistIsMadeForItsOwnerAlone) {
  const TestFolder folder;
  open_queue(folder / "a/b/queue");
  struct stat found {};
  ASSERT_EQ(::stat((folder / "a/b/queue").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0700u);
  ASSERT_EQ(::stat((folder / "a/b/queue/queue.db").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
}

TEST(EmbeddedQueueTest, EachQueueHasAnIdOfItsOwnThatStays) {
  const TestFolder folder;
  const std::string id = open_queue(folder / "one")->id();
  EXPECT_EQ(id.size(), 32u);
  EXPECT_EQ(open_queue(folder / "one")->id(), id);
  EXPECT_NE(open_queue(folder / "two")->id(), id);
}

TEST(EmbeddedQueueTest, HowManyWaitToBePolledIsKnown) {
  const TestFolder folder;
  const auto queue = open_queue(folder / "queue");
  EXPECT_EQ(*queue->source().unpolled(), 0);
  ASSERT_TRUE(queue->publisher().publish(std::vector<Outgoing>(5, Outgoing{.key = "k", .payload = "p"})));
  EXPECT_EQ(*queue->source().unpolled(), 5);
  ASSERT_EQ(queue->source().poll(2, kMany, milliseconds(0))->size(), 2u);
  EXPECT_EQ(*queue->source().unpolled(), 3);
  ASSERT_EQ(queue->source().poll(9, kMany, milliseconds(0))->size(), 3u);
  EXPECT_EQ(*queue->source().unpolled(), 0);
}

TEST(EmbeddedQueueTest, HasNoLanesAndLosesNothingOfWhatSomebodyForwardsAllTheSame) {
  const TestFolder folder;
  auto queue = open_queue(folder / "queue");
  ASSERT_TRUE(queue->publisher().publish(batch_of(1)));
  const auto records = queue->source().poll(1, kMany, milliseconds(0));
  Commit commit{.results = {}, .dead_letters = {}, .progress = {{.partition = 0, .next = 2, .metadata = ""}}};
  commit.forwarded.push_back({Lane::kPrograms, "k", records->at(0)});
  EXPECT_EQ(queue->sink().commit(commit).failure().code(), "OT454");
  queue.reset();
  queue = open_queue(folder / "queue");
  EXPECT_EQ(queue->source().poll(1, kMany, milliseconds(0))->size(), 1u);
}

TEST(EmbeddedQueueTest, AFileWhereTheFolderShouldBeIsNamedAndLeftAlone) {
  const TestFolder folder;
  std::ofstream(folder / "file") << "mine";
  EXPECT_EQ(code_of_opening({.folder = folder / "file"}), "OT402");
  EXPECT_EQ(code_of_opening({.folder = folder / "file/queue"}), "OT402");
  std::string content;
  std::getline(std::ifstream(folder / "file"), content);
  EXPECT_EQ(content, "mine");
}

TEST(EmbeddedQueueTest, AnUnwritableFolderIsAnErrorWithACode) {
  const TestFolder folder;
  open_queue(folder / "queue");
  ASSERT_EQ(::chmod(folder.path().c_str(), 0755), 0);
  ASSERT_EQ(::chmod((folder / "queue").c_str(), 0555), 0);
  ChildProcess child([&](const Acknowledge&) {
    if (::getuid() == 0 && ::seteuid(65'534) != 0) return 2;
    const bool inside = code_of_opening({.folder = folder / "queue"}) == "OT403";
    const bool beside = code_of_opening({.folder = folder / "other"}) == "OT403";
    return ::getuid() != 0 || (inside && beside) ? (inside ? 0 : 1) : 1;
  });
  EXPECT_EQ(child.wait(), 0);
}

TEST(EmbeddedQueueTest, ASecondServerIsToldWhoServes) {
  const TestFolder folder;
  const auto first = open_queue(folder / "queue");
  for (const bool same_process : {true, false}) {
    const auto second_fails = [&](const Acknowledge&) {
      const auto second = EmbeddedQueue::open({.folder = folder / "queue"}, EmbeddedRole::kServe);
      const bool told = !second.ok() && second.failure().message.id == "OT410" && !second.failure().retryable &&
                        std::get<std::int64_t>(second.failure().message.args.at(1)) == (same_process ? ::getpid() : ::getppid());
      return told ? 0 : 1;
    };
    if (same_process) {
      EXPECT_EQ(second_fails(Acknowledge(-1)), 0);
    } else {
      EXPECT_EQ(ChildProcess(second_fails).wait(), 0);
    }
  }
  EXPECT_EQ(code_of_opening({.folder = folder / "queue"}, EmbeddedRole::kClient), "opened");
}

TEST(EmbeddedQueueTest, AServerThatWasKilledLeavesNoLockBehindEvenWithAChildThatLivesOn) {
  const TestFolder folder;
  int hold[2] = {-1, -1};
  ASSERT_EQ(::pipe(hold), 0);
  ChildProcess server([&](const Acknowledge& acknowledge) {
    const auto queue = open_queue(folder / "queue");
    if (::fork() == 0) {  // forked, never exec'd: has every descriptor of the server
      ::close(hold[1]);
      char nothing = 0;
      static_cast<void>(::read(hold[0], &nothing, 1));
      ::_exit(0);
    }
    acknowledge(1);
    ::pause();
    return 0;
  });
  ASSERT_EQ(server.next(), 1);
  EXPECT_EQ(code_of_opening({.folder = folder / "queue"}, EmbeddedRole::kServe), "OT410");
  server.kill();
  EXPECT_EQ(code_of_opening({.folder = folder / "queue"}, EmbeddedRole::kServe), "opened");
  ::close(hold[0]);
  ::close(hold[1]);
}

TEST(EmbeddedQueueTest, AFullDatabaseRefusesABatchWholeAndTakesWorkAgainWhenThereIsRoom) {
  const TestFolder folder;
  open_queue(folder / "queue");
  auto small = EmbeddedQueue::open({.folder = folder / "queue", .most_pages = 60}, EmbeddedRole::kClient);
  ASSERT_TRUE(small.ok());
  std::size_t published = 0;
  Status last = ok_status();
  while ((last = (*small)->publisher().publish(batch_of(10, std::string(1'000, 'x')))).ok()) published += 10;
  EXPECT_EQ(last.failure().code(), "OT404");
  EXPECT_TRUE(last.failure().retryable);
  EXPECT_GT(published, 0u);
  EXPECT_EQ(submissions_in(folder / "queue"), published);
  EXPECT_TRUE(open_queue(folder / "queue")->publisher().publish(batch_of(10)).ok());
  EXPECT_EQ(submissions_in(folder / "queue"), published + 10);
}

TEST(EmbeddedQueueTest, ACommitThatFindsNoRoomLeavesNothingAndSucceedsWhenTriedAgain) {
  const TestFolder folder;
  auto queue = EmbeddedQueue::open({.folder = folder / "queue", .most_pages = 40}, EmbeddedRole::kServe);
  ASSERT_TRUE((*queue)->publisher().publish(batch_of(3)).ok());
  const auto records = *(*queue)->source().poll(10, kMany, seconds(1));
  Commit large = commit_of(records, 4);
  large.results[0].payload = std::string(1'000'000, 'x');
  const auto refused = (*queue)->sink().commit(large);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.failure().code(), "OT404");
  EXPECT_TRUE(refused.failure().retryable);
  EXPECT_TRUE((*queue)->results().poll_results(0, 10, kMany, milliseconds(0))->empty());
  EXPECT_TRUE((*queue)->sink().commit(commit_of(records, 4)).ok());
  EXPECT_EQ((*queue)->results().poll_results(0, 10, kMany, milliseconds(0))->size(), 3u);
}

TEST(EmbeddedQueueTest, AFullDiskLosesNothing) {
  const TestFolder folder;
  ChildProcess child([&](const Acknowledge& acknowledge) {
    // A limit on the size of any file this child writes stands in for the disk's end.
    ::signal(SIGXFSZ, SIG_IGN);
    const auto queue = open_queue(folder / "queue");
    const rlimit limit{2'000'000, 2'000'000};
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 2;
    std::int64_t published = 0;
    for (int i = 0; i < 2'000; ++i) {
      if (!queue->publisher().publish(batch_of(1, std::string(3'000, 'x'))).ok()) break;
      acknowledge(++published);
    }
    return published > 0 && published < 2'000 ? 0 : 1;
  });
  const auto acknowledged = child.rest();
  ASSERT_EQ(child.wait(), 0);
  EXPECT_EQ(submissions_in(folder / "queue"), acknowledged.size());
}

void overwrite(const std::string& file, std::streamoff at, const std::string& bytes) {
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekp(at);
  stream << bytes;
}

TEST(EmbeddedQueueTest, AFileThatIsNoDatabaseIsRefusedAndLeftAlone) {
  const TestFolder folder;
  open_queue(folder / "queue");
  std::filesystem::remove(folder / "queue/queue.db");
  std::ofstream(folder / "queue/queue.db") << std::string(5'000, 'z');
  EXPECT_EQ(code_of_opening({.folder = folder / "queue"}), "OT406");
  EXPECT_EQ(std::filesystem::file_size(folder / "queue/queue.db"), 5'000u);
}

TEST(EmbeddedQueueTest, SomebodyElsesDatabaseIsRefused) {
  const TestFolder folder;
  static constexpr std::array kOther{"CREATE TABLE grades (x)"};
  for (const std::int32_t application : {0, 42}) {
    const std::string name = folder / ("queue" + std::to_string(application));
    ASSERT_TRUE(embedded::make_folder(name).ok());
    ASSERT_TRUE(embedded::Database::open({.file = name + "/queue.db"}, {application, kOther}).ok());
    EXPECT_EQ(code_of_opening({.folder = name}), "OT406");
  }
}

TEST(EmbeddedQueueTest, ADatabaseOfANewerVersionIsRefusedWithBothVersions) {
  const TestFolder folder;
  open_queue(folder / "queue");
  {
    const auto database = embedded::Database::open({.file = folder / "queue/queue.db"}, embedded::kQueueSchema);
    ASSERT_TRUE((*database)->execute("PRAGMA user_version = 99").ok());
  }
  const auto opened = EmbeddedQueue::open({.folder = folder / "queue"}, EmbeddedRole::kClient);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.failure().message.id, "OT407");
  EXPECT_EQ(std::get<std::int64_t>(opened.failure().message.args.at(1)), 99);
}

TEST(EmbeddedQueueTest, DamageInsideTheFileIsAnErrorNotACrash) {
  const TestFolder folder;
  ASSERT_TRUE(open_queue(folder / "queue")->publisher().publish(batch_of(200, std::string(2'000, 'x'))).ok());
  std::mt19937 random(5);
  std::string noise(4'096, '\0');
  for (char& c : noise) c = static_cast<char>(random());
  const auto size = static_cast<std::streamoff>(std::filesystem::file_size(folder / "queue/queue.db"));
  ASSERT_GT(size, 100'000);
  for (std::streamoff page = 4'096; page + 4'096 <= size; page += 4'096) overwrite(folder / "queue/queue.db", page, noise);
  const auto opened = EmbeddedQueue::open({.folder = folder / "queue"}, EmbeddedRole::kServe);
  if (opened.ok()) {
    const auto polled = (*opened)->source().poll(1'000, kMany * 10, milliseconds(0));
    ASSERT_FALSE(polled.ok());
    EXPECT_EQ(polled.failure().code(), "OT405");
  } else {
    EXPECT_EQ(opened.failure().code(), "OT405");
  }
}

TEST(EmbeddedQueueTest, AWriterThatHoldsOnTooLongIsReportedAsBusyAndCanBeTriedAgain) {
  const TestFolder folder;
  open_queue(folder / "queue");
  auto queue = EmbeddedQueue::open({.folder = folder / "queue", .busy_timeout = milliseconds(30)}, EmbeddedRole::kClient);
  const auto other = embedded::Database::open({.file = folder / "queue/queue.db"}, embedded::kQueueSchema);
  {
    const auto held = embedded::Transaction::begin(**other);
    const auto refused = (*queue)->publisher().publish(batch_of(1));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.failure().code(), "OT408");
    EXPECT_TRUE(refused.failure().retryable);
  }
  EXPECT_TRUE((*queue)->publisher().publish(batch_of(1)).ok());
  EXPECT_EQ(submissions_in(folder / "queue"), 1u);
}

TEST(EmbeddedQueueTest, AnIdleServerCostsNextToNothing) {
  const TestFolder folder;
  const auto queue = open_queue(folder / "queue");
  const auto used = [] {
    rusage usage{};
    ::getrusage(RUSAGE_THREAD, &usage);
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1'000'000 + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
  };
  const auto before = used();
  EXPECT_TRUE(queue->source().poll(10, kMany, seconds(2))->empty());
  EXPECT_LT(used() - before, 20'000) << "microseconds of CPU in two seconds; a busy wait would take two million";
}

// Publishing and finding nothing race each other, over and over: a ring that was missed would cost a whole second.
TEST(EmbeddedQueueTest, NoRingIsMissed) {
  const TestFolder folder;
  const auto queue = open_queue(folder / "queue");
  constexpr int kRounds = 1'000;
  std::thread publisher([&] {
    for (int i = 0; i < kRounds; ++i) EXPECT_TRUE(queue->publisher().publish(batch_of(1)).ok());
  });
  int taken = 0;
  auto longest = std::chrono::steady_clock::duration::zero();
  while (taken < kRounds) {
    const auto begun = std::chrono::steady_clock::now();
    const auto records = queue->source().poll(1, kMany, seconds(30));
    longest = std::max(longest, std::chrono::steady_clock::now() - begun);
    ASSERT_FALSE(records->empty());
    taken += static_cast<int>(records->size());
  }
  publisher.join();
  EXPECT_LT(longest, milliseconds(900));
}

TEST(EmbeddedQueueTest, AQueueThatIsMovedAwayOrReplacedIsNotInItsPlace) {
  const TestFolder folder;
  const auto queue = open_queue(folder / "queue");
  EXPECT_TRUE(queue->check_place());
  std::filesystem::rename(folder / "queue", folder / "elsewhere");
  EXPECT_EQ(queue->check_place().failure().code(), "OT417");
  const auto other = open_queue(folder / "queue", EmbeddedRole::kClient);
  EXPECT_EQ(queue->check_place().failure().code(), "OT417") << "another one stands there";
  EXPECT_TRUE(other->check_place());
  std::filesystem::remove_all(folder / "queue");
  std::filesystem::rename(folder / "elsewhere", folder / "queue");
  EXPECT_TRUE(queue->check_place());
}

}  // namespace

INSTANTIATE_TEST_SUITE_P(Embedded, QueueContract, testing::Values(&make_embedded_world),
                         [](const auto&) { return std::string("Queue"); });

}  // namespace otmetka::queue
