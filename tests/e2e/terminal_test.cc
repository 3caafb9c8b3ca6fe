// What a person sees on a terminal: progress that never runs into what is printed there.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"
#include "tests/e2e/specs.h"

namespace otmetka::e2e {
namespace {

using testing::HasSubstr;

// Standard output and error of a run whose terminal they both are.
std::string on_terminal(const Scratch& folder, std::vector<std::string> command) {
  const int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal < 0 || grantpt(terminal) != 0 || unlockpt(terminal) != 0) return {};
  const int program_side = open(ptsname(terminal), O_RDWR | O_NOCTTY | O_CLOEXEC);
  std::vector<char*> words;
  for (std::string& word : command) words.push_back(word.data());
  words.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    const bool there = chdir(folder.path().c_str()) == 0;
    if (there && dup2(program_side, STDOUT_FILENO) >= 0 && dup2(program_side, STDERR_FILENO) >= 0) execv(words[0], words.data());
    _exit(127);
  }
  close(program_side);
  std::string out;
  char part[4096];
  for (ssize_t n = 0; (n = read(terminal, part, sizeof part)) > 0;) out.append(part, static_cast<std::size_t>(n));
  waitpid(child, nullptr, 0);
  close(terminal);
  return out;
}

// Whatever stands behind the label and its bar, up to what comes next.
void expect_cleared(const std::string& out, const std::string& label) {
  const std::string begin = "\r\033[K" + label + " ";
  std::size_t at = out.find(begin);
  ASSERT_NE(at, std::string::npos) << out;
  for (; at != std::string::npos; at = out.find(begin, at + 1)) {
    const std::size_t end = out.find_first_not_of("0123456789/ [#.]", at + begin.size());
    ASSERT_NE(end, std::string::npos) << out;
    EXPECT_EQ(out.substr(end, 4), "\r\033[K") << out.substr(at, 100);
  }
}

class Terminal : public testing::Test {
 protected:
  Scratch folder;
  std::string spec = folder.write("small.yaml", kSmallSpec);
};

TEST_F(Terminal, TheTableAndTheTotalsStandOnLinesOfTheirOwn) {
  std::string lines;
  for (int i = 0; i < 3'000; ++i) lines += right_line("l-" + std::to_string(i));
  folder.write("a.jsonl", lines);
  for (const char* format : {"table", "csv", "jsonl"}) {
    const std::string out = on_terminal(folder, otmetka({"grade", "--lang", "en", "--spec", "small.yaml", "--format", format, "a.jsonl"}));
    expect_cleared(out, "graded");
    EXPECT_EQ(count_of(out, "\n3000 works") + count_of(out, "\r\033[K3000 works"), 1u) << format;
    EXPECT_GT(count_of(out, " [#"), 0u) << format << ": a bar, since the file's size is known";
  }
}

TEST_F(Terminal, SubmitsTotalStandsOnALineOfItsOwn) {
  folder.write("many.jsonl", many_submissions(3'000));
  const std::string out = on_terminal(folder, otmetka({"submit", "--lang", "en", "--queue", "embedded:queue", "many.jsonl"}));
  expect_cleared(out, "published");
  EXPECT_THAT(out, HasSubstr("\r\033[Kpublished: 3000\r\n"));
}

TEST_F(Terminal, AHintHasALineOfItsOwn) {
  EXPECT_THAT(on_terminal(folder, otmetka({"grade", "--lang", "en", "--spec", "small.yaml", "--fail-under", "most", "a.jsonl"})),
              HasSubstr("“most” is no share from 0 to 1\r\n  write 60% or 0.6\r\n"));
}

}  // namespace
}  // namespace otmetka::e2e
