// `otmetka verify`: the packages of samples/ keep what they say; one that does not is found out.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"

namespace otmetka::e2e {
namespace {

namespace fs = std::filesystem;

using testing::AllOf;
using testing::Each;
using testing::HasSubstr;
using testing::Not;

class Package : public testing::TestWithParam<const char*> {
 protected:
  Scratch folder;
};

TEST_P(Package, EverySubmissionGetsWhatItsFolderSays) {
  const Ran ran =
      run(folder, otmetka({"verify", "--lang", "en", "--format", "jsonl", project_file(std::string("samples/packages/") + GetParam())}));
  EXPECT_EQ(ran.exit_code, 0) << ran.err << ran.out;
  const auto rows = lines_of(ran.out);
  EXPECT_GE(rows.size(), 3u);
  EXPECT_THAT(rows, Each(AllOf(HasSubstr("\"submission\":\"submissions/"), HasSubstr("\"expected\":["), HasSubstr("\"verdict\":\""),
                               HasSubstr("\"tests\":["), Not(HasSubstr("\"agrees\":false")))));
}

INSTANTIATE_TEST_SUITE_P(All, Package, testing::Values("hello", "split", "guess", "ladder"),
                         [](const auto& tested) { return std::string(tested.param); });

TEST(Verify, ASubmissionInTheWrongFolderIsADisagreement) {
  const Scratch folder;
  fs::create_directories(folder.at("p/data/secret"));
  folder.write("p/problem.yaml", "name: Sum\n");
  folder.write("p/data/secret/1.in", "1 2\n");
  folder.write("p/data/secret/1.ans", "3\n");
  folder.write("p/submissions/accepted/good.py", "print(sum(map(int, input().split())))\n");
  folder.write("p/submissions/accepted/bad.py", "print(4)\n");
  folder.write("p/submissions/run_time_error/none.zig", "x\n");
  const Ran ran = run(folder, otmetka({"verify", "--lang", "en", "--format", "jsonl", "p"}));
  EXPECT_EQ(ran.exit_code, 1) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("\"failed\":{\"test\":\"secret/1\",\"verdict\":\"WRONG_ANSWER\",\"detail\":\"Token 1 (line 1): “3” was "
                                 "expected, “4” came.\""));
  EXPECT_THAT(ran.out, AllOf(HasSubstr("\"verdict\":\"WRONG_ANSWER\",\"agrees\":false"),
                             HasSubstr("\"verdict\":\"SKIPPED\",\"agrees\":null"), HasSubstr("\"verdict\":\"GRADED\",\"agrees\":true")));
}

TEST(Verify, BeneathTheTableStandsWhatFailed) {
  const Scratch folder;
  folder.write("p/problem.yaml", "name: \"Sum \\e[31m\"\n");
  folder.write("p/data/secret/1.in", "1 2\n");
  folder.write("p/data/secret/1.ans", "3\n");
  folder.write("p/submissions/wrong_answer/a.py", "import sys\nsys.exit('no idea')\n");
  folder.write("p/submissions/wrong_answer/b.cpp", "int main() { return missing; }\n");
  const Ran ran = run(folder, otmetka({"verify", "--lang", "en", "p"}));
  EXPECT_EQ(ran.exit_code, 1) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("submissions/wrong_answer/a.py:\n  Test “secret/1”: RUNTIME_ERROR"), HasSubstr("no idea"),
                             HasSubstr("submissions/wrong_answer/b.cpp:\n  the compiler said: "), HasSubstr("missing")));
  EXPECT_THAT(ran.err, AllOf(HasSubstr("no submission is expected to be accepted"), Not(HasSubstr("\x1B"))));
}

TEST(Verify, APackageWithoutSubmissionsIsSaidToHaveNone) {
  const Scratch folder;
  folder.write("p/problem.yaml", "name: Sum\n");
  folder.write("p/data/secret/1.in", "1\n");
  folder.write("p/data/secret/1.ans", "1\n");
  const Ran none = run(folder, otmetka({"verify", "--lang", "en", "p"}));
  EXPECT_EQ(none.exit_code, 0);
  EXPECT_THAT(none.err, HasSubstr("OT556"));
  folder.write("p/submissions/accepted/a.py", "print(1)\n");
  EXPECT_THAT(run(folder, otmetka({"verify", "--lang", "en", "p"})).err, Not(HasSubstr("OT556")));
}

TEST(Verify, WhatIsNoPackageIsSaidSo) {
  const Scratch folder;
  folder.write("p/readme.txt", "x");
  const Ran ran = run(folder, otmetka({"verify", "--lang", "en", "p"}));
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.err, HasSubstr("OT570"));
}

}  // namespace
}  // namespace otmetka::e2e
