#include "load/process_use.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <vector>

#include <gtest/gtest.h>

namespace otmetka::load {
namespace {

namespace fs = std::filesystem;

TEST(ProcessUse, OfThisProcessGrowsWithWhatItDoes) {
  const ProcessUse before = own_use();
  volatile double sum = 0;
  for (int i = 0; own_use().cpu_seconds < before.cpu_seconds + 0.05 && i < 100'000'000; ++i) sum = sum + i;
  const ProcessUse after = own_use();
  EXPECT_GE(after.cpu_seconds, before.cpu_seconds + 0.05);
  EXPECT_GT(after.resident_bytes, 1 << 20);
  EXPECT_GE(after.peak_bytes, after.resident_bytes / 2);
}

TEST(ProcessUse, OfAnotherIsWhatTheSystemSaysOfIt) {
  const auto use = use_of(getpid());
  ASSERT_TRUE(use);
  EXPECT_GT(use->resident_bytes, 1 << 20);
  EXPECT_GT(use->voluntary_switches + use->involuntary_switches, 0u);
  EXPECT_NE(beginning_of(getpid()), 0u);
}

// Files as /proc has them, of a program whose name is meant to confuse.
class Faked : public testing::Test {
 protected:
  Faked() : folder(fs::temp_directory_path() / ("process-use-" + std::to_string(getpid()))) {
    fs::create_directories(folder / "7" / "task" / "7");
    fs::create_directories(folder / "7" / "task" / "8");
    write("7/stat", "7 (a) S 1) R 1 1 1 0 -1 4194304 100 0 0 0 200 300 400 500 20 0 2 0 12345 1000 10 0\n");
    write("7/status", "Name:\ta\nVmHWM:\t  2048 kB\nVmRSS:\t  1024 kB\nvoluntary_ctxt_switches:\t5\nnonvoluntary_ctxt_switches:\t6\n");
    write("7/task/7/status", "voluntary_ctxt_switches:\t5\nnonvoluntary_ctxt_switches:\t6\n");
    write("7/task/8/status", "voluntary_ctxt_switches:\t50\nnonvoluntary_ctxt_switches:\t60\n");
  }
  ~Faked() override { fs::remove_all(folder); }
  void write(const std::string& name, const std::string& text) const { std::ofstream(folder / name) << text; }

  fs::path folder;
};

TEST_F(Faked, AllThreadsAndTheNameBetweenBracketsAreRead) {
  const auto use = use_of(7, folder.string());
  ASSERT_TRUE(use);
  const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  EXPECT_DOUBLE_EQ(use->cpu_seconds, 500 / ticks);
  EXPECT_EQ(use->resident_bytes, 1024 * 1024);
  EXPECT_EQ(use->peak_bytes, 2048 * 1024);
  EXPECT_EQ(use->voluntary_switches, 55u);
  EXPECT_EQ(use->involuntary_switches, 66u);
  EXPECT_EQ(beginning_of(7, folder.string()), 12345u);
}

TEST_F(Faked, OneThatIsGoneOrDeadIsNotThere) {
  EXPECT_FALSE(use_of(8, folder.string()));
  EXPECT_EQ(beginning_of(8, folder.string()), 0u);
  write("7/stat", "7 (a) Z 1 1 1 0 -1 4194304 100 0 0 0 200 300 400 500 20 0 2 0 12345 1000 10 0\n");
  EXPECT_FALSE(use_of(7, folder.string()));
  EXPECT_EQ(beginning_of(7, folder.string()), 0u);
  write("7/stat", "7 (short\n");
  EXPECT_FALSE(use_of(7, folder.string()));
}

}  // namespace
}  // namespace otmetka::load
