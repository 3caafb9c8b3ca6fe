// What a run leaves behind adds up: many of them, with files, orphans, floods and deaths among them, leave the host, our
// descriptors and our memory as they were.
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "tests/hostile/host_state.h"
#include "tests/hostile/setting.h"

namespace otmetka::hostile {
namespace {

using sandbox::Program;

constexpr std::uint64_t kMostGrowth = 4u << 20;  // of our resident memory: what the allocator keeps

Program shell(const std::string& script) {
  Program out;
  out.argv = {"/bin/sh", "-c", script};
  out.limits.processes = 8;
  return out;
}

std::uint64_t resident_bytes() {
  std::ifstream in("/proc/self/statm");
  std::uint64_t all = 0, resident = 0;
  in >> all >> resident;
  return resident * 4096;
}

void run_many(sandbox::Sandbox& box, int runs) {
  Program nothing;
  nothing.argv = {"/bin/true"};
  Program reads = shell("read x; echo $x; echo $x > /tmp/f; echo $x > /dev/shm/f; sleep 9 & exit 3");
  reads.input = *sandbox::MemoryFile::make("1 2 3\n");
  const Program floods = shell("yes");
  std::vector<std::thread> threads;
  for (int slot = 0; slot < 2; ++slot) {
    threads.emplace_back([&, slot] {
      for (int i = slot; i < runs; i += 2) {
        const auto ran = box.run(i % 500 == 0 ? floods : i % 20 == 0 ? reads : nothing);
        ASSERT_TRUE(ran) << ran.failure().code();
        ASSERT_EQ(ran->ending, i % 500 == 0 ? sandbox::Ending::kOutputLimit : sandbox::Ending::kExited) << i;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(ManyRuns, LeaveNothing) {
  const auto box = sandbox::Sandbox::open(two_slots());
  ASSERT_TRUE(box);
  run_many(**box, 1'000);
  const HostState before = host_state(**box);
  const std::uint64_t memory = resident_bytes();
  const char* longer = std::getenv("OTMETKA_LONG");
  run_many(**box, longer != nullptr && *longer == '1' ? 1'000'000 : 20'000);
  EXPECT_EQ(difference(before, host_state(**box), 0), "");
  EXPECT_LT(resident_bytes(), memory + kMostGrowth);
}

}  // namespace
}  // namespace otmetka::hostile
