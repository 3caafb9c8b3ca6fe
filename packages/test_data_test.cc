#include "packages/test_data.h"

#include <gtest/gtest.h>

#include "packages/package_test_support.h"

namespace otmetka::packages {
namespace {

using checkers::program::Group;
using Files = ScratchPackage::Files;

Files with_tests(Files files, const std::vector<std::string>& tests) {
  for (const std::string& test : tests) {
    files.push_back({"data/" + test + ".in", ""});
    files.push_back({"data/" + test + ".ans", ""});
  }
  return files;
}

struct Read {
  std::string error, warnings;
  TestData data;
};

Read read(const Files& files, ProblemSettings settings, bool judged = false) {
  const ScratchPackage package(files, false);
  std::vector<Message> warnings;
  auto data = read_test_data(*PackageFiles::open(package.path()), settings, judged, warnings);
  if (!data) return {data.failure().code(), {}, {}};
  return {{}, codes_of(warnings), std::move(*data)};
}

ProblemSettings legacy(bool scoring) {
  ProblemSettings out;
  out.scoring = scoring;
  return out;
}

ProblemSettings later(bool scoring) {
  ProblemSettings out = legacy(scoring);
  out.legacy = false;
  return out;
}

// "sample:0 secret/a:40min! <0": points, min where it is not the sum, ! where it stops, the groups it depends on.
std::string groups(const TestData& data) {
  std::string out;
  for (const Group& group : data.groups) {
    out += (out.empty() ? "" : " ") + group.id + ":" + group.points.to_string();
    if (group.aggregate == Group::Aggregate::kMin) out += "min";
    if (group.stop_at_failure) out += "!";
    for (const std::size_t other : group.depends) out += "<" + std::to_string(other);
  }
  return out;
}

TEST(TestData, TestsComeInOrderWithTheirFolders) {
  const Read got = read(with_tests({}, {"secret/b/1", "secret/a/2", "secret/a/10", "sample/1", "secret/0"}), legacy(false));
  std::string ids;
  for (const auto& test : got.data.tests) ids += test.id + ":" + std::to_string(test.group) + " ";
  EXPECT_EQ(ids, "sample/1:0 secret/0:1 secret/a/10:2 secret/a/2:2 secret/b/1:3 ");
  EXPECT_EQ(got.data.tests[0].show, checkers::program::Visibility::kAlways);
  EXPECT_EQ(got.data.tests[1].show, checkers::program::Visibility::kVerdict);
  EXPECT_TRUE(got.data.tests[0].in.path.ends_with("/package/data/sample/1.in"));
}

TEST(TestData, SaysWhatIsNoTest) {
  struct Row {
    Files files;
    const char *error, *warnings;
    std::size_t tests;
  };
  const Row rows[] = {
      {{}, "OT578", "", 0},
      {with_tests({{"data/secret/2.in", ""}}, {"secret/1"}), "", "OT579", 1},
      {with_tests({{"data/secret/2.ans", ""}}, {"secret/1"}), "", "OT579", 1},
      {with_tests({{"data/sample/1.interaction", "<1\n"}}, {"secret/1"}), "", "", 1},
      {with_tests({{"data/secret/1.png", ""}, {"data/secret/readme.txt", ""}}, {"secret/1"}), "", "", 1},
      {with_tests({}, {"secret/1", "invalid_input/2", "3"}), "", "", 1},
      {with_tests({{"data/secret/.2.in", ""}, {"data/secret/3.in~", ""}}, {"secret/1"}), "", "", 1},
      {with_tests({{"data/secret/1.files/deep/x.txt", ""}}, {"secret/1"}), "OT576", "", 0},
      {with_tests({{"data/secret/test_group.yaml", "static_validation_score: 3\n"}}, {"secret/1"}), "OT576", "", 0},
      {with_tests({{"data/testdata.yaml", "on_reject: sometimes\n"}}, {"secret/1"}), "OT575", "", 0},
      {with_tests({{"data/testdata.yaml", "range: 0 to 100\n"}}, {"secret/1"}), "OT575", "", 0},
      {with_tests({{"data/secret/testdata.yaml", "[1\n"}}, {"secret/1"}), "OT574", "", 0},
      {with_tests({}, {"secret/a/b/c/d/e/f/g/h/i/j/k/l/m/1"}), "OT573", "", 0},
  };
  for (const Row& row : rows) {
    const Read got = read(row.files, legacy(false));
    EXPECT_EQ(got.error + "|" + got.warnings, std::string(row.error) + "|" + row.warnings);
    EXPECT_EQ(got.data.tests.size(), row.tests);
  }
}

TEST(TestData, AKeyThatIsNotKnownIsToldOnceForAFolder) {
  const std::pair<Files, const char*> rows[] = {
      {{{"data/secret/test_group.yaml", "max_scor: 20\nscore_agregation: sum\n"}}, "OT580 OT580"},
      {{{"data/testdata.yaml", "on_rejct: continue\n"}}, "OT580"},
      {{{"data/secret/test_group.yaml", "scoring: {scor: 3}\n"}}, "OT580"},
      {{{"data/secret/1.yaml", "arg: [a]\n"}, {"data/secret/2.yaml", "arg: [b]\n"}}, "OT580"},
      {{{"data/secret/1.yaml", "hint: look\ndescription: d\nfull_feedback: true\nargs: [a]\n"}}, ""},
  };
  for (const auto& [files, warnings] : rows) EXPECT_EQ(read(with_tests(files, {"secret/1", "secret/2"}), later(false)).warnings, warnings);
}

TEST(TestData, AGroupCanOnlyRequireOneThatIsJudgedBeforeIt) {
  const std::pair<const char*, const char*> rows[] = {
      {"secret/a", ""},      {"a", ""},          {"sample", ""},         {"[sample, secret/a]", ""}, {"secret/x", "OT575"},
      {"smaple", "OT575"},   {"secret/b", "OT575"}, {"secret/c", "OT575"}, {"secret", "OT575"}};
  for (const auto& [name, error] : rows) {
    const Files files = {{"data/secret/b/test_group.yaml", std::string("require_pass: ") + name + "\n"}};
    EXPECT_EQ(read(with_tests(files, {"secret/a/1", "secret/b/1", "secret/c/1"}), later(true)).error, error) << name;
  }
}

TEST(TestData, ArgumentsAndFilesForTheProgramStandWithTheirTest) {
  const Read got = read(with_tests({{"data/secret/test_group.yaml", "args: [--slow]\n"},
                                    {"data/secret/1.yaml", "args: [--fast, '7']\n"},
                                    {"data/secret/1.files/map.txt", "x"},
                                    {"data/secret/1.files/hint", "y"}},
                                   {"secret/1", "secret/2", "sample/1"}),
                        legacy(false));
  ASSERT_EQ(got.error, "");
  std::string found;
  for (const auto& test : got.data.tests) {
    found += test.id + ":";
    for (const std::string& argument : test.arguments) found += " " + argument;
    for (const auto& [name, data] : test.files) found += " <" + name;
    found += "; ";
  }
  EXPECT_EQ(found, "sample/1:; secret/1: --fast 7 <hint <map.txt; secret/2: --slow; ");
}

TEST(TestData, LegacyGroupsScoreByTheirGrader) {
  const std::vector<std::string> tests = {"sample/1", "secret/a/1", "secret/a/2", "secret/b/1", "secret/b/2"};
  struct Row {
    Files files;
    const char* groups;
  };
  const Row rows[] = {
      // The usual olympiad: all groups are judged, each is all or nothing.
      {{{"data/testdata.yaml", "on_reject: continue\nrange: 0 100\ngrader_flags: ignore_sample\n"},
        {"data/sample/testdata.yaml", "on_reject: continue\nrange: 0 0\naccept_score: 0\n"},
        {"data/secret/testdata.yaml", "on_reject: continue\ngrader_flags: first_error accept_if_any_accepted\n"},
        {"data/secret/a/testdata.yaml", "on_reject: break\naccept_score: 40\nrange: 0 40\ngrader_flags: min\n"},
        {"data/secret/b/testdata.yaml", "on_reject: break\naccept_score: 60\nrange: 0 60\ngrader_flags: min\n"}},
       "sample:0 secret/a:40min! secret/b:60min!"},
      // Without a word each test is a point, and the first that fails ends it all.
      {{}, "sample:1! secret/a:2!<0 secret/b:2!<1"},
      // What a folder above says holds beneath it.
      {{{"data/testdata.yaml", "on_reject: continue\naccept_score: 5\ngrader_flags: sum\n"}}, "sample:5 secret/a:10 secret/b:10"},
  };
  for (const Row& row : rows) EXPECT_EQ(groups(read(with_tests(row.files, tests), legacy(true)).data), row.groups);
  EXPECT_EQ(read(with_tests(rows[0].files, tests), legacy(true)).data.best_score, 100);
  EXPECT_EQ(read(with_tests(rows[2].files, tests), legacy(true)).data.best_score, std::nullopt);
}

TEST(TestData, LaterGroupsHaveAMostScore) {
  const std::vector<std::string> tests = {"sample/1", "secret/a/1", "secret/a/2", "secret/b/1", "secret/b/deep/2"};
  struct Row {
    Files files;
    const char* groups;
    double best;
  };
  const Row rows[] = {
      {{{"data/secret/a/test_group.yaml", "max_score: 30\n"},
        {"data/secret/b/test_group.yaml", "max_score: 70\nscore_aggregation: sum\nrequire_pass: [sample, secret/a]\n"}},
       "sample:0 secret/a:30min! secret/b:70<0<1",
       100},
      {{{"data/secret/test_group.yaml", "max_score: 50\n"}}, "sample:0 secret:50", 50},
      {{{"data/secret/test_group.yaml", "score_aggregation: min\n"}}, "sample:0 secret:100min!", 100},
      // As the drafts had it.
      {{{"data/secret/a/testdata.yaml", "scoring: {score: 30, aggregation: sum}\n"},
        {"data/secret/b/testdata.yaml", "scoring: {score: 70, aggregation: min}\n"}},
       "sample:0 secret/a:30 secret/b:70min!",
       100},
  };
  for (const Row& row : rows) {
    const Read got = read(with_tests(row.files, tests), later(true));
    EXPECT_EQ(groups(got.data), row.groups) << got.error;
    EXPECT_EQ(got.data.best_score, row.best);
  }
  const TestData data = read(with_tests(rows[0].files, tests), later(true)).data;
  for (const TestGroup& group : data.tree.groups) {
    EXPECT_EQ(group.accept_score, group.id.starts_with("secret/b") ? 35
                                  : group.id == "secret/a"         ? 30
                                  : group.id == "sample"           ? 0
                                                                   : 1)
        << group.id;
  }
}

TEST(TestData, FlagsReachTheTests) {
  ProblemSettings settings = legacy(false);
  settings.validator_flags = {"case_sensitive"};
  const Files files = with_tests({{"data/secret/a/testdata.yaml", "output_validator_flags: float_tolerance 1e-4\n"},
                                  {"data/secret/b/testdata.yaml", "output_validator_flags: {name: check, flags: space_change_sensitive}\n"},
                                  {"data/secret/b/2.yaml", "output_validator_args: [float_absolute_tolerance, '0.5']\n"}},
                                 {"secret/0", "secret/a/1", "secret/b/1", "secret/b/2"});
  const Read got = read(files, settings);
  const auto& tests = got.data.tests;
  ASSERT_EQ(tests.size(), 4u);
  EXPECT_FALSE(tests[0].comparison);  // the task's own
  EXPECT_EQ(tests[1].comparison->relative, 1e-4);
  EXPECT_EQ(tests[1].comparison->absolute, 1e-4);
  EXPECT_TRUE(tests[1].comparison->case_sensitive);
  EXPECT_TRUE(tests[2].comparison->space_change_sensitive);
  EXPECT_EQ(tests[3].comparison->absolute, 0.5);
  EXPECT_EQ(tests[3].comparison->relative, std::nullopt);
  EXPECT_EQ(got.warnings, "");
  const Read judged = read(files, settings, true);
  EXPECT_EQ(judged.data.tests[3].validator_flags,
            (std::vector<std::string>{"case_sensitive", "float_absolute_tolerance", "0.5"}));
  EXPECT_FALSE(judged.data.tests[3].comparison);
}

TEST(TestData, AFlagThatWouldBeTakenForNoneIsAnError) {
  const std::pair<const char*, const char*> rows[] = {
      {"float_tolerance 1e-4", ""},
      {"float_tolerance abc", "OT552"},
      {"float_tolerance", "OT552"},
      {"float_absolute_tolerance -1", "OT552"},
      {"float_relative_tolerance inf", "OT552"},
      {"float_tolerance case_sensitive", "OT552"},
      {"gently", "OT582"},
  };
  for (const auto& [flags, expected] : rows) {
    const std::string yaml = std::string("output_validator_flags: ") + flags + "\n";
    const Files files = with_tests({{"data/secret/a/testdata.yaml", yaml}}, {"secret/0", "secret/a/1"});
    EXPECT_EQ(read(files, legacy(false)).error, expected) << flags;
    EXPECT_EQ(read(files, legacy(false), true).error, "") << flags << ": a judge of the package's own knows what it means";
    const ScratchPackage scratch({{"problem.yaml", std::string("name: A\nvalidator_flags: ") + flags + "\n"}});
    EXPECT_EQ(code_of(read_package(scratch.path())), expected) << flags;
  }
  for (const char* flags : {"{float_tolerance: 0.1}", "[{float_tolerance: 0.1}]", "{name: check, flags: {float_tolerance: 0.1}}"}) {
    const std::string yaml = std::string("output_validator_flags: ") + flags + "\n";
    const Files files = with_tests({{"data/secret/a/testdata.yaml", yaml}}, {"secret/0", "secret/a/1"});
    for (const bool judged : {false, true}) EXPECT_EQ(read(files, legacy(false), judged).error, "OT575") << flags;
  }
}

}  // namespace
}  // namespace otmetka::packages
