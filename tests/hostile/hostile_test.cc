// Every program of this folder in the sandbox, in the mode that this process has (run_mode.sh gives it another).
// OTMETKA_HOSTILE_PROGRAMS is a folder with the programs compiled, for a machine without a compiler. tests/hostile/README.md says
// what each is held to.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sandbox/sandbox.h"
#include "tests/hostile/row.h"
#include "tests/hostile/setting.h"
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
    auto made = Sandbox::open(two_slots());
    if (!made) std::abort();
    return std::move(*made);
  }();
  return *opened;
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
  program.argv = {row.file.stem()};
  program.executable = compiled(row.file);
  program.collect = row.collects;
  program.collect.insert(program.collect.end(), row.refuses.begin(), row.refuses.end());
  program.collect_bytes = 64u << 10;
  if (!row.input.empty()) program.input = *MemoryFile::make(row.input);
  if (!row.given_name.empty()) program.files = {{row.given_name, *MemoryFile::make(row.given_text)}};
  return program;
}

// The run's result, or that of the first of a pair.
Result<RunResult> run_once(const Row& row, Program program, const std::string& word) {
  if (!word.empty()) program.argv.push_back(word);
  if (row.pair.empty()) return box().run(program);
  Program other = program;
  program.argv.push_back(row.pair[0]);
  other.argv.push_back(row.pair[1]);
  auto both = box().run_pair(program, other);
  if (!both) return both.failure();
  EXPECT_NE(both->interactor.ending, Ending::kNotStarted);
  tells_nothing(both->interactor.err);
  return std::move(both->program);
}

// As often at once as the row says; they wait for each other where there are more than slots.
std::vector<Result<RunResult>> run_at_once(const Row& row, const Program& program, const std::string& word) {
  const auto count = static_cast<std::size_t>(row.at_once);
  std::vector<Result<RunResult>> results(count, RunResult{});
  const auto began = std::chrono::steady_clock::now();
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < count; ++i) others.emplace_back([&, i] { results[i] = run_once(row, program, word); });
  results[0] = run_once(row, program, word);
  for (std::thread& one : others) one.join();
  const auto turns = static_cast<int>((count + 1) / 2);
  const auto took = std::chrono::steady_clock::now() - began;
  std::chrono::nanoseconds starved{0};
  for (const Result<RunResult>& one : results) starved = std::max(starved, one ? one->starved : std::chrono::nanoseconds(0));
  EXPECT_LE(took, turns * (program.limits.wall + starved + std::chrono::seconds(1) * time_factor())) << "H1";
  return results;
}

// What is brought out is what the program wrote, and nothing else that there is.
void check_files(const Row& row, const RunResult& result) {
  for (const sandbox::CollectedFile& file : result.files) {
    const bool must_not = std::find(row.refuses.begin(), row.refuses.end(), file.name) != row.refuses.end();
    EXPECT_TRUE(!file.refused.empty() || !must_not) << file.name << " was taken";
    EXPECT_THAT(file.bytes, testing::AnyOf("", "mine", "mine\n")) << file.name;
  }
}

void check_result(const Row& row, const std::string& right, const RunResult& result) {
  EXPECT_TRUE(is_one_of(ending_text(result), right)) << "is " << ending_text(result) << ", right is " << right << "\n"
                                                     << result.out.substr(0, 500) << "\n" << result.err.substr(0, 500);
  if (!row.prints.empty()) {
    EXPECT_EQ(result.out, row.prints);
  }
  if (!right.starts_with("weak")) {
    EXPECT_THAT(result.out.substr(0, 4096), testing::Not(testing::HasSubstr("open: ")));
  }
}

// All words of the row once, each held to H5; `right` is of the last.
void run_words(const Row& row, const std::string& right, const Program& program) {
  std::vector<std::string> words = row.runs;
  if (words.empty()) words.emplace_back();
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (const auto& result : run_at_once(row, program, words[i])) {
      ASSERT_TRUE(result.ok()) << "INFRA_ERROR is never right: " << result.failure().code();
      tells_nothing(result->out);
      tells_nothing(result->err);
      check_files(row, *result);
      if (i + 1 == words.size()) check_result(row, right, *result);
    }
  }
}

class Hostile : public testing::TestWithParam<Row> {};

TEST_P(Hostile, IsContained) {
  const Row& row = GetParam();
  const std::string mode = mode_of(box());
  ASSERT_EQ(row.unread, "") << "the header of " << row.file;
  ASSERT_TRUE(row.right.contains(mode)) << row.file << " does not say what is right in mode " << mode;
  const std::string right = row.right.at(mode);
  if (right.starts_with("REFUSED")) {
    EXPECT_FALSE(box().enforcement().bounds_trees()) << "refused though this machine can enforce it";
    return;
  }
  const Program program = program_of(row, right);
  ASSERT_TRUE(program.executable) << "does not compile";
  Watch watch(box(), row.pair.empty() && row.at_once == 1);
  for (int round = 0; round < row.repeat && !HasFailure(); ++round) {
    watch.run_begins();
    run_words(row, right, program);
    watch.run_ended();
  }
  watch.end();
}

INSTANTIATE_TEST_SUITE_P(All, Hostile, testing::ValuesIn(read_rows(kFolder)),
                         [](const auto& row) { return row.param.file.stem().string(); });

}  // namespace
}  // namespace otmetka::hostile
