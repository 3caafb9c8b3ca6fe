#include "engine/in_hand.h"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <future>
#include <thread>

#include "tests/contract/child_process.h"
#include "tests/contract/test_folder.h"

namespace otmetka::engine {
namespace {

queue::Record record(std::int64_t offset, std::int32_t partition = 0) {
  queue::Record out;
  out.position = {partition, offset, 0};
  out.payload = "work " + std::to_string(offset);
  return out;
}

using Body = std::function<void(InHand&)>;

// In a process of its own; the signal that ended it, or 0.
int run(const TestFolder& folder, const Body& body) {
  ChildProcess child([&](const Acknowledge& acknowledge) {
    for (const int number : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL}) std::signal(number, SIG_DFL);  // a sanitizer's
    const auto in_hand = InHand::open(folder.path());
    acknowledge(1);
    if (!in_hand) return 1;
    body(**in_hand);
    return 0;
  });
  const int status = child.wait();
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

std::int32_t suspected(const TestFolder& folder, const queue::Record& record) {
  const auto in_hand = InHand::open(folder.path());
  EXPECT_TRUE(in_hand.ok());
  return in_hand.ok() ? (*in_hand)->suspected(record) : -1;
}

Body dies_of(int number) {
  return [number](InHand& in_hand) {
    const InHand::Holding holding(&in_hand, record(7));
    std::raise(number);
  };
}

TEST(InHandTest, AWorkThatEndsTheProcessIsASuspectAndThoseBesideItAreNot) {
  for (const int number : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL}) {
    const TestFolder folder;
    EXPECT_EQ(run(folder,
                  [&](InHand& in_hand) {
                    std::atomic<bool> there{false};
                    std::thread beside([&] {
                      const InHand::Holding holding(&in_hand, record(8));
                      there = true;
                      std::promise<void>().get_future().wait();
                    });
                    while (!there) std::this_thread::yield();
                    { const InHand::Holding before(&in_hand, record(6)); }
                    dies_of(number)(in_hand);
                  }),
              number);
    EXPECT_EQ(suspected(folder, record(7)), 1);
    EXPECT_EQ(suspected(folder, record(6)), 0) << "it had ended well";
    EXPECT_EQ(suspected(folder, record(8)), 0) << "another thread's";
    EXPECT_EQ(suspected(folder, record(7, 1)), 0) << "another partition's";
  }
}

TEST(InHandTest, EveryTimeCounts) {
  const TestFolder folder;
  run(folder, dies_of(SIGSEGV));
  run(folder, dies_of(SIGSEGV));
  EXPECT_EQ(suspected(folder, record(7)), 2);
  EXPECT_EQ(suspected(folder, record(7)), 2) << "a run that ends well changes nothing";
}

int deeper(int depth) {
  volatile char room[4'096];
  room[0] = static_cast<char>(depth);
  return depth < 0 ? 0 : deeper(depth + 1) + room[0];
}

TEST(InHandTest, AStackThatRunsOutIsNotedToo) {
  const TestFolder folder;
  EXPECT_EQ(run(folder,
                [](InHand& in_hand) {
                  std::thread grading([&] {
                    const InHand::Holding holding(&in_hand, record(7));
                    deeper(0);
                  });
                  grading.join();
                }),
            SIGSEGV);
  EXPECT_EQ(suspected(folder, record(7)), 1);
}

TEST(InHandTest, WhatComesFromOutsideMakesNoSuspects) {
  for (const int number : {SIGKILL, SIGSEGV, SIGTERM}) {
    const TestFolder folder;
    ChildProcess child([&](const Acknowledge& acknowledge) {
      const auto in_hand = InHand::open(folder.path());
      const InHand::Holding holding(in_hand->get(), record(7));
      acknowledge(1);
      std::promise<void>().get_future().wait();
      return 0;
    });
    ASSERT_TRUE(child.next());
    ::kill(child.pid(), number);
    child.wait();
    EXPECT_EQ(suspected(folder, record(7)), 0) << number;
  }
}

TEST(InHandTest, AThreadThatGradesNothingIsNobodysFault) {
  const TestFolder folder;
  EXPECT_EQ(run(folder,
                [](InHand& in_hand) {
                  { const InHand::Holding holding(&in_hand, record(7)); }
                  std::abort();
                }),
            SIGABRT);
  EXPECT_EQ(suspected(folder, record(7)), 0);
}

TEST(InHandTest, AFileOfSomethingElseIsBegunAnew) {
  const TestFolder folder;
  std::ofstream(folder / "in-hand") << std::string(100'000, 'x');
  EXPECT_EQ(suspected(folder, record(7)), 0);
}

TEST(InHandTest, AFolderThatIsNotThereIsNamed) {
  const TestFolder folder;
  const auto in_hand = InHand::open(folder / "no");
  ASSERT_FALSE(in_hand.ok());
  EXPECT_EQ(in_hand.failure().code(), "OT456");
}

}  // namespace
}  // namespace otmetka::engine
