// `otmetka run`: one program in the bare sandbox, as a script or a person calls it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"

namespace otmetka::e2e {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class Run : public testing::Test {
 protected:
  Ran in_sandbox(std::vector<std::string> words, const Setting& setting = {}) const {
    words.insert(words.begin(), {"run", "--lang", "en", "--allow-weak-sandbox"});
    return run(folder, otmetka(words), setting);
  }
  void make_executable(const std::string& path) const {
    std::filesystem::permissions(path, std::filesystem::perms::owner_exec, std::filesystem::perm_options::add);
  }
  Scratch folder;
};

TEST_F(Run, StandardInputIsAFileOrAPipe) {
  folder.write("in.txt", "of a file\n");
  EXPECT_EQ(in_sandbox({"--stdin", "in.txt", "--", "/usr/bin/cat"}).out, "of a file\n");
  const Ran piped = run(folder, {"/bin/sh", "-c", "printf 'of a pipe' | \"$0\" run --allow-weak-sandbox --stdin - -- /usr/bin/cat",
                                 otmetka({}).front()});
  EXPECT_EQ(piped.out, "of a pipe") << piped.err;
}

TEST_F(Run, WhatCannotBeInputIsNamed) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"--stdin", ".", "--", "/usr/bin/cat"},
                                                {"--file", ".", "--", "/usr/bin/ls"}, {"--", "./"}}) {
    const Ran ran = in_sandbox(words);
    EXPECT_EQ(ran.exit_code, 2) << words.front();
    EXPECT_THAT(ran.err, AllOf(HasSubstr("OT362"), HasSubstr("Is a directory"))) << words.front();
  }
  const Ran endless = in_sandbox({"--stdin", "/dev/zero", "--", "/usr/bin/true"});
  EXPECT_EQ(endless.exit_code, 2);
  EXPECT_THAT(endless.err, AllOf(HasSubstr("“/dev/zero”"), HasSubstr("File too large")));
}

TEST_F(Run, AScriptIsStartedByItsInterpreter) {
  make_executable(folder.write("tell.sh", "#!/bin/sh\necho \"$1 $(cat data)\"\n"));
  folder.write("data", "me");
  EXPECT_EQ(in_sandbox({"--processes", "3", "--file", "data", "--", "./tell.sh", "tell"}).out, "tell me\n");
  EXPECT_EQ(in_sandbox({"--processes", "3", "--file", "data", "--file", "tell.sh", "--", "/w/tell.sh", "tell"}).out, "tell me\n");
}

// Of a rootless one with a single id: it may map none but its own.
TEST_F(Run, RootOfAContainerRunsProgramsAsWell) {
  const std::vector<std::string> container = {"unshare", "--user", "--map-root-user"};
  std::vector<std::string> command = otmetka({"run", "--allow-weak-sandbox", "--", "/usr/bin/id", "-u"});
  command.insert(command.begin(), container.begin(), container.end());
  const Ran ran = run(folder, command);
  EXPECT_EQ(ran.out, "1000\n") << ran.err;
}

TEST_F(Run, WhatCannotBeStartedSaysWhy) {
  make_executable(folder.write("s", "#!/no/such/interpreter\n"));
  const Ran missing = in_sandbox({"--", "./s"});
  EXPECT_EQ(missing.exit_code, 1);
  EXPECT_THAT(missing.err, HasSubstr("could not be started (exec: No such file or directory)"));
  make_executable(folder.write("t", "neither a program nor a script"));
  EXPECT_THAT(in_sandbox({"--", "./t"}).err, HasSubstr("(exec: Exec format error)"));
}

TEST_F(Run, TwoFilesOfOneNameAndTooLittleMemoryAreRefused) {
  folder.write("a/x", "1");
  folder.write("b/x", "2");
  const Ran twice = in_sandbox({"--file", "a/x", "--file", "b/x", "--", "/usr/bin/cat", "x"});
  EXPECT_EQ(twice.exit_code, 2);
  EXPECT_THAT(twice.err, AllOf(HasSubstr("OT568"), HasSubstr("“x”")));
  const Ran tight = in_sandbox({"--memory", "1B", "--", "/usr/bin/true"});
  EXPECT_EQ(tight.exit_code, 2);
  EXPECT_THAT(tight.err, HasSubstr("“1B” is no size of 1 MiB or more"));
}

TEST_F(Run, BytesThatAreNoTextStandInTheJsonWhole) {
  const Ran ran = in_sandbox({"--format", "json", "--", "/usr/bin/printf", "\\377\\001"});
  EXPECT_THAT(ran.out, HasSubstr("\"stdout_base64\":\"/wE=\""));
  EXPECT_THAT(in_sandbox({"--format", "json", "--", "/usr/bin/printf", "x"}).out, testing::Not(HasSubstr("base64")));
}

TEST_F(Run, TheExitCodeSaysWhetherTheProgramDidWell) {
  EXPECT_EQ(in_sandbox({"--", "/usr/bin/true"}).exit_code, 0);
  EXPECT_EQ(in_sandbox({"--", "/usr/bin/false"}).exit_code, 1);
  const Ran json = in_sandbox({"--format", "json", "--wall", "200ms", "--", "/usr/bin/sleep", "60"});
  EXPECT_EQ(json.exit_code, 1);
  EXPECT_THAT(json.out, HasSubstr("\"ending\":\"IDLE_LIMIT\""));
}

}  // namespace
}  // namespace otmetka::e2e
