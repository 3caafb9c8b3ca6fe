// A command line that is wrong is told what is wrong with it, the most useful thing first.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"
#include "tests/e2e/specs.h"

namespace otmetka::e2e {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Usage : public testing::Test {
 protected:
  Ran told(std::vector<std::string> words, const Setting& setting = {}) const {
    words.insert(words.end(), {"--lang", "en"});
    return run(folder, otmetka(words), setting);
  }
  void expect_usage_error(const std::vector<std::string>& words, const std::string& text) const {
    const Ran ran = told(words);
    EXPECT_EQ(ran.exit_code, 2) << text;
    EXPECT_THAT(ran.err, HasSubstr(text));
    EXPECT_EQ(ran.out, "");
  }

  Scratch folder;
  std::string spec = folder.write("small.yaml", kSmallSpec);
};

TEST_F(Usage, AMisspeltOptionIsNamedEvenWhenItIsTheOneThatIsMissing) {
  expect_usage_error({"grade", "--spce", spec, "a.jsonl"}, "OT502]: unknown option “--spce”, did you mean “--spec”");
  expect_usage_error({"try", spec, "n", "-x"}, "OT501]: unknown option “-x”");
  EXPECT_EQ(told({"try", spec, "n", "-5"}).exit_code, 0) << "a number is an answer";
  EXPECT_EQ(run(folder, otmetka({"try", spec, "t", "--", "-x"})).exit_code, 0);
}

TEST_F(Usage, AnOptionGivenTwiceIsSaidToBe) {
  expect_usage_error({"grade", "--spec", spec, "--spec", spec, "a.jsonl"}, "OT534]: --spec is given twice");
  expect_usage_error({"grade", "--spec=" + spec, "--spec=" + spec, "a.jsonl"}, "OT534]: --spec is given twice");
}

TEST_F(Usage, AnOptionWithoutItsValueIsNamed) {
  expect_usage_error({"grade", "a.jsonl", "--spec"}, "OT505]: --spec needs a value");  // --lang en follows
  expect_usage_error({"grade", "--spec", "--format", "csv", "a.jsonl"}, "OT505]: --spec needs a value");
  EXPECT_THAT(run(folder, otmetka({"grade", "a.jsonl", "--spec"})).err, HasSubstr("OT505"));
}

TEST_F(Usage, TheFirstWordTooManyIsNamed) {
  expect_usage_error({"try", spec, "n", "9,8", "m/s", "--explain"}, "OT503]: one word too many: “m/s”");
}

TEST_F(Usage, DeadLettersAreChosenByIdOrAllOrFilter) {
  for (const char* what : {"show", "replay", "drop"}) {
    expect_usage_error({"dlq", what, "--queue", "embedded:q"}, "OT504]: missing: an ID, --filter or --all");
  }
}

TEST_F(Usage, AQueueIsNotMadeForAMistake) {
  expect_usage_error({"dlq", "list", "--queue", "embedded:q"}, "OT413]: there is no queue q");
  expect_usage_error({"dlq", "show", "1", "--queue", "embedded:q"}, "OT413");
  expect_usage_error({"submit", "--queue", "embedded:q", "no.jsonl"}, "OT360");
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "q"));
  expect_usage_error({"dlq", "list", "--queue", "embedded:" + spec}, "OT402");
}

TEST_F(Usage, AVariableThatMeansNothingIsNoticed) {
  const Ran near = told({"config", "show"}, {.environment = {"OTMETKA_WROKERS=2", "OTMETKA_LANG=en", "OTMETKA_WORKERS=1"}});
  EXPECT_EQ(near.exit_code, 0);
  EXPECT_THAT(near.err, AllOf(HasSubstr("OT519"), HasSubstr("OTMETKA_WROKERS"), HasSubstr("mean OTMETKA_WORKERS")));
  EXPECT_EQ(count_of(near.err, "OT51"), 1u);
  EXPECT_THAT(told({"config", "show"}, {.environment = {"OTMETKA_COLOUR_OF_THE_SKY=blue"}}).err, HasSubstr("OT518"));
}

TEST_F(Usage, HelpOfACommandIsItsHelp) {
  EXPECT_EQ(told({"help", "grade"}).out, told({"grade", "--help"}).out);
  EXPECT_THAT(told({"help", "grade"}).out, HasSubstr("--fail-under"));
  EXPECT_EQ(told({"help", "dlq", "show"}).out, told({"dlq", "show", "--help"}).out);
  EXPECT_THAT(told({"help"}).out, HasSubstr("grade"));
  EXPECT_THAT(told({"help", "judge"}).err, HasSubstr("OT508"));
}

TEST_F(Usage, AnEmptyValueIsNoValue) {
  expect_usage_error({"submit", "--queue", "", "a.jsonl"}, "OT505]: --queue needs a value");
  expect_usage_error({"submit", "--queue=", "a.jsonl"}, "OT505]: --queue needs a value");
  expect_usage_error({"results", "--gradebook", ""}, "OT505]: --gradebook needs a value");
  EXPECT_EQ(told({"try", spec, "n", ""}).exit_code, 0) << "an answer may be empty";
}

TEST_F(Usage, ADiagnosticIsOneLineWhereStderrIsNoTerminal) {
  const Ran ran = told({"grade", "--spec", spec, "--fail-under", "most", "a.jsonl"});
  EXPECT_EQ(ran.err, "error[OT523]: “most” is no share from 0 to 1; write 60% or 0.6\n");
}

TEST_F(Usage, AFileInPlaceOfTheFolderOfSpecsIsSaidToBeOne) {
  expect_usage_error({"serve", "--queue", "embedded:q", "--gradebook", "sqlite:b.db", "--specs", spec}, "is a file, not a folder");
  expect_usage_error({"serve", "--queue", "embedded:q", "--gradebook", "sqlite:b.db", "--specs", "nosuch"}, "OT526");
}

TEST_F(Usage, TwoSpecsOfOneIdInAFolderAreTold) {
  folder.write("twins/a.yaml", kSmallSpec);
  folder.write("twins/b.yaml", kSmallSpec);
  EXPECT_THAT(told({"check", "twins"}).out, AllOf(HasSubstr("OT528"), HasSubstr("twins/a.yaml"), HasSubstr("twins/b.yaml")));
}

TEST_F(Usage, AFolderWithoutSpecsIsNoSuccess) {
  std::filesystem::create_directory(folder.path() / "empty");
  const Ran ran = told({"check", "empty"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("OT538"), HasSubstr("the folder empty holds no spec")));
  EXPECT_THAT(told({"check", folder.path().string()}).err, Not(HasSubstr("OT538")));
}

}  // namespace
}  // namespace otmetka::e2e
