#include "packages/expectation.h"

#include <gtest/gtest.h>

#include "packages/package_test_support.h"
#include "packages/submission_rules.h"

namespace otmetka::packages {
namespace {

std::string names(const std::vector<Verdict>& verdicts) {
  std::string out;
  for (const Verdict verdict : verdicts) out += (out.empty() ? "" : " ") + std::string(verdict_name(verdict));
  return out;
}

std::string expected(const char* folder, const char* source) {
  std::vector<Message> warnings;
  const Expectation out = expectation_of(folder, read_annotation(source), true, "x.c", warnings);
  std::string text = names(out.verdicts) + (out.partial ? " partly" : "") + (warnings.empty() ? "" : " " + codes_of(warnings));
  if (out.score) text += " score " + std::to_string(static_cast<int>(out.score->first));
  return text;
}

constexpr const char* kCrashes = "RUNTIME_ERROR MEMORY_LIMIT SECURITY_VIOLATION";
constexpr const char* kSlow = "TIME_LIMIT IDLE_LIMIT OUTPUT_LIMIT";

TEST(Expectation, IsTheFoldersName) {
  const std::pair<const char*, const char*> rows[] = {
      {"accepted", "GRADED"},
      {"partially_accepted", "GRADED partly"},
      {"wrong_answer", "WRONG_ANSWER OUTPUT_LIMIT"},
      {"time_limit_exceeded", kSlow},
      {"run_time_error", kCrashes},
      {"Run-Time-Error", kCrashes},
      {"compiler_error", "COMPILE_ERROR"},
      {"no_output", "WRONG_ANSWER OUTPUT_LIMIT"},
      {"output_limit", "OUTPUT_LIMIT"},
      {"rejected", "WRONG_ANSWER TIME_LIMIT IDLE_LIMIT RUNTIME_ERROR MEMORY_LIMIT SECURITY_VIOLATION OUTPUT_LIMIT"},
      {"brute_force", "TIME_LIMIT IDLE_LIMIT RUNTIME_ERROR MEMORY_LIMIT SECURITY_VIOLATION OUTPUT_LIMIT"},
      {"mixed", ""},
      {"check_manually", ""},
      {"slow_accepted", ""},
  };
  for (const auto& [folder, verdicts] : rows) EXPECT_EQ(expected(folder, "int main() {}"), verdicts) << folder;
}

TEST(Expectation, IsTheCommentsWhereTheFolderSaysNothing) {
  struct Row {
    const char *folder, *source, *expected;
  };
  const Row rows[] = {
      {"mixed", "// @EXPECTED_RESULTS@: CORRECT\n", "GRADED"},
      {"mixed", " * @EXPECTED_RESULTS@: CORRECT, WRONG-ANSWER\n */", "GRADED WRONG_ANSWER OUTPUT_LIMIT"},
      {"mixed", "# @expected_results@: timelimit", kSlow},
      {"mixed", "/* @EXPECTED_RESULTS@: RUN-ERROR */", kCrashes},
      {"mixed", "% @EXPECTED_RESULTS@: COMPILER-ERROR,NO-OUTPUT\r\n", "COMPILE_ERROR WRONG_ANSWER OUTPUT_LIMIT"},
      {"mixed", "// @EXPECTED_RESULTS@: OUTPUT-LIMIT, MEMORY-LIMIT", "OUTPUT_LIMIT MEMORY_LIMIT"},
      {"mixed", "// @EXPECTED_RESULTS@: ACCEPTED, TIME_LIMIT_EXCEEDED", "GRADED TIME_LIMIT IDLE_LIMIT OUTPUT_LIMIT"},
      {"rejected", "// @EXPECTED_RESULTS@: WRONG_ANSWER", "WRONG_ANSWER OUTPUT_LIMIT"},
      {"check_manually", "// @EXPECTED_RESULTS@: CHECK-MANUALLY", ""},
      {"mixed", "// @EXPECTED_RESULTS@: CORRECT\n// @EXPECTED_RESULTS@: WRONG-ANSWER\n", ""},
      {"accepted", "// @EXPECTED_RESULTS@: CORRECT\n", "GRADED"},
      {"accepted", "// @EXPECTED_RESULTS@: CORRECT, TIMELIMIT\n", "GRADED"},
      {"accepted", "// @EXPECTED_RESULTS@: WRONG-ANSWER\n", "GRADED OT584"},
      {"partial", "# @EXPECTED_RESULTS@: WRONG-ANSWER\n# @EXPECTED_SCORE@: 70\n", "WRONG_ANSWER OUTPUT_LIMIT score 70"},
      {"accepted", "# @EXPECTED_SCORE@: 60\n", "GRADED score 60"},
  };
  for (const Row& row : rows) EXPECT_EQ(expected(row.folder, row.source), row.expected) << row.source;
}

TEST(Annotation, NamesTheWordsThatSayNothing) {
  const std::pair<const char*, std::vector<std::string>> rows[] = {
      {"# @EXPECTED_RESULTS@: CORRECTT\n", {"CORRECTT"}},
      {"/* @EXPECTED_RESULTS@: CORRECT, WRONG-ANSWR */", {"WRONG-ANSWR"}},
      {"# @EXPECTED_SCORE@: forty\n", {"forty"}},
      {"# @EXPECTED_RESULTS@: CORRECT, TIMELIMIT */\n", {}},
      {"# @EXPECTED_RESULTS@: CHECK-MANUALLY\n", {}},
      {"# @EXPECTED_RESULTS@:\n", {}},
      {"# @EXPECTED_RESULTS@: a,b,c,d,e,f,g\n", {"a", "b", "c", "d", "e"}},
  };
  for (const auto& [source, words] : rows) EXPECT_EQ(read_annotation(source).unknown, words) << source;
}

TEST(Expectation, TheFormatsWordsLookAtAllTests) {
  struct Row {
    const char* folder;
    bool legacy;
    Outcomes permitted, required;
  };
  const Row rows[] = {
      {"wrong_answer", true, kAccepted | kWrong, kWrong},
      {"time_limit_exceeded", true, kAccepted | kWrong | kTooSlow, kTooSlow},
      {"time_limit_exceeded", false, kAccepted | kTooSlow, kTooSlow},
      {"run_time_error", true, kAnyOutcome, kCrashed},
      {"run_time_error", false, kAccepted | kCrashed, kCrashed},
      {"rejected", false, kAnyOutcome, kWrong | kTooSlow | kCrashed},
  };
  for (const Row& row : rows) {
    const auto found = expectation_by_name(row.folder, row.legacy);
    ASSERT_TRUE(found) << row.folder;
    const auto& rule = row.legacy ? found->otherwise : found->also;  // later versions ask for it, whatever the whole came to
    ASSERT_TRUE(rule) << row.folder;
    EXPECT_EQ(rule->permitted, row.permitted) << row.folder;
    EXPECT_EQ(rule->required, row.required) << row.folder;
  }
  EXPECT_FALSE(expectation_by_name("accepted", true)->otherwise);
}

TEST(Fits, PatternsOfPathsAndOfTheFoldersAbove) {
  struct Row {
    const char *pattern, *path;
    bool fits;
  };
  const Row rows[] = {
      {"accepted", "accepted/x.py", true},
      {"accepted/*", "accepted/x.py", true},
      {"accepted/x.py", "accepted/x.py", true},
      {"x.py", "accepted/x.py", false},
      {"*", "accepted/x.py", true},
      {"*/x.py", "accepted/x.py", true},
      {"accepted/*.cpp", "accepted/x.py", false},
      {"accepted/x*", "accepted/x.py", true},
      {"accepted/x.{cpp,py}", "accepted/x.py", true},
      {"{wrong_answer,accepted}/*", "accepted/x.py", true},
      {"secret/*{,0,1}{0,2}", "secret/12", true},
      {"secret/*{,0,1}{0,2}", "secret/13", false},
      {"secret/*-hard", "secret/03-hard", true},
      {"secret/group*", "secret/group1/03", true},
      {"secret/*3", "secret/group1/03", false},
      {"secret/***3", "secret/03", true},
      {"acc", "accepted/x.py", false},
      {"{open", "{open", true},
      {"", "x", false},
  };
  for (const Row& row : rows) EXPECT_EQ(fits(row.pattern, row.path), row.fits) << row.pattern << " " << row.path;
  EXPECT_FALSE(fits("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", "a"));
}

struct Applied {
  Expectation expectation;
  SubmissionRules rules;
  std::vector<std::string> bounds_time = {""};
};

Applied applied(const std::string& yaml, const char* folder, const char* name) {
  Applied out;
  out.expectation = expectation_by_name(folder, false).value_or(Expectation{});
  std::vector<Message> warnings;
  const auto entries = read_submission_entries(yaml, warnings);
  if (entries) out.rules = apply(*entries, folder, name, out.expectation, out.bounds_time);
  return out;
}

TEST(SubmissionRules, AddToTheFoldersOwn) {
  struct Row {
    const char *yaml, *folder, *expected;
    std::size_t rules;
  };
  const Row rows[] = {
      {"accepted/*: {authors: A <a@b.c>}\n", "accepted", "GRADED", 0},
      {"accepted/x.py: {permitted: [AC]}\n", "accepted", "GRADED", 2},
      {"accepted: {permitted: [WA], required: [WA]}\n", "accepted", "WRONG_ANSWER OUTPUT_LIMIT", 1},
      {"time_limit_exceeded: {permitted: [AC, WA, TLE]}\n", "time_limit_exceeded", kSlow, 1},
      {"mixed: {permitted: [AC, WA]}\n", "mixed", "GRADED WRONG_ANSWER OUTPUT_LIMIT", 2},
      {"mixed: {permitted: [AC, WA], required: [WA]}\n", "mixed", "WRONG_ANSWER OUTPUT_LIMIT", 2},
      {"x.py: {permitted: [AC]}\n", "mixed", "", 0},
      {"mixed/x.py:\n  sample: {permitted: [AC]}\n  secret/*: {required: [TLE]}\n", "mixed",
       "GRADED WRONG_ANSWER TIME_LIMIT IDLE_LIMIT RUNTIME_ERROR MEMORY_LIMIT SECURITY_VIOLATION OUTPUT_LIMIT", 3},
  };
  for (const Row& row : rows) {
    const Applied got = applied(row.yaml, row.folder, "x.py");
    EXPECT_EQ(names(got.expectation.verdicts), row.expected) << row.yaml;
    EXPECT_EQ(got.expectation.rules.size(), row.rules) << row.yaml;
  }
}

TEST(SubmissionRules, SayMoreThanVerdicts) {
  const Applied got = applied(
      "accepted/x.py:\n  language: python3\n  entrypoint: main.py\n  use_for_time_limit: false\n  score: [10, 20.5]\n  message: too slow\n"
      "  secret/group1: {score: 5}\n",
      "accepted", "x.py");
  EXPECT_EQ(got.rules.language, "python3");
  EXPECT_EQ(got.rules.entry, "main.py");
  EXPECT_TRUE(got.bounds_time.empty());
  ASSERT_EQ(got.expectation.rules.size(), 3u);
  EXPECT_EQ(got.expectation.rules[1].score, Scores(10, 20.5));
  EXPECT_EQ(got.expectation.rules[1].message, "too slow");
  EXPECT_EQ(got.expectation.rules[2].tests, "secret/group1");
  EXPECT_EQ(got.expectation.rules[2].score, Scores(5, 5));
}

TEST(SubmissionRules, RefuseWhatTheyDoNotKnow) {
  struct Row {
    const char *yaml, *told;
  };
  const Row rows[] = {
      {"[", "OT574 submissions/submissions.yaml"},
      {"accepted: {permitted: [AC, OK]}\n", "OT575 submissions/submissions.yaml accepted: permitted [AC, OK]"},
      {"accepted: {permitted: []}\n", "OT575 submissions/submissions.yaml accepted: permitted []"},
      {"accepted: {score: many}\n", "OT575 submissions/submissions.yaml accepted: score many"},
      {"accepted/x.py: AC\n", "OT575 submissions/submissions.yaml accepted/x.py AC"},
      {"mixed: {secret/a: {required: {AC: 1}}}\n", "OT575 submissions/submissions.yaml mixed: secret/a: required {AC: …}"},
      {"mixed: {permited: [AC]}\n", "OT580 submissions/submissions.yaml mixed: permited"},
      {"mixed: {secret/a: {requird: [AC]}}\n", "OT580 submissions/submissions.yaml mixed: secret/a: requird"},
      {"mixed: {authors: [A, B], model_solution: true, language: cpp}\naccepted:\n", ""},
  };
  for (const Row& row : rows) {
    std::vector<Message> warnings;
    const auto entries = read_submission_entries(row.yaml, warnings);
    const Message* told = !entries ? &entries.failure().message : warnings.empty() ? nullptr : &warnings[0];
    std::string text = told == nullptr ? "" : told->id;
    for (std::size_t i = 0; told != nullptr && i < told->args.size(); ++i) {
      if (const auto* word = std::get_if<std::string>(&told->args[i])) text += " " + *word;
    }
    EXPECT_EQ(text, row.told);
  }
}

TEST(SubmissionRules, APatternThatFitsNothingIsTold) {
  const std::pair<const char*, const char*> rows[] = {
      {"accepted/*: {permitted: [AC]}\n", ""},
      {"accepted: {secret/b*: {permitted: [AC]}, sample: {permitted: [AC]}}\n", ""},
      {"brute_force: {permitted: [AC, TLE]}\n", ""},  // a default of the format's
      {"submissions/accepted/x.py: {score: 1}\n", "submissions/accepted/x.py"},
      {"accepted/y.py: {score: 1}\n", "accepted/y.py"},
      {"accepted/x.py: {secret/hard*: {permitted: [AC]}}\n", "accepted/x.py: secret/hard*"},
  };
  for (const auto& [yaml, told] : rows) {
    std::vector<Message> warnings;
    const auto entries = read_submission_entries(yaml, warnings);
    ASSERT_TRUE(entries) << yaml;
    std::vector<checkers::program::Test> tests(2);
    tests[0].id = "sample/1";
    tests[1].id = "secret/big/2";
    warn_of_idle_patterns(*entries, std::vector<std::string>{"accepted/x.py"}, tests, warnings);
    EXPECT_EQ(codes_of(warnings), *told == '\0' ? "" : "OT598") << yaml;
    if (!warnings.empty()) {
      EXPECT_EQ(std::get<std::string>(warnings[0].args[1]), told);
    }
  }
}

}  // namespace
}  // namespace otmetka::packages
