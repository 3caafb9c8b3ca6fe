#include "tests/hostile/setting.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/time_factor.h"

namespace otmetka::hostile {
namespace {

using sandbox::Ending;
using sandbox::Program;

namespace fs = std::filesystem;

struct Secret {
  std::string word = "hidden-answer-" + std::to_string(getpid());
  std::string file;
  int memory = -1;

  Secret() {
    const fs::path folder = fs::temp_directory_path() / ("otmetka-hostile-secret-" + std::to_string(getpid()));
    fs::create_directories(folder);
    file = (folder / "answer.h").string();
    std::ofstream(file) << word << '\n';
    setenv("OTMETKA_HOSTILE_ANSWER", word.c_str(), 1);
    memory = memfd_create("answer", MFD_CLOEXEC);
    if (write(memory, word.data(), word.size()) != static_cast<ssize_t>(word.size())) std::abort();
  }
  ~Secret() {
    close(memory);
    std::error_code ignored;
    fs::remove_all(fs::path(file).parent_path(), ignored);
  }
};

const Secret& secret() {
  static const Secret kSecret;
  return kSecret;
}

Program shell(const std::string& script) {
  Program program;
  program.argv = {"/bin/sh", "-c", script};
  program.environment = {"PATH=/usr/bin:/bin"};
  program.limits.processes = 4;
  program.limits.cpu *= time_factor();
  program.limits.wall *= time_factor();
  return program;
}

// Both cells at once: afterwards there are two, and each has run something clean.
void run_clean_pair(sandbox::Sandbox& box, const char* law) {
  const auto both = box.run_pair(shell("echo to; read x; test $x = fro"), shell("echo fro; read x; test $x = to"));
  ASSERT_TRUE(both.ok()) << law;
  for (const sandbox::RunResult* one : {&both->program, &both->interactor}) {
    EXPECT_EQ(one->ending, Ending::kExited) << law;
    EXPECT_EQ(one->code, 0) << law;
  }
}

}  // namespace

sandbox::SandboxOptions two_slots() {
  const char* cgroup = std::getenv("OTMETKA_HOSTILE_CGROUP");
  secret();  // before the first cell is born
  return {.slots = 2, .cgroup = cgroup == nullptr ? "" : cgroup};
}

std::string mode_of(const sandbox::Sandbox& box) {
  const std::string mode = !box.enforcement().bounds_trees() ? "bare" : geteuid() == 0 ? "root" : "delegated";
  if (const char* asked = std::getenv("OTMETKA_HOSTILE_MODE")) {
    EXPECT_EQ(mode, asked) << box.enforcement().cgroups;
  }
  return mode;
}

const std::string& secret_file() { return secret().file; }

void tells_nothing(std::string_view text) {
  EXPECT_THAT(text, testing::Not(testing::HasSubstr(OTMETKA_SOURCE_DIR))) << "H5";
  EXPECT_THAT(text, testing::Not(testing::HasSubstr(secret().word))) << "H5";
}

Program clean_program() { return shell("echo clean; ls -A /w /tmp /dev/shm"); }

Watch::Watch(sandbox::Sandbox& box, bool neighbour) : box_(box) {
  run_clean_pair(box_, "before anything hostile is run");
  before_ = host_state(box_);
  if (neighbour) neighbour_ = std::make_unique<Neighbour>(box_);
}

void Watch::run_begins() {
  if (neighbour_) neighbour_->begin_work();
}

void Watch::run_ended() {
  if (neighbour_) {
    EXPECT_EQ(neighbour_->finish_work(), "") << "H4";
  }
}

void Watch::end(std::size_t kept) {
  if (neighbour_) {
    const auto next = box_.run(clean_program());  // the neighbour has the other cell
    ASSERT_TRUE(next.ok()) << "H3";
    EXPECT_EQ(next->ending, Ending::kExited) << "H3";
    EXPECT_EQ(next->out, kCleanOutput) << "H3";
    EXPECT_EQ(neighbour_->end(), "") << "H4";
    neighbour_.reset();
  } else {
    run_clean_pair(box_, "H3");
  }
  EXPECT_EQ(difference(before_, host_state(box_), kept), "") << "H2";
}

}  // namespace otmetka::hostile
