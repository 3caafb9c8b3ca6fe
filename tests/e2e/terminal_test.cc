// What a person sees on a terminal: progress that never runs into what is printed there.
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"
#include "tests/e2e/specs.h"

namespace otmetka::e2e {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// Standard output and error of a run whose terminal they both are.
std::string on_terminal(const Scratch& folder, const std::vector<std::string>& command) {
  int terminal = -1;
  const pid_t child = forkpty(&terminal, nullptr, nullptr, nullptr);
  if (child == 0) {
    std::vector<char*> words;
    for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    if (chdir(folder.path().c_str()) != 0) _exit(126);
    setenv("TERM", "dumb", 1);
    execv(words[0], words.data());
    _exit(127);
  }
  std::string out;
  char part[4096];
  for (ssize_t n; child > 0 && (n = read(terminal, part, sizeof part)) > 0;) out.append(part, static_cast<std::size_t>(n));
  if (child > 0) waitpid(child, nullptr, 0);
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
    EXPECT_THAT(out, AllOf(HasSubstr(" [#"), HasSubstr("\r\033[K3000 works"))) << format << ": a bar, since the file's size is known";
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
