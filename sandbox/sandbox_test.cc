// One program, one run: what comes back, which limit struck, and that nothing of a run is left for the next.
#include "sandbox/sandbox.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <thread>
#include <vector>

#include "sandbox/sandbox_test_support.h"
#include "sandbox/self_test.h"

namespace otmetka::sandbox {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;

TEST(SandboxRun, GivesBackStatusAndOutput) {
  const RunResult result = run(shell("echo out; echo err >&2; exit 3"));
  EXPECT_EQ(result.ending, Ending::kExited) << result.detail << result.code;
  EXPECT_EQ(result.code, 3);
  EXPECT_EQ(result.out, "out\n");
  EXPECT_EQ(result.err, "err\n");
  EXPECT_GT(result.cpu.count(), 0);
  EXPECT_GE(result.wall, result.cpu / 2);
}

TEST(SandboxRun, ReadsItsInputAndItsFiles) {
  Program program = shell("cat; cat given.txt");
  program.input = bytes("typed\n");
  program.files = {{"given.txt", bytes("given\n")}};
  EXPECT_EQ(run(program).out, "typed\ngiven\n");
  EXPECT_EQ(run(program).out, "typed\ngiven\n") << "the same again: the input begins at its beginning";
}

TEST(SandboxRun, FilesOfAProgramCanBeReadWhateverTheEnginesUmaskIs) {
  Program program = shell("cat given.txt; ./started");
  program.files = {{"given.txt", bytes("given\n")}, {"started", bytes("#!/bin/sh\necho started\n"), true}};
  const mode_t before = umask(0777);
  const RunResult result = run(program);
  umask(before);
  EXPECT_EQ(result.out, "given\nstarted\n") << result.err;
}

TEST(SandboxRun, BringsOutFilesByName) {
  Program program = shell("printf kept > kept.txt; ln -s /etc/passwd link; ln kept.txt hard; printf x > alone; mkfifo fifo; mkdir dir");
  program.collect = {"alone", "kept.txt", "link", "fifo", "dir", "none"};
  program.collect_bytes = 100;
  const RunResult result = run(program);
  ASSERT_EQ(result.files.size(), 6u);
  EXPECT_EQ(result.files[0].bytes, "x");
  EXPECT_EQ(result.files[1].refused, "not a regular file") << "it has two names";
  EXPECT_EQ(result.files[2].refused, "not a regular file");
  EXPECT_EQ(result.files[3].refused, "not a regular file");
  EXPECT_EQ(result.files[4].refused, "not a regular file");
  EXPECT_EQ(result.files[5].refused, "missing");
}

TEST(SandboxRun, ASignalIsTold) {
  const RunResult result = run(shell("kill -SEGV $$"));
  EXPECT_EQ(result.ending, Ending::kSignalled);
  EXPECT_EQ(result.code, SIGSEGV);
}

// Who starts the engine may have it ignore signals (nohup, systemd's IgnoreSIGPIPE), and exec passes that on.
TEST(SandboxRun, IgnoresNoSignalThatTheEngineIgnores) {
  const auto before = signal(SIGPIPE, SIG_IGN);
  const auto xfsz = signal(SIGXFSZ, SIG_IGN);
  const auto own = Sandbox::open({.slots = 1});
  signal(SIGPIPE, before);
  signal(SIGXFSZ, xfsz);
  ASSERT_TRUE(own.ok());
  const auto result = (*own)->run(shell("grep SigIgn /proc/self/status"));
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->out, "SigIgn:\t0000000000000000\n");
}

TEST(SandboxRun, WhatCannotBeExecutedSaysSo) {
  Program program;
  program.argv = {"/no/such/program"};
  const RunResult result = run(program);
  EXPECT_EQ(result.ending, Ending::kNotStarted);
  EXPECT_EQ(result.code, ENOENT);
}

TEST(SandboxLimit, CpuTimeOfTheWholeTree) {
  Program program = shell("(while :; do :; done) & (while :; do :; done) & wait");
  program.limits.cpu = milliseconds(300);
  program.limits.wall = seconds(20);
  const RunResult result = run(program);
  EXPECT_EQ(result.ending, Ending::kTimeLimit);
  EXPECT_GE(result.cpu, milliseconds(300));
  EXPECT_LT(result.cpu, milliseconds(300) + milliseconds(200) * time_factor());
}

TEST(SandboxLimit, WallTimeOfWhatSleeps) {
  Program program = shell("sleep 100");
  program.limits.wall = milliseconds(200);
  const RunResult result = run(program);
  EXPECT_EQ(result.ending, Ending::kIdleLimit);
  EXPECT_LT(result.cpu, milliseconds(100) * time_factor());
}

// Processes that never wait, each in a session of its own, by which kernels may group tasks. All run when it is made.
class Crowd {
 public:
  explicit Crowd(int count) {
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
    int begun[2];
    EXPECT_EQ(pipe(begun), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, begun[1], 1);
    char shell[] = "/bin/sh", option[] = "-c", script[] = "echo; while :; do :; done";
    char* arguments[] = {shell, option, script, nullptr};
    for (pids_.resize(static_cast<std::size_t>(count)); pid_t& pid : pids_) {
      EXPECT_EQ(posix_spawn(&pid, shell, &actions, &attributes, arguments, environ), 0);
    }
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    close(begun[1]);
    char line = 0;
    for (int i = 0; i < count; ++i) EXPECT_EQ(read(begun[0], &line, 1), 1);
    close(begun[0]);
  }
  ~Crowd() {
    for (const pid_t pid : pids_) kill(pid, SIGKILL);
    for (const pid_t pid : pids_) waitpid(pid, nullptr, 0);
  }

 private:
  std::vector<pid_t> pids_;
};

TEST(SandboxLimit, WhatItWaitsForACpuIsNotIdling) {
  Program works = shell("while :; do :; done");
  works.limits.cpu = seconds(60) * time_factor();
  works.limits.wall = milliseconds(400) * time_factor();
  const Crowd crowd(12);
  const RunResult result = run(works);
  if (2 * result.cpu >= result.wall) GTEST_SKIP() << "where its cgroup has a share of the CPUs nobody keeps it from them";
  EXPECT_GE(result.wall, 2 * works.limits.wall);
  EXPECT_LE(result.wall, 4 * works.limits.wall + seconds(1) * time_factor());
}

TEST(SandboxLimit, WhoSleepsGetsNoMoreTimeForOthersWork) {
  Program sleeps = shell("sleep 600");
  sleeps.limits.wall = milliseconds(400) * time_factor();
  const Crowd crowd(10);
  const RunResult result = run(sleeps);
  EXPECT_EQ(result.ending, Ending::kIdleLimit);
  EXPECT_LE(result.wall, 2 * sleeps.limits.wall);
}

TEST(SandboxLimit, MemoryIsTheCgroupsWord) {
  if (!box().enforcement().bounds_trees()) GTEST_SKIP() << "no cgroups here: " << box().enforcement().cgroups;
  Program program = shell("x=aaaaaaaaaaaaaaaa; while :; do x=$x$x; done");
  program.limits.memory_bytes = 32u << 20;
  program.limits.cpu = seconds(10);
  program.limits.wall = seconds(20);
  EXPECT_EQ(run(program).ending, Ending::kMemoryLimit);
}

// Some tens of MiB of files that nobody maps, thrown out of the page cache: whoever reads them next is charged for it.
std::string cold_files() {
  std::string names;
  std::uintmax_t bytes = 0;
  std::error_code problem;
  for (const char* folder : {"/usr/bin", "/usr/sbin", "/usr/lib/x86_64-linux-gnu", "/usr/lib/gcc/x86_64-linux-gnu/12"}) {
    for (const auto& entry : std::filesystem::directory_iterator(folder, problem)) {
      if (!entry.is_regular_file(problem) || names.size() > 8'000 || bytes > (40u << 20)) continue;
      const Descriptor file(open(entry.path().c_str(), O_RDONLY | O_CLOEXEC));
      if (!file || posix_fadvise(file.get(), 0, 0, POSIX_FADV_DONTNEED) != 0) continue;
      names += " '" + entry.path().string() + "'";
      bytes += entry.file_size(problem);
    }
  }
  return names;
}

TEST(SandboxLimit, PageCacheIsNobodysMemory) {
  if (!box().enforcement().bounds_trees()) GTEST_SKIP() << "no cgroups here: " << box().enforcement().cgroups;
  Program reads = shell("cat" + cold_files() + " > /dev/null");
  reads.limits.memory_bytes = 6u << 20;
  reads.limits.cpu = reads.limits.wall = seconds(20) * time_factor();
  EXPECT_EQ(run(reads).ending, Ending::kExited) << "what it read can be given back";
  for (int i = 0; i < 4; ++i) {  // both cells
    const RunResult next = run(shell("exit 0"));
    EXPECT_EQ(next.ending, Ending::kExited);
    EXPECT_LT(next.peak_bytes, 6u << 20) << "what a run before has read is not this one's";
  }
}

TEST(SandboxLimit, OutputPastItsLimitEndsTheProgram) {
  Program program = shell("yes");
  program.limits.output_bytes = 1'000;
  const RunResult result = run(program);
  EXPECT_EQ(result.ending, Ending::kOutputLimit);
  EXPECT_EQ(result.out.size(), 1'000u);
}

TEST(SandboxLimit, OutputIsNoMemory) {
  if (!box().enforcement().bounds_trees()) GTEST_SKIP() << "no cgroups here: " << box().enforcement().cgroups;
  Program prints = shell("head -c 20000000 /dev/zero");
  prints.limits.memory_bytes = 16u << 20;
  prints.limits.output_bytes = 32u << 20;
  const RunResult within = run(prints);
  EXPECT_EQ(within.ending, Ending::kExited);
  EXPECT_LT(within.peak_bytes, 10u << 20);
  prints.limits.output_bytes = 64u << 10;
  prints.argv.back() = "yes";
  EXPECT_EQ(run(prints).ending, Ending::kOutputLimit) << "also where memory ran out before the file was too large";
}

TEST(SandboxLimit, AFloodOfErrorsCostsNothing) {
  const RunResult result = run(shell("yes | head -c 1000000 >&2; echo right"));
  EXPECT_EQ(result.ending, Ending::kExited);
  EXPECT_EQ(result.out, "right\n");
  EXPECT_TRUE(result.err_cut);
  EXPECT_EQ(result.err.size(), kMostErrorBytes);
}

TEST(SandboxLimit, Processes) {
  Program program = shell("for i in 1 2 3 4 5 6 7 8; do sleep 5 & done; wait; echo all");
  program.limits.processes = 4;
  program.limits.wall = seconds(2);
  const RunResult result = run(program);
  EXPECT_THAT(result.err, HasSubstr("fork"));
  EXPECT_TRUE(result.process_limit_hit || !box().enforcement().bounds_trees());
}

TEST(SandboxWalls, NothingOfARunIsLeftForTheNext) {
  const RunResult left =
      run(shell("mkdir -p a/b/c; echo x > a/b/c/f; echo x > /tmp/f; echo x > /dev/shm/f; chmod 000 a; chmod 000 .; sleep 100 & setsid "
                "sleep 100 & exit 0"));
  EXPECT_EQ(left.ending, Ending::kExited);
  EXPECT_EQ(left.leftover, 2);
  for (int slot = 0; slot < 3; ++slot) {
    EXPECT_EQ(run(shell("ls -A . /tmp /dev/shm; ls -ld . | cut -c 1-10; ls /proc > seen; grep -c '^[0-9]' seen")).out,
              ".:\n\n/dev/shm:\n\n/tmp:\ndrwx------\n2\n");
  }
}

// The times of the folders themselves would hold some words, and the cell's next program could be another learner's.
TEST(SandboxWalls, TheTimesOfItsFoldersAreNoLetterBox) {
  const auto one = Sandbox::open({.slots = 1});
  ASSERT_TRUE(one.ok());
  const std::string folders = "/w /tmp /dev/shm";
  const auto left = (*one)->run(shell("touch -d @1234567.891 " + folders + " && stat -c %.9Y " + folders));
  ASSERT_TRUE(left && left->out == "1234567.891000000\n1234567.891000000\n1234567.891000000\n");
  const auto found = (*one)->run(shell("stat -c '%.9X %.9Y' " + folders));
  ASSERT_TRUE(found && found->code == 0);
  EXPECT_THAT(found->out, testing::Not(HasSubstr("1234567")));
}

TEST(SandboxWalls, InputThatIsNotThereIsNoDeviceOfTheHost) {
  struct stat before {}, after {};
  ASSERT_EQ(stat("/dev/null", &before), 0);
  EXPECT_EQ(run(shell("cat | wc -c; touch /proc/self/fd/0; true")).out, "0\n");
  ASSERT_EQ(stat("/dev/null", &after), 0);
  EXPECT_EQ(after.st_mtim.tv_sec, before.st_mtim.tv_sec);
  EXPECT_EQ(after.st_mtim.tv_nsec, before.st_mtim.tv_nsec);
}

TEST(SandboxWalls, TheHostIsNotThere) {
  EXPECT_EQ(run(shell("ls /root /home /var /etc/shadow /usr/local /sys 2>/dev/null; cat /etc/passwd")).out,
            "program:x:1000:1000::/w:/bin/sh\n");
  EXPECT_EQ(run(shell("id -u; id -g; id -G; hostname; ls /dev/fd/ | tr '\\n' ' '")).out, "1000\n1000\n1000\ncell\n0 1 2 3 ");
  EXPECT_EQ(run(shell("env | sort | tr '\\n' ' '")).out, "PATH=/usr/bin:/bin PWD=/w ");
}

std::string told(const std::vector<WallFinding>& findings) {
  std::string out;
  for (const WallFinding& one : findings) {
    if (one.state != WallState::kEnforced) out += one.wall + "(" + std::to_string(static_cast<int>(one.state)) + " " + one.detail + ") ";
  }
  return out;
}

TEST(SandboxSelfTest, EveryWallHoldsHere) {
  const auto findings = self_test(box());
  ASSERT_TRUE(findings.ok());
  EXPECT_EQ(findings->size(), 19u);
  for (const WallFinding& one : *findings) EXPECT_NE(one.state, WallState::kAbsent) << one.wall << ": " << one.detail;
  EXPECT_EQ(fit_for_strangers(*findings), box().enforcement().bounds_trees()) << told(*findings);
}

TEST(SandboxSelfTest, ASecondSandboxOfTheProcessHasWhatTheFirstHas) {
  const auto second = Sandbox::open({.slots = 1});
  ASSERT_TRUE(second.ok());
  EXPECT_EQ((*second)->enforcement().cgroup_version, box().enforcement().cgroup_version) << (*second)->enforcement().cgroups;
}

TEST(SandboxSelfTest, ACgroupThatIsNoneIsNotUsed) {
  const auto lost = Sandbox::open({.slots = 1, .cgroup = "nowhere"});
  ASSERT_TRUE(lost.ok());
  EXPECT_NE((*lost)->enforcement().cgroup_version, 2) << (*lost)->enforcement().cgroups;
}

TEST(SandboxSelfTest, WithoutCgroupsItSaysSo) {
  auto weak = Sandbox::open({.slots = 1, .cgroup = "none"});
  ASSERT_TRUE(weak.ok());
  const auto findings = self_test(**weak);
  ASSERT_TRUE(findings.ok());
  EXPECT_FALSE(fit_for_strangers(*findings));
  EXPECT_THAT(told(*findings), testing::AllOf(HasSubstr("cgroups(1"), HasSubstr("memory(1"), testing::Not(HasSubstr("(2"))))
      << told(*findings);
}

}  // namespace
}  // namespace otmetka::sandbox
