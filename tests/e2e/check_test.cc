// `otmetka check` and `otmetka try`, and what all commands share: language, colours, help.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"
#include "tests/e2e/specs.h"

namespace otmetka::e2e {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Check : public testing::Test {
 protected:
  Scratch folder;
};

TEST_F(Check, GoodSpecIsSilentOnStdoutAndCountsItsSamplesOnStderr) {
  const std::string spec = folder.write("small.yaml", kSmallSpec);
  const Ran ran = run(folder, otmetka({"check", spec, "--lang", "en"}));
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, HasSubstr("samples: 9 of 9 hold"));
}

TEST_F(Check, ErrorHasFileLineColumnCodeAndExitCodeOne) {
  folder.write("bad.yaml", "grade: v1\nid: bad\nitems:\n- id: n\n  numeric:\n    answer: 4\n    tolerence: 0.01\n");
  const Ran ran = run(folder, otmetka({"check", "bad.yaml"}));
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.out, StartsWith("bad.yaml:7:5: OT"));
  EXPECT_THAT(ran.out, HasSubstr("tolerance"));  // the known key that is nearest
}

TEST_F(Check, WarningAloneIsExitCodeZero) {
  folder.write("bare.yaml", "grade: v1\nid: bare\nitems:\n- {id: t, text: Москва}\n");
  const Ran ran = run(folder, otmetka({"check", "bare.yaml"}));
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_THAT(ran.out, HasSubstr("OT234"));
}

TEST_F(Check, SampleThatDoesNotHoldIsAnError) {
  folder.write("sample.yaml",
               "grade: v1\nid: s\nitems:\n- {id: t, text: Москва, samples: [{give: Тверь, score: 1}, {give: нет, score: 0}]}\n");
  const Ran ran = run(folder, otmetka({"check", "sample.yaml"}));
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.out, HasSubstr("OT170"));
}

TEST_F(Check, TakesFoldersAndStandardInput) {
  folder.write("specs/one.yaml", kSmallSpec);
  folder.write("specs/deep/two.yml", "grade: v1\nid: two\nitems:\n- {id: t, tekst: Москва}\n");
  const Ran of_folder = run(folder, otmetka({"check", "specs"}));
  EXPECT_EQ(of_folder.exit_code, 1);
  EXPECT_THAT(of_folder.out, HasSubstr("two.yml:4:"));
  EXPECT_EQ(run(folder, otmetka({"check", "-"}), {.input = kSmallSpec}).exit_code, 0);
}

TEST_F(Check, JsonHoldsBothLanguages) {
  folder.write("bad.yaml", "grade: v1\nid: bad\nitems:\n- {id: t, tekst: Москва}\n");
  const Ran ran = run(folder, otmetka({"check", "--format", "json", "bad.yaml"}));
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.out, StartsWith("["));
  EXPECT_THAT(ran.out, AllOf(HasSubstr("\"ru\""), HasSubstr("\"en\""), HasSubstr("\"line\":4")));
}

TEST_F(Check, TryShowsPointsAndWhy) {
  const std::string spec = folder.write("small.yaml", kSmallSpec);
  const Ran good = run(folder, otmetka({"try", spec, "t", " москва. ", "--lang", "en"}));
  EXPECT_EQ(good.exit_code, 0);
  EXPECT_THAT(good.out, HasSubstr("1 of 1"));
  const Ran bad = run(folder, otmetka({"try", spec, "t", "Тверь", "--lang", "en"}));
  EXPECT_EQ(bad.exit_code, 0) << "a bad answer is a result, no failure";
  EXPECT_THAT(bad.out, HasSubstr("0 of 1"));
}

TEST_F(Check, TryReadsEveryShapeAsACellAndAsJson) {
  const std::string spec = folder.write("small.yaml", kSmallSpec);
  for (const char* answer : {"a|b", "[\"b\", \"a\"]"}) {
    EXPECT_THAT(run(folder, otmetka({"try", spec, "c", answer, "--lang", "en"})).out, HasSubstr("1 of 1")) << answer;
  }
  const Ran parts = run(folder, otmetka({"try", spec, "p", "{\"x\": \"7\", \"y\": \"8\"}", "--lang", "en"}));
  EXPECT_THAT(parts.out, AllOf(HasSubstr("p.x: 0 of 1"), HasSubstr("p.y: 1 of 1")));
  EXPECT_THAT(run(folder, otmetka({"try", spec, "t", "-", "--lang", "en"}), {.input = "Москва\n"}).out, HasSubstr("1 of 1"));
}

TEST_F(Check, TryExplainsStepByStepAndJsonCarriesTracesOnlyThen) {
  const std::string spec = folder.write("small.yaml", kSmallSpec);
  const Ran brief = run(folder, otmetka({"try", spec, "t", "МОСКВА"}));
  const Ran full = run(folder, otmetka({"try", spec, "t", "МОСКВА", "--explain"}));
  EXPECT_GT(lines_of(full.out).size(), lines_of(brief.out).size());
  EXPECT_THAT(run(folder, otmetka({"try", spec, "t", "МОСКВА", "--format", "json"})).out, HasSubstr("\"trace\":[]"));
  EXPECT_THAT(run(folder, otmetka({"try", spec, "t", "МОСКВА", "--format", "json", "--explain"})).out, Not(HasSubstr("\"trace\":[]")));
}

TEST_F(Check, TryNamesTheItemsWhenAskedForAnother) {
  const std::string spec = folder.write("small.yaml", kSmallSpec);
  const Ran ran = run(folder, otmetka({"try", spec, "m", "4"}));
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("OT521"), HasSubstr("n, t, c, p")));
}

TEST_F(Check, LanguageIsTheOptionsThenTheEnvironmentsThenEnglish) {
  const std::string spec = folder.write("small.yaml", kSmallSpec);
  const auto said = [&](std::vector<std::string> more, std::vector<std::string> environment) {
    std::vector<std::string> arguments = {"try", spec, "t", "Тверь"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(folder, otmetka(arguments), {.environment = std::move(environment)}).out;
  };
  EXPECT_THAT(said({}, {}), HasSubstr("0 of 1"));
  EXPECT_THAT(said({}, {"LANG=ru_RU.UTF-8"}), HasSubstr("0 из 1"));
  EXPECT_THAT(said({}, {"LC_ALL=C", "LANG=ru_RU.UTF-8"}), HasSubstr("0 of 1"));
  EXPECT_THAT(said({}, {"OTMETKA_LANG=ru", "LC_ALL=en_GB.UTF-8"}), HasSubstr("0 из 1"));
  EXPECT_THAT(said({"--lang", "en"}, {"LANG=ru_RU.UTF-8"}), HasSubstr("0 of 1"));
  EXPECT_THAT(said({"--lang=ru"}, {}), HasSubstr("0 из 1"));
}

// Runs a command with a terminal on stdout and stderr, as script(1) gives it.
std::string on_terminal(const Scratch& folder, const std::string& arguments, std::vector<std::string> environment) {
  const std::string command = "'" + otmetka({}).front() + "' " + arguments;
  return run(folder, {"script", "-qec", command, "/dev/null"}, {.environment = std::move(environment)}).out;
}

TEST_F(Check, ColoursAndCaretsOnATerminalOnlyAndNeverAgainstTheEnvironment) {
  folder.write("bad.yaml", "grade: v1\nid: bad\nitems:\n- {id: t, tekst: Москва}\n");
  if (run(folder, {"sh", "-c", "command -v script"}).exit_code != 0) GTEST_SKIP() << "no script(1) here to make a terminal with";
  const std::string coloured = on_terminal(folder, "check bad.yaml", {"TERM=xterm"});
  EXPECT_THAT(coloured, AllOf(HasSubstr("\x1b["), HasSubstr("^^^^^")));
  for (const char* variable : {"NO_COLOR=1", "TERM=dumb"}) {
    const std::string plain = on_terminal(folder, "check bad.yaml", {"TERM=xterm", variable});
    EXPECT_THAT(plain, AllOf(Not(HasSubstr("\x1b[")), HasSubstr("^^^^^"))) << variable;
  }
  const Ran piped = run(folder, otmetka({"check", "bad.yaml"}), {.environment = {"TERM=xterm"}});
  EXPECT_THAT(piped.out + piped.err, Not(HasSubstr("\x1b[")));
}

TEST_F(Check, HelpAndVersionAnswerOnStdout) {
  for (const char* command : {"check", "try", "grade", "submit", "serve", "results", "explain", "schema", "doctor"}) {
    const Ran ran = run(folder, otmetka({command, "--help"}));
    EXPECT_EQ(ran.exit_code, 0) << command;
    EXPECT_THAT(ran.out, HasSubstr(std::string("otmetka ") + command));
    EXPECT_EQ(ran.err, "") << command;
  }
  EXPECT_THAT(run(folder, otmetka({"--version"})).out, StartsWith("otmetka "));
  EXPECT_THAT(run(folder, otmetka({"--help"})).out, HasSubstr("grade"));
}

TEST_F(Check, ExplainShowsAWrongAndARightExample) {
  const Ran ran = run(folder, otmetka({"explain", "OT107", "--lang", "en"}));
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("OT107"), HasSubstr("Wrong:"), HasSubstr("Right:")));
}

}  // namespace
}  // namespace otmetka::e2e
