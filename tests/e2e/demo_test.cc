// samples/demo.sh, with this build's program: what `./run demo` shows, and that it leaves nothing running.
#include <sched.h>

#include <algorithm>
#include <charconv>
#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"

namespace otmetka::e2e {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kMark = "OTMETKA_DEMO_TEST=";

// The living processes that were started with this variable, by themselves or by those that they were started by.
std::vector<std::string> processes_with(const std::string& variable) {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string pid = entry.path().filename().string();
    if (pid.find_first_not_of("0123456789") != std::string::npos) continue;
    if (bytes_of(entry.path() / "environ").find(variable) != std::string::npos) out.push_back(pid);
  }
  return out;
}

// What these processes have had in memory at most, each on its own, in KiB: more than all had at one moment.
long peak_kib(const std::vector<std::string>& pids) {
  long sum = 0;
  for (const std::string& pid : pids) {
    const std::string status = bytes_of("/proc/" + pid + "/status");
    const std::size_t at = status.find("VmHWM:");
    const std::size_t digits = at == std::string::npos ? at : status.find_first_of("0123456789", at);
    long kib = 0;
    if (digits != std::string::npos) std::from_chars(status.data() + digits, status.data() + status.size(), kib);
    sum += kib;
  }
  return sum;
}

// The first core that this process may use.
std::string a_core() {
  cpu_set_t usable;
  sched_getaffinity(0, sizeof usable, &usable);
  int core = 0;
  while (core < CPU_SETSIZE - 1 && !CPU_ISSET(core, &usable)) ++core;
  return std::to_string(core);
}

class Demo : public testing::Test {
 protected:
  std::vector<std::string> command(const std::string& otmetka_or_not) const {
    return {project_file("samples/demo.sh"), otmetka_or_not, folder.at("demo")};
  }
  Ran demo(const std::string& otmetka_or_not, std::vector<std::string> environment = {}) const {
    environment.push_back(mark);
    return run(folder, command(otmetka_or_not), {.environment = std::move(environment)});
  }
  const std::string program = otmetka({}).front();
  Scratch folder;
  const std::string mark = kMark + folder.at("");
  const std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now();
};

TEST_F(Demo, ShowsTheWholeJobAndCanBeRunAgain) {
  for (const char* again : {"first", "second"}) {
    const Ran ran = demo(program, {"LANG=en_GB.UTF-8"});
    EXPECT_EQ(ran.exit_code, 0) << again << '\n' << ran.err;
    EXPECT_THAT(ran.out, AllOf(HasSubstr("200 of 200"), HasSubstr("p-010"), HasSubstr("final mark"), HasSubstr("results.csv")));
    EXPECT_THAT(processes_with(mark), IsEmpty());
  }
}

TEST_F(Demo, SpeaksRussianToo) {
  const Ran ran = demo(program, {"LANG=ru_RU.UTF-8"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("200 из 200"), HasSubstr("Где что лежит"), HasSubstr("итог")));
}

TEST_F(Demo, SaysWhatIsMissing) {
  const Ran ran = demo(folder.at("no-such-program"), {"LANG=en_GB.UTF-8"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.err, HasSubstr("./run build"));
}

TEST_F(Demo, AServerThatDiesIsToldAndEndsTheDemonstration) {
  const std::string dying = folder.write("dying", "#!/bin/sh\ncase $1 in serve) echo no luck >&2; exit 7 ;; "
                                             "submit) exec sleep 600 ;; esac\n");
  std::filesystem::permissions(dying, std::filesystem::perms::owner_all);
  const Ran ran = demo(dying, {"LANG=en_GB.UTF-8"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("7"), HasSubstr("no luck")));
  EXPECT_THAT(processes_with(mark), IsEmpty()) << "the submission slept for ten minutes";
}

TEST_F(Demo, FitsInOneCoreAnd512Mebibytes) {
  std::vector<std::string> words = command(program);
  words.insert(words.begin(), {"taskset", "-c", a_core()});
  Running demo(folder, words, {.environment = {"LANG=en_GB.UTF-8", mark}});
  long most = 0;
  std::size_t together = 0;
  while (!demo.ended_within(std::chrono::milliseconds(5))) {
    const auto pids = processes_with(mark);
    together = std::max(together, pids.size());
    most = std::max(most, peak_kib(pids));
    if (std::chrono::steady_clock::now() - begun > kPatience) break;
  }
  const Ran ran = demo.wait();
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_GE(together, 3u) << "the script, the server and the submission were not all seen";
  EXPECT_LE(most, 512 * 1024);
  RecordProperty("peak_kib", std::to_string(most));
}

TEST_F(Demo, LeavesAFolderThatIsNotItsOwnAlone) {
  folder.write("demo/precious.txt", "mine");
  EXPECT_EQ(demo(program).exit_code, 1);
  EXPECT_EQ(folder.read("demo/precious.txt"), "mine");
}

}  // namespace
}  // namespace otmetka::e2e
