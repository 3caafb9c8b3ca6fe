// A problem package held by the settings of a `code` item, with real programs in the sandbox.
#include "checkers/code/package_item.h"

#include <gtest/gtest.h>

#include "checkers/code/code.h"
#include "checkers/code/code_test_support.h"
#include "packages/package_test_support.h"

namespace otmetka::checkers::code {
namespace {

using packages::PackageFiles;
using packages::ScratchPackage;

// The settings of a package, as the engine makes them.
v1::CodeSettings settings_of(const ScratchPackage& scratch) {
  std::set<std::string> paths;
  const auto files = PackageFiles::open(scratch.path(), [&](const std::string& path) { paths.insert(path); });
  EXPECT_TRUE(packages::read_package(*files, sandbox::built_in_languages(), packages::Submissions::kLeave));
  v1::CodeSettings out;
  const std::set<std::string> taken = paths;
  EXPECT_TRUE(put_package(*files, taken, out));
  return out;
}

Outcome check(const v1::CodeSettings& settings, const Answer& answer) {
  const Made item = type().make(settings, {});
  EXPECT_NE(item.checker, nullptr) << (item.problems.empty() ? std::string() : item.problems[0].message.id);
  Outcome out = item.checker->check(answer, {.locale = "ru", .explain = true, .workshop = &workshop()});
  EXPECT_EQ(item.checker->credit_denominator() % out.credit.den(), 0);
  return out;
}

Answer python(const std::string& text) { return FilesAnswer{{{"main.py", text, ""}}}; }

bool says(const std::vector<Message>& messages, const std::string& id) {
  return std::any_of(messages.begin(), messages.end(), [&](const Message& message) { return message.id == id; });
}

TEST(PackageItem, APassFailPackageIsAllOrNothing) {
  const ScratchPackage scratch({{"data/secret/2.in", "7\n"}, {"data/secret/2.ans", "7\n"}});
  const v1::CodeSettings settings = settings_of(scratch);
  EXPECT_EQ(check(settings, python("print(input())")).credit, Ratio(1));
  const Outcome wrong = check(settings, python("print(1)"));
  EXPECT_EQ(wrong.credit, Ratio(0));
  EXPECT_EQ(wrong.status, Verdict::kWrongAnswer);
  EXPECT_TRUE(says(wrong.feedback, "program.failed_on"));
  EXPECT_FALSE(says(wrong.trace, "program.score"));
  EXPECT_EQ(check(settings, TextAnswer{" \n"}).status, Verdict::kNotAttempted);
}

TEST(PackageItem, ANameThatIsNotUtf8IsSaid) {
  const ScratchPackage scratch({{"data/secret/\xff.in", "7\n"}, {"data/secret/\xff.ans", "7\n"}});
  v1::CodeSettings settings;
  const Status put = put_package(*PackageFiles::open(scratch.path()), {"data/secret/\xff.in"}, settings);
  ASSERT_FALSE(put);
  EXPECT_EQ(put.failure().code(), "OT571");
  EXPECT_EQ(std::get<std::string>(put.failure().message.args[1]), "UTF-8");
}

TEST(PackageItem, WhatAValidatorWritesToTheTeamTheLearnerReads) {
  const ScratchPackage scratch({{"problem.yaml", "problem_format_version: 2025-09\nname: A\n"},
                                {"output_validator/v.py",
                                 "import sys\nopen(sys.argv[3] + '/teammessage.txt', 'w').write('an even number\\nwas asked for')\n"
                                 "open(sys.argv[3] + '/judgemessage.txt', 'w').write('secret')\nsys.exit(43)\n"}});
  const Outcome out = check(settings_of(scratch), python("print(1)"));
  EXPECT_EQ(out.status, Verdict::kWrongAnswer);
  ASSERT_TRUE(says(out.feedback, "program.told"));
  for (const Message& message : out.feedback) {
    if (message.id == "program.told") {
      EXPECT_NE(std::get<std::string>(message.args[0]).find("an even number"), std::string::npos);
    }
  }
}

TEST(PackageItem, AProgramMayBeAsLongAsThePackageSays) {
  const ScratchPackage scratch({{"problem.yaml", "problem_format_version: 2025-09\nname: A\nlimits: {code: 1}\n"},
                                {"include/default/large.txt", std::string(4'096, 'x')}});
  const v1::CodeSettings settings = settings_of(scratch);
  const std::string program = "print(input())\n";
  EXPECT_EQ(check(settings, python(program + std::string(1'024 - program.size(), '#'))).credit, Ratio(1));
  const Outcome longer = check(settings, python(program + std::string(1'025 - program.size(), '#')));
  EXPECT_EQ(longer.status, Verdict::kInvalidInput);
  EXPECT_TRUE(says(longer.feedback, "program.too_much_code"));
}

TEST(PackageItem, AScoringPackagesGroupsAndScoresCount) {
  const ScratchPackage scratch({{"problem.yaml", "problem_format_version: 2025-09\nname: A\ntype: scoring\n"},
                                {"data/secret/1.in", "1\n"},
                                {"data/secret/2.in", "2\n"},
                                {"data/secret/2.ans", "2\n"},
                                {"data/secret/test_group.yaml", "max_score: 8\n"}});
  const v1::CodeSettings settings = settings_of(scratch);
  const Outcome half = check(settings, python("print(1)"));
  EXPECT_EQ(half.credit, Ratio(1, 2));
  EXPECT_EQ(half.rule_id, "partial");
  EXPECT_TRUE(says(half.trace, "program.score"));
  EXPECT_EQ(check(settings, python("print(input())")).credit, Ratio(1));
}

// The validator doubles what the program printed and asks again, until it is 8; it counts its passes in a file of its own.
constexpr const char* kDoubling =
    "import sys, os\n"
    "folder = sys.argv[3]\n"
    "got = int(sys.stdin.read())\n"
    "if got != int(open(sys.argv[1]).read()): sys.exit(43)\n"
    "with open(folder + 'passes', 'a') as passes: passes.write('x')\n"
    "if got == 8:\n"
    "  sys.exit(42 if open(folder + 'passes').read() == 'xxxx' else 1)\n"
    "open(folder + 'nextpass.in', 'w').write(str(2 * got))\n"
    "sys.exit(42)\n";

TEST(PackageItem, AMultiPassPackageRunsTheProgramAsOftenAsItsValidatorAsks) {
  const auto package = [](const std::string& passes) {
    return ScratchPackage({{"problem.yaml", "problem_format_version: 2025-09\nname: A\ntype: multi-pass\nlimits: {validation_passes: " +
                                                passes + "}\n"},
                           {"data/secret/1.in", "1\n"},
                           {"output_validator/v.py", kDoubling}});
  };
  const v1::CodeSettings four = settings_of(package("4"));
  EXPECT_EQ(check(four, python("print(input())")).credit, Ratio(1));
  const Outcome wrong = check(four, python("n = int(input())\nprint(n if n < 4 else 0)"));  // in the third pass
  EXPECT_EQ(wrong.status, Verdict::kWrongAnswer);
  EXPECT_EQ(wrong.credit, Ratio(0));
  EXPECT_EQ(check(four, python("n = int(input())\nprint(n if n < 2 else 1 // 0)")).status, Verdict::kRuntimeError);
  // It asks for more passes than it may: its own fault.
  const Outcome endless = check(settings_of(package("3")), python("print(input())"));
  ASSERT_TRUE(endless.failure);
  EXPECT_EQ(endless.failure->code(), "OT565");
}

TEST(PackageItem, AProgramHasTheArgumentsAndFilesOfItsTest) {
  const ScratchPackage scratch({{"problem.yaml", "problem_format_version: 2025-09\nname: A\n"},
                                {"data/secret/1.in", "1\n"},
                                {"data/secret/1.ans", "3\n"},
                                {"data/secret/1.yaml", "args: ['1']\n"},
                                {"data/secret/1.files/more.txt", "1\n"}});
  EXPECT_EQ(check(settings_of(scratch), python("import sys\nprint(int(input()) + int(sys.argv[1]) + int(open('more.txt').read()))")).credit,
            Ratio(1));
}

TEST(PackageItem, AValidatorMayBringItsOwnScripts) {
  const auto package = [](const std::string& build) {
    return ScratchPackage({{"problem.yaml", "problem_format_version: 2025-09\nname: A\n"},
                           {"output_validator/build", build},
                           {"output_validator/same.c",
                            "#include <stdio.h>\nint main(void) { int a, b; FILE* in = fopen(\"input\", \"r\");\n"
                            "return fscanf(in, \"%d\", &a) == 1 && scanf(\"%d\", &b) == 1 && a == b ? 42 : 43; }\n"},
                           {"output_validator/run", "#!/usr/bin/env sh\n\"$(dirname -- \"$0\")/same\" \"$@\"\n"}});
  };
  const v1::CodeSettings good = settings_of(package("#!/usr/bin/env sh\ncc same.c -o same\n"));
  EXPECT_EQ(check(good, python("print(input())")).credit, Ratio(1));
  EXPECT_EQ(check(good, python("print(77)")).status, Verdict::kWrongAnswer);
  const Outcome broken = check(settings_of(package("#!/bin/sh\ncc none.c\n")), python("print(1)"));
  ASSERT_TRUE(broken.failure);
  EXPECT_EQ(broken.failure->code(), "OT567");
  EXPECT_EQ(check(good, FilesAnswer{{{"run", "#!/bin/sh\n", ""}}}).status, Verdict::kInvalidInput);  // no language for learners
}

TEST(PackageItem, ItsOwnValidatorAndGraderAreRun) {
  const ScratchPackage scratch({{"problem.yaml", "name: A\ntype: scoring\nvalidation: custom score\n"},
                                {"data/testdata.yaml", "range: 0 10\ngrading: custom\ngrader_flags: twice\n"},
                                {"output_validators/v.py",
                                 "import sys\nopen(sys.argv[3] + 'score.txt', 'w').write(sys.stdin.read())\nsys.exit(42)\n"},
                                {"graders/g.py", "import sys\nwords = sys.stdin.read().split()\nprint(words[0], 2 * float(words[1]))\n"}});
  EXPECT_EQ(check(settings_of(scratch), python("print(2)")).credit, Ratio(4, 5)) << "twice for secret/, twice for data/";
  const ScratchPackage broken({{"problem.yaml", "name: A\ntype: scoring\n"},
                               {"data/testdata.yaml", "range: 0 10\ngrading: custom\n"},
                               {"graders/g.py", "raise SystemExit(1)\n"}});
  const Outcome failed = check(settings_of(broken), python("print(1)"));
  ASSERT_TRUE(failed.failure);
  EXPECT_EQ(failed.failure->code(), "OT565") << "a grader that fails is no zero";
}

TEST(PackageItem, ProgramsOfSeveralFilesRunTheOneThatThePackageFormatRuns) {
  const ScratchPackage scratch({});
  const FilesAnswer two{{{"aaa.py", "def read(): return input()\n", ""}, {"main.py", "from aaa import read\nprint(read())\n", ""}}};
  EXPECT_EQ(check(settings_of(scratch), two).credit, Ratio(1));
  const FilesAnswer java{{{"any.java",
                           "class Echo { public static void main(String[] a) { "
                           "System.out.println(new java.util.Scanner(System.in).next()); } }",
                           ""}}};
  EXPECT_EQ(check(settings_of(scratch), java).credit, Ratio(1));
}

TEST(PackageItem, MoreThanThereIsRoomForIsRefused) {
  const ScratchPackage scratch(
      {{"data/secret/1.in", std::string(kMostPackageBytes - 100, 'x')}, {"data/secret/2.in", std::string(200, 'x')}});
  const auto files = PackageFiles::open(scratch.path());
  v1::CodeSettings settings;
  const Status put = put_package(*files, {"data/secret/1.in", "data/secret/2.in", "data/secret"}, settings);
  ASSERT_FALSE(put);
  EXPECT_EQ(put.failure().code(), "OT593");
  EXPECT_EQ(put.failure().message.args, (std::vector<Arg>{std::string("data/secret/2.in"), std::int64_t{32}}));
}

TEST(PackageItem, BytesThatAreNoPackageAreAProblemAndNoCrash) {
  v1::CodeSettings settings;
  settings.add_package()->set_reference("data/../../etc/passwd");
  const Made made = type().make(settings, {});
  EXPECT_EQ(made.checker, nullptr);
  ASSERT_EQ(made.problems.size(), 1u);
  EXPECT_EQ(made.problems[0].message.id, "OT570");
}

}  // namespace
}  // namespace otmetka::checkers::code
