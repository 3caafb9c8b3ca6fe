// Every program of this folder in the sandbox, in the mode that this process has: root or not, with cgroups or without.
// OTMETKA_HOSTILE_CGROUP=none takes the cgroups away; OTMETKA_HOSTILE_MODE says which mode it must be. OTMETKA_HOSTILE_PROGRAMS is
// a folder with the programs compiled, for a machine without a compiler. tests/hostile/README.md says what each is held to.
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iostream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sandbox/sandbox.h"
#include "tests/hostile/row.h"
#include "tests/support/time_factor.h"

namespace otmetka::hostile {
namespace {

using sandbox::Ending;
using sandbox::MemoryFile;
using sandbox::Program;
using sandbox::RunResult;
using sandbox::Sandbox;

const std::filesystem::path kFolder = std::filesystem::path(OTMETKA_SOURCE_DIR) / "tests/hostile";

Sandbox& box() {
  static const auto opened = [] {
    const char* cgroup = std::getenv("OTMETKA_HOSTILE_CGROUP");
    auto made = Sandbox::open({.slots = 1, .cgroup = cgroup == nullptr ? "" : cgroup});  // one slot: the next run is in the same cell
    if (!made) std::abort();
    return std::move(*made);
  }();
  return *opened;
}

std::string mode() {
  if (!box().enforcement().bounds_trees()) return "bare";
  return geteuid() == 0 ? "root" : "delegated";
}

std::shared_ptr<const MemoryFile> file_bytes(const std::filesystem::path& path) {
  const sandbox::Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  auto bytes = MemoryFile::read(file.get(), 64u << 20);
  return bytes ? *bytes : nullptr;
}

bool run_and_wait(std::vector<std::string> words) {
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  pid_t pid = -1;
  int status = -1;
  return posix_spawn(&pid, argv[0], nullptr, nullptr, argv.data(), environ) == 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

// The programs are ours; only running them is not safe. The options stand in tests/cgroup2/run.sh too.
std::shared_ptr<const MemoryFile> compiled(const std::filesystem::path& source) {
  if (const char* folder = std::getenv("OTMETKA_HOSTILE_PROGRAMS")) return file_bytes(std::filesystem::path(folder) / source.stem());
  const std::filesystem::path out = std::filesystem::temp_directory_path() / ("otmetka-hostile-" + std::to_string(getpid()));
  if (!run_and_wait(
          {"/usr/bin/gcc", "-std=gnu17", "-D_GNU_SOURCE", "-O1", "-w", "-static", "-pthread", "-o", out.string(), source.string()})) {
    return nullptr;
  }
  auto bytes = file_bytes(out);
  std::filesystem::remove(out);
  return bytes;
}

Program program_of(const Row& row, const std::string& right) {
  Program program;
  program.limits = row.limits;
  const std::string ending = right.starts_with("weak ") ? right.substr(5) : right;
  const bool either = ending == "TIME_LIMIT / IDLE_LIMIT";
  if (ending != "TIME_LIMIT" && !either) program.limits.cpu *= time_factor();  // what is to strike stays as it is
  if (ending != "IDLE_LIMIT" && !either) program.limits.wall *= time_factor();
  program.environment = {"PATH=/usr/bin:/bin"};
  if (!row.input.empty()) program.input = *MemoryFile::make(row.input);
  if (!row.given_name.empty()) program.files = {{row.given_name, *MemoryFile::make(row.given_text)}};
  if (row.file.extension() == ".py") {
    program.argv = {"/usr/bin/python3", "-I", "-S", "program.py"};
    program.files.push_back({"program.py", file_bytes(row.file)});
  } else {
    program.argv = {row.file.stem()};
    program.executable = compiled(row.file);
  }
  return program;
}

Program clean_program() {
  Program program;
  program.argv = {"/bin/sh", "-c", "echo clean; ls -A /w /tmp /dev/shm"};
  program.environment = {"PATH=/usr/bin:/bin"};
  program.limits.processes = 4;
  program.limits.cpu *= time_factor();
  program.limits.wall *= time_factor();
  return program;
}

std::size_t open_descriptors() {
  std::size_t count = 0;
  DIR* folder = opendir("/proc/self/fd");
  while (readdir(folder) != nullptr) ++count;
  closedir(folder);
  return count;
}

class Hostile : public testing::TestWithParam<Row> {};

TEST_P(Hostile, IsContained) {
  const Row& row = GetParam();
  if (const char* asked = std::getenv("OTMETKA_HOSTILE_MODE")) {
    ASSERT_EQ(mode(), asked) << box().enforcement().cgroups;
  }
  ASSERT_EQ(row.unread, "") << "the header of " << row.file;
  ASSERT_TRUE(row.right.contains(mode())) << row.file << " does not say what is right in mode " << mode();
  const std::string right = row.right.at(mode());
  if (right.starts_with("REFUSED")) {
    EXPECT_FALSE(box().enforcement().bounds_trees()) << "refused though this machine can enforce it";
    return;
  }
  Program program = program_of(row, right);
  ASSERT_TRUE(row.file.extension() == ".py" || program.executable) << "does not compile";
  ASSERT_TRUE(box().run(clean_program()).ok());
  const std::size_t descriptors = open_descriptors();
  const std::vector<std::string> words = program.argv;
  for (int round = 0; round < row.repeat; ++round) {
    RunResult last;
    for (std::size_t i = 0; i < std::max<std::size_t>(row.runs.size(), 1); ++i) {
      program.argv = words;
      if (!row.runs.empty()) program.argv.push_back(row.runs[i]);
      const auto began = std::chrono::steady_clock::now();
      auto result = box().run(program);
      ASSERT_TRUE(result.ok()) << "INFRA_ERROR is never right: " << result.failure().code();
      EXPECT_LE(std::chrono::steady_clock::now() - began, program.limits.wall + std::chrono::seconds(2) * time_factor()) << "H1";
      EXPECT_THAT(result->out + result->err, testing::Not(testing::HasSubstr(OTMETKA_SOURCE_DIR))) << "H5";
      last = std::move(*result);
    }
    ASSERT_TRUE(is_one_of(ending_text(last), right)) << "is " << ending_text(last) << ", right is " << right << "\n"
                                                     << last.out.substr(0, 500) << "\n" << last.err.substr(0, 500);
    if (!row.prints.empty()) {
      EXPECT_EQ(last.out, row.prints);
    }
    if (!right.starts_with("weak")) {
      EXPECT_THAT(last.out.substr(0, 4096), testing::Not(testing::HasSubstr("open: ")));
    }
  }
  const auto next = box().run(clean_program());
  EXPECT_EQ(open_descriptors(), descriptors) << "H2";
  ASSERT_TRUE(next.ok()) << "H3";
  EXPECT_EQ(next->ending, Ending::kExited) << "H3: " << ending_text(*next);
  EXPECT_EQ(next->out, "clean\n/dev/shm:\n\n/tmp:\n\n/w:\n") << "H3";
}

std::vector<Row> rows() { return read_rows(kFolder); }

INSTANTIATE_TEST_SUITE_P(All, Hostile, testing::ValuesIn(rows()), [](const auto& row) { return row.param.file.stem().string(); });

TEST(HostileFolder, HasARowForEachThingThatIsTried) {
  std::map<char, int> count;
  for (const Row& row : rows()) {
    ++count[row.id.empty() ? '?' : row.id[0]];
    std::string stem = row.file.stem();
    stem[0] = static_cast<char>(std::toupper(stem[0]));
    EXPECT_TRUE(stem.starts_with(row.id)) << row.file << " says it is " << row.id;
  }
  EXPECT_EQ(count['?'], 0);
  EXPECT_GE(count['A'], 17);
  EXPECT_GE(count['B'], 15);
  EXPECT_GE(count['C'], 21);
  EXPECT_GE(count['D'], 21);
  EXPECT_GE(count['E'], 30);
}

}  // namespace
}  // namespace otmetka::hostile
