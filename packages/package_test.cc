#include "packages/package.h"

#include <gtest/gtest.h>

#include <sys/stat.h>

#include "messages/package_entries.h"
#include "packages/package_test_support.h"

namespace otmetka::packages {
namespace {

using checkers::program::Comparison;

// The submissions, one a line: path, language, entry.
std::string submissions(const Package& package) {
  std::string out;
  for (const PackageSubmission& one : package.submissions) {
    const std::string language = one.program.language.empty() ? "?" + one.foreign : one.program.language;
    out += one.path.substr(12) + " " + language + (one.entry.empty() ? "" : " " + one.entry) + (one.bounds_time.empty() ? "" : " *") +
           (one.unreadable ? " " + one.unreadable->id : "") + "\n";
  }
  return out;
}

TEST(ReadPackage, TheSmallestThereIs) {
  const ScratchPackage scratch(ScratchPackage::Files{{"submissions/accepted/a.py", "print(input())\n"}});
  const auto package = read_package(scratch.path());
  ASSERT_TRUE(package) << package.failure().code();
  EXPECT_EQ(package->name, "Test");
  EXPECT_EQ(package->task.tests.size(), 1u);
  EXPECT_TRUE(package->task.all_or_nothing);
  EXPECT_EQ(package->task.comparison.kind, Comparison::Kind::kTokens);
  EXPECT_FALSE(package->task.comparison.case_sensitive);
  EXPECT_EQ(package->time_limit, std::nullopt);
  EXPECT_EQ(package->task.limits.cpu, std::chrono::seconds(10));
  EXPECT_EQ(package->task.limits.memory_bytes, std::uint64_t{2} << 30);
  EXPECT_EQ(package->task.limits.output_bytes, 8u << 20);
  EXPECT_TRUE(package->task.same_time);
  EXPECT_EQ(submissions(*package), "accepted/a.py python3 *\n");
  EXPECT_EQ(codes_of(package->warnings), "");
}

TEST(ReadPackage, JudgesAsItsVersionSays) {
  const std::pair<std::string, std::string> validator = {"output_validator/v.py", ""};
  struct Row {
    ScratchPackage::Files files;
    const char* expected;  // an error, or which judge
  };
  const Row rows[] = {
      {{{"problem.yaml", "name: A\nvalidation: custom\n"}, {"output_validators/v.py", ""}}, "judge"},
      {{{"problem.yaml", "name: A\nvalidation: custom interactive\n"}, {"output_validators/v.py", ""}}, "interactor"},
      {{{"problem.yaml", "name: A\n"}, {"output_validators/v.py", ""}}, "default"},
      {{{"problem.yaml", "name: A\nvalidation: custom\n"}}, "OT557"},
      {{{"problem.yaml", "problem_format_version: 2025-09\nname: A\n"}, validator}, "judge"},
      {{{"problem.yaml", "problem_format_version: 2025-09\nname: A\ntype: interactive\n"}, validator}, "interactor"},
      {{{"problem.yaml", "problem_format_version: 2025-09\nname: A\ntype: interactive\n"}}, "OT557"},
      {{{"problem.yaml", "problem_format_version: 2025-09\nname: A\n"}}, "default"},
      {{{"problem.yaml", "name: A\ntype: scoring\n"}, {"data/secret/testdata.yaml", "grading: custom\n"}}, "OT557"},
      {{{"problem.yaml", "name: A\ntype: scoring\n"}, {"data/secret/testdata.yaml", "grading: custom\n"}, {"graders/g.py", ""}},
       "default+grader"},
  };
  for (const Row& row : rows) {
    const ScratchPackage scratch(row.files);
    const auto package = read_package(scratch.path());
    std::string got = code_of(package);
    if (package) got = !package->task.judge ? "default" : package->task.judge->interactive ? "interactor" : "judge";
    if (package && package->grader) got += "+grader";
    EXPECT_EQ(got, row.expected) << row.files[0].second;
  }
}

TEST(ReadPackage, AValidatorThatIsMissingIsSaidToBe) {
  const ScratchPackage none(ScratchPackage::Files{{"problem.yaml", "name: A\nvalidation: custom\n"}});
  const auto package = read_package(none.path());
  ASSERT_FALSE(package);
  EXPECT_EQ(package.failure().message, (Message{"OT557", {std::string("output_validators/ (output_validator/)")}}));
  const ScratchPackage foreign(
      ScratchPackage::Files{{"problem.yaml", "name: A\nvalidation: custom\n"}, {"output_validators/v.kt", ""}});
  EXPECT_EQ(code_of(read_package(foreign.path())), "OT577");
}

TEST(ReadPackage, FindsTheSubmissions) {
  const ScratchPackage scratch(ScratchPackage::Files{
      {"submissions/accepted/a.cpp", ""},
      {"submissions/accepted/b/main.py", ""},
      {"submissions/accepted/b/helper.py", ""},
      {"submissions/accepted/c/one.js", ""},
      {"submissions/accepted/c/two.js", ""},
      {"submissions/accepted/d/", ""},
      {"submissions/accepted/e/Main.java", ""},
      {"submissions/accepted/e/helper/Helper.java", ""},
      {"submissions/accepted/e/deep/x.py", ""},
      {"submissions/accepted/__pycache__/x.pyc", ""},
      {"submissions/time_limit_exceeded/slow.kt", ""},
      {"submissions/wrong_answer/any.txt", ""},
      {"submissions/loose.py", ""},
      {"submissions/odd/x.py", ""},
      {"submissions/submissions.yaml", "accepted/a.cpp: {use_for_time_limit: false}\nwrong_answer/any.txt: {language: python3}\n"},
      {"submissions.json", "{\n\t\"submissions/accepted/c/\": {\"entry_point\": \"two.js\", \"langid\": \"js\"}\n}\n"}});
  const auto package = read_package(scratch.path());
  ASSERT_TRUE(package) << package.failure().code();
  EXPECT_EQ(submissions(*package),
            "accepted/a.cpp cpp\n"
            "accepted/b python3 *\n"
            "accepted/c javascript two.js *\n"
            "accepted/e ? OT585\n"
            "odd/x.py python3\n"
            "time_limit_exceeded/slow.kt ?kotlin\n"
            "wrong_answer/any.txt python3\n");
  EXPECT_EQ(codes_of(package->warnings), "OT583 OT588");
}

TEST(ReadPackage, AWordOfACommentThatIsNotKnownIsToldWithItsFile) {
  const ScratchPackage scratch(ScratchPackage::Files{{"submissions/accepted/a.py", "# @EXPECTED_RESULTS@: CORRECTT\n"},
                                                     {"submissions/accepted/b/main.py", "# @EXPECTED_RESULTS@: FINE\n"},
                                                     {"submissions/accepted/c.py", "# @EXPECTED_RESULTS@: CORRECT\n"}});
  const auto package = read_package(scratch.path());
  ASSERT_TRUE(package) << package.failure().code();
  ASSERT_EQ(codes_of(package->warnings), "OT551 OT551");
  EXPECT_EQ(package->warnings[0].args, (std::vector<Arg>{std::string("submissions/accepted/a.py"), std::string("CORRECTT")}));
  EXPECT_EQ(package->warnings[1].args, (std::vector<Arg>{std::string("submissions/accepted/b/main.py"), std::string("FINE")}));
}

TEST(ReadPackage, LetsInTheLanguagesThatItNamesAndNoOther) {
  struct Row {
    const char *languages, *let_in, *told;
  };
  const Row rows[] = {
      {"all", "", ""},
      {"[cpp, py3]", "cpp python3", ""},
      {"[kotlin, cpp]", "kotlin cpp", "kotlin; cpp"},
      {"[kotlin, rust]", "kotlin rust", "kotlin, rust; –"},
  };
  for (const Row& row : rows) {
    const ScratchPackage scratch(ScratchPackage::Files{{"problem.yaml", std::string("name: A\nlanguages: ") + row.languages + "\n"}});
    const auto package = read_package(scratch.path());
    ASSERT_TRUE(package) << package.failure().code();
    std::string let_in, told;
    for (const std::string& id : package->task.languages) let_in += (let_in.empty() ? "" : " ") + id;
    EXPECT_EQ(let_in, row.let_in);
    for (const Message& warning : package->warnings) {
      EXPECT_EQ(warning.id, "OT597");
      told += std::get<std::string>(warning.args[1]) + "; " + std::get<std::string>(warning.args[2]);
    }
    EXPECT_EQ(told, row.told);
  }
}

TEST(ReadPackage, ConstantsReachPrograms) {
  const ScratchPackage scratch(ScratchPackage::Files{{"problem.yaml", "problem_format_version: 2025-09\nname: A\nconstants: {n: 7}\n"},
                                {"output_validator/v.py", "n = {{n}}"},
                                {"submissions/accepted/a.py", "n = {{n}}"},
                                {"data/secret/test_group.yaml", "output_validator_args: ['{{n}}']\n"}});
  const auto package = read_package(scratch.path());
  ASSERT_TRUE(package) << package.failure().code();
  EXPECT_EQ(package->task.judge->files[0].bytes, "n = 7");
  EXPECT_EQ(package->submissions[0].program.files[0].bytes, "n = 7");
  EXPECT_EQ(package->task.tests[0].validator_flags, std::vector<std::string>{"7"});
}

TEST(ReadPackage, LinksStayInside) {
  const ScratchPackage scratch(ScratchPackage::Files{{"data/secret/2.ans", "2\n"}, {"submissions/accepted/a.py", ""}});
  scratch.write("outside.in", "secret\n");
  scratch.link("1.in", "data/secret/2.in");
  scratch.link("../accepted/a.py", "submissions/wrong_answer/b.py");
  scratch.link("../../../outside.in", "submissions/wrong_answer/c.py");
  scratch.link("nowhere", "submissions/wrong_answer/d.py");
  const auto package = read_package(scratch.path());
  ASSERT_TRUE(package) << package.failure().code();
  EXPECT_EQ(package->task.tests.size(), 2u);
  EXPECT_EQ(submissions(*package),
            "accepted/a.py python3 *\nwrong_answer/b.py python3\nwrong_answer/c.py ? OT572\nwrong_answer/d.py ? OT571\n");
}

TEST(ReadPackage, LinksOutOfItAreNotFollowed) {
  for (const char* path : {"data/secret/3.in", "problem.yaml", "data/secret/testdata.yaml", "include/cpp/x.h", "data/secret/group"}) {
    const ScratchPackage scratch(ScratchPackage::Files{{"data/secret/3.ans", ""}});
    scratch.write("outside/file", "name: A\n");
    std::filesystem::remove(scratch.at(path));
    const bool folder = std::string(path).ends_with("group");
    scratch.link(std::filesystem::relative(scratch.at("../outside"), scratch.at(path).parent_path()).string() + (folder ? "" : "/file"),
                 path);
    EXPECT_EQ(code_of(read_package(scratch.path())), "OT572") << path;
  }
}

TEST(ReadPackage, APipeIsNoFile) {
  const ScratchPackage scratch(ScratchPackage::Files{{"data/secret/3.ans", ""}});
  ASSERT_EQ(mkfifo(scratch.at("data/secret/3.in").c_str(), 0600), 0);
  const auto package = read_package(scratch.path());
  ASSERT_TRUE(package) << package.failure().code();
  EXPECT_EQ(codes_of(package->warnings), "OT579");
  std::filesystem::remove(scratch.at("problem.yaml"));
  ASSERT_EQ(mkfifo(scratch.at("problem.yaml").c_str(), 0600), 0);
  EXPECT_EQ(code_of(read_package(scratch.path())), "OT570");
}

TEST(ReadPackage, IsAFolderWithAProblemInIt) {
  EXPECT_EQ(code_of(read_package("/nowhere/at/all")), "OT570");
  EXPECT_EQ(code_of(read_package("/dev/null")), "OT570");
  const ScratchPackage empty(ScratchPackage::Files{{"readme.txt", ""}}, false);
  EXPECT_EQ(code_of(read_package(empty.path())), "OT570");
  const ScratchPackage large(ScratchPackage::Files{{"submissions/accepted/a.py", std::string(kMostSourceBytes + 1, '#')}});
  const auto package = read_package(large.path());
  ASSERT_TRUE(package);
  EXPECT_EQ(package->submissions[0].unreadable->id, "OT573");
}

// The samples of this project, which are documentation too.
TEST(ReadPackage, TheSamplesAreWithoutFault) {
  for (const char* name : {"hello", "ladder", "guess", "split"}) {
    const auto package = read_package(std::string(OTMETKA_SOURCE_DIR) + "/samples/packages/" + name);
    ASSERT_TRUE(package) << name << " " << package.failure().code();
    EXPECT_EQ(codes_of(package->warnings), "") << name;
    EXPECT_GE(package->submissions.size(), 5u) << name;
    for (const PackageSubmission& one : package->submissions) {
      EXPECT_FALSE(one.program.language.empty()) << one.path;
      EXPECT_FALSE(one.expectation.verdicts.empty()) << one.path;
    }
  }
}

// What a judge goes by.
std::string described(const Package& package, const PackageFiles& files) {
  std::string out = std::to_string(package.time_limit.value_or(0)) + " " + std::to_string(package.best_score.value_or(-1));
  for (const checkers::program::Test& test : package.task.tests) {
    const std::string bytes = test.in.path.empty() ? test.in.bytes : *files.read("data/" + test.id + ".in", 1 << 20);
    out += "\n" + test.id + " " + std::to_string(test.group) + " " + bytes;
    for (const std::string& flag : test.validator_flags) out += " " + flag;
  }
  for (const TestGroup& group : package.tree.groups) {
    out += "\n" + group.id + " " + std::to_string(group.members.size()) + " " + std::to_string(group.accept_score);
  }
  if (package.task.judge) out += "\n" + package.task.judge->language + " " + package.task.judge->files.at(0).name;
  return out;
}

TEST(ReadPackage, WhatWasLookedAtIsEnoughToReadItAgainFromMemory) {
  for (const char* name : {"hello", "ladder", "guess", "split"}) {
    std::vector<std::string> noted;
    const auto files = PackageFiles::open(std::string(OTMETKA_SOURCE_DIR) + "/samples/packages/" + name,
                                          [&](const std::string& path) { noted.push_back(path); });
    ASSERT_TRUE(files);
    const auto from_disk = read_package(*files, sandbox::built_in_languages(), Submissions::kLeave);
    ASSERT_TRUE(from_disk) << name;
    PackageFiles::Held held;
    for (const std::string& path : std::vector<std::string>(noted)) {
      EXPECT_EQ(path.find("submissions"), std::string::npos) << path;
      if (files->has_file(path)) held[path] = *files->read(path, 1 << 20);
    }
    const auto in_memory = PackageFiles::hold(name, held);
    const auto again = read_package(in_memory, sandbox::built_in_languages(), Submissions::kLeave);
    ASSERT_TRUE(again) << name << " " << again.failure().code();
    EXPECT_EQ(described(*again, in_memory), described(*from_disk, *files));
    EXPECT_EQ(codes_of(again->warnings), codes_of(from_disk->warnings));
  }
}

TEST(HeldFiles, AreListedLikeFolders) {
  const auto files = PackageFiles::hold(
      "p", {{"data/a/1.in", "x"}, {"data/a.yaml", "y"}, {"data/a-b/2.in", ""}, {"data/.hidden", ""}, {"z", ""}});
  const auto items = files.list("data");
  ASSERT_TRUE(items);
  std::string told;
  for (const PackageFiles::Item& item : *items) told += item.name + (item.folder ? "/ " : " ");
  EXPECT_EQ(told, "a/ a-b/ a.yaml ");
  EXPECT_TRUE(files.has_folder("data/a"));
  EXPECT_FALSE(files.has_folder("data/a.yaml"));
  EXPECT_FALSE(files.has_file("data/a"));
  EXPECT_EQ(files.list("none")->size(), 0u);
  EXPECT_EQ(*files.read("data/a/1.in", 1), "x");
  EXPECT_EQ(code_of(files.read("data/a.yaml", 0)), "OT573");
  EXPECT_EQ(code_of(files.locate("data/a")), "OT571");
}

TEST(Messages, AllHaveBothLanguages) {
  for (const messages::Entry& entry : messages::package_entries()) {
    EXPECT_FALSE(entry.ru.empty() || entry.en.empty()) << entry.id;
    EXPECT_EQ(entry.hint_ru.empty(), entry.hint_en.empty()) << entry.id;
    EXPECT_EQ(entry.wrong.empty(), entry.right.empty()) << entry.id;
  }
}

}  // namespace
}  // namespace otmetka::packages
