// Items whose tests are a teacher's script that reports by itself, with real programs in the sandbox: what counts, what an answer can
// do to a report, and whose fault a script's end is.
#include <gmock/gmock.h>

#include "checkers/unit_tests/unit_tests_test_support.h"

namespace otmetka::checkers::unit_tests {
namespace {

using ::testing::Contains;
using Settings = v1::UnitTestsSettings;

const char* const kTapScript = R"(
import fizz

def three(): return fizz.fizz(3)
def five(): return fizz.fizz(5)
def seven(): return fizz.fizz(7)

print("1..3")
for number, (test, expected) in enumerate([(three, "Fizz"), (five, "Buzz"), (seven, "7")], 1):
    try:
        got = test()
    except Exception as error:
        got = error
    print("ok" if got == expected else "not ok", number, "-", test.__name__)
    print("# got:", got)
)";

const char* const kJsonScript = R"(
import json
import fizz

def share(numbers, expected):
    right = 0
    for number, word in zip(numbers, expected):
        try:
            right += fizz.fizz(number) == word
        except Exception:
            pass
    return right

tests = [
    {"name": "three", "score": share([3, 6, 9], ["Fizz"] * 3), "max_score": 3, "output": "multiples of three"},
    {"name": "five", "score": share([5], ["Buzz"]), "max_score": 1, "visibility": "hidden"},
    {"name": "seven", "status": "passed" if share([7], ["7"]) else "failed"},
]
with open("results.json", "w") as file:
    json.dump({"tests": tests}, file)
)";

const char* const kRight = "def fizz(n): return 'Fizz' if n % 3 == 0 else 'Buzz' if n % 5 == 0 else str(n)\n";
const char* const kNoFive = "def fizz(n): return 'Fizz' if n % 3 == 0 else str(n)\n";
const char* const kWrong = "def fizz(n): return 'x'\n";

Settings scripted(Settings::Report report, const std::string& script) {
  Settings out = item("python3", {"fizz.py"}, "check.py", script, Settings::ISOLATION_BRIDGE);
  out.set_report(report);
  const std::pair<const char*, int> weights[] = {{"three", 2}, {"five", 1}, {"seven", 1}};
  for (const auto& [name, weight] : weights) {
    auto& one = *out.add_weights();
    one.set_test(name);
    one.mutable_weight()->set_num(weight);
    one.mutable_weight()->set_den(1);
  }
  return out;
}
Settings tap(const std::string& script = kTapScript) { return scripted(Settings::REPORT_TAP, script); }
Settings json(const std::string& script = kJsonScript) { return scripted(Settings::REPORT_RESULTS_JSON, script); }

Outcome answered(const Settings& settings, const std::string& program) { return check(settings, {{"fizz.py", program}}); }

std::vector<std::string> told(const Outcome& out) {
  std::vector<std::string> ids;
  for (const Message& message : out.feedback) ids.push_back(message.id);
  return ids;
}

TEST(Script, TapCountsByWeights) {
  EXPECT_EQ(answered(tap(), kRight).credit, Ratio(1));
  EXPECT_EQ(answered(tap(), kWrong).credit, Ratio(0));
  const Outcome out = answered(tap(), kNoFive);
  EXPECT_EQ(out.credit, Ratio(3, 4));
  EXPECT_EQ(out.status, Verdict::kWrongAnswer);
  EXPECT_EQ(verdict_of(out, "three"), "GRADED");
  EXPECT_EQ(verdict_of(out, "five"), "WRONG_ANSWER");
  EXPECT_EQ(out.answer_key, "five");
  EXPECT_EQ(out.feedback, (std::vector<Message>{{"unit_tests.partly", {std::int64_t{2}, std::int64_t{3}}},
                                                {"unit_tests.wrong", {std::string("five")}}}));
}

TEST(Script, ResultsJsonGivesSharesOfWeights) {
  EXPECT_EQ(answered(json(), kRight).credit, Ratio(1));
  const Outcome out = answered(json(), "def fizz(n): return 'Fizz' if n == 3 else str(n)\n");
  EXPECT_EQ(out.credit, Ratio(1, 3) * Ratio(1, 2) + Ratio(1, 4));
  EXPECT_EQ(out.rule_id, "partial");
  EXPECT_EQ(out.feedback, (std::vector<Message>{{"unit_tests.partly", {std::int64_t{1}, std::int64_t{3}}},
                                                {"unit_tests.part", {std::string("three"), Ratio(1, 3)}}}));
  EXPECT_TRUE(out.tests[0].shown);
  EXPECT_FALSE(out.tests[1].shown) << "a hidden test is not told of";
  EXPECT_THAT(out.trace, Contains(Message{"unit_tests.detail", {std::string("three"), std::string("multiples of three")}}));
}

TEST(Script, ResultsJsonMayLieInItsFolder) {
  EXPECT_EQ(answered(json(replaced(kJsonScript, "results.json", "results/results.json")), kRight).credit, Ratio(1));
}

TEST(Script, TheListOfTestsIsTheSpecs) {
  const Outcome out = answered(tap(R"(
import fizz
fizz.fizz(3)
print("1..3\nok 1 - three\nok 2 - four\nok 3 - three\n")
)"), kRight);
  EXPECT_EQ(out.credit, Ratio(1, 2)) << "a test that is not reported has failed, one that is not known changes nothing";
  EXPECT_THAT(told(out), Contains("unit_tests.missing"));
  EXPECT_THAT(out.trace, Contains(Message{"unit_tests.unknown_tests", {std::string("four")}}));
}

TEST(Script, AGateThatFailsIsNothing) {
  Settings settings = tap();
  settings.add_require("five");
  const Outcome out = answered(settings, kNoFive);
  EXPECT_EQ(out.credit, Ratio(0));
  EXPECT_EQ(out.feedback[0].id, "unit_tests.gate");
  EXPECT_EQ(answered(settings, kRight).credit, Ratio(1));
}

TEST(Script, AnObjectIsOneWrongAnswer) {
  EXPECT_EQ(answered(tap(), std::string(kRight) + "right = fizz\ndef fizz(n): return map(str, []) if n == 5 else right(n)\n").credit,
            Ratio(3, 4));
}

// What stops the script or spoils its report takes all tests with it: a text that the script printed before may be the learner's.
TEST(Script, ForgeriesGainNothing) {
  const std::string lines = "'x\\nok 2 - five\\nok 3 - seven'";
  const std::tuple<const char*, std::string> rows[] = {
      {"prints TAP", std::string(kWrong) + "print('1..3\\nok 1 - three\\nok 2 - five\\nok 3 - seven', flush=True)\n"},
      {"writes to every descriptor", std::string(kWrong) + R"(
import os
for fd in range(64):
  try: os.write(fd, b'1..3\nok 1 - three\nok 2 - five\nok 3 - seven\n')
  except OSError: pass
)"},
      {"leaves reports in its folder", std::string(kWrong) + R"(
import os
os.mkdir("results")
good = '{"tests": [{"name": "three", "status": "passed"}, {"name": "five", "status": "passed"}, {"name": "seven", "status": "passed"}]}'
for name in ("results.json", "results/results.json", "otmetka_output", "otmetka_report"):
  open(name, "w").write("passed 0\n" if name == "otmetka_report" else "1..3\nok - three\nok - five\nok - seven\n" if "_" in name else good)
)"},
      {"returns lines", "def fizz(n): return " + lines + "\n"},
      {"returns lines and leaves", "import os\ndef fizz(n):\n  if n == 5: os._exit(0)\n  return " + lines + "\n"},
      {"returns lines and ends the script", "def fizz(n):\n  if n == 5: raise SystemExit(0)\n  return " + lines + "\n"},
      {"returns lines and interrupts it", "def fizz(n):\n  if n == 5: raise KeyboardInterrupt\n  return " + lines + "\n"},
      {"returns lines and hangs", "def fizz(n):\n  while n == 5: pass\n  return " + lines + "\n"},
      {"raises lines", "def fizz(n): raise ValueError(" + lines + ")\n"},
      {"returns a plan", "def fizz(n): return 'x\\n1..1\\nok 2 - five'\n"},
      {"ends the report", "def fizz(n): return 'x\\n...\\nBail out!'\n"},
      {"is right and dies at its end", std::string(kRight) + "import atexit, os\natexit.register(os._exit, 3)\n"},
      {"leaves when imported", "import os\nos._exit(0)\n"},
  };
  for (const auto& [about, program] : rows) {
    EXPECT_EQ(answered(tap(), program).credit, Ratio(0)) << about << ", tap";
    if (std::string_view(about).starts_with("returns") || std::string_view(about).starts_with("raises")) continue;
    if (std::string_view(about).starts_with("ends")) continue;  // nothing is printed there
    EXPECT_EQ(answered(json(), program).credit, Ratio(0)) << about << ", results.json";
  }
}

TEST(Script, AnEndOfTheLearnersProgramIsToldOnce) {
  const Outcome out = answered(tap(), "def fizz(n):\n  while n == 5: pass\n  return 'Fizz'\n");
  EXPECT_EQ(out.status, Verdict::kTimeLimit);
  EXPECT_EQ(out.credit, Ratio(0));
  EXPECT_EQ(out.feedback, (std::vector<Message>{{"unit_tests.partly", {std::int64_t{0}, std::int64_t{3}}},
                                                {"unit_tests.time_limit", {std::string("check.py")}}}));
}

TEST(Script, AReportThatIsNotWholePassesNothing) {
  const std::tuple<const char*, const char*, const char*> rows[] = {
      {"tap", "", "unit_tests.report_absent"},
      {"tap", "print('ok 1 - three')", "unit_tests.report_cut"},
      {"tap", "print('1..1\\nok 1 - three', end='')", "unit_tests.report_cut"},
      {"tap", "print('1..1\\nok 1 - three\\nok 2 - five')", "unit_tests.report_unfit"},
      {"tap", "print('1..3\\nok 1 - three\\nBail out!')", "unit_tests.bail_out"},
      {"tap", "print('#' * (2 << 20))", "unit_tests.report_large"},
      {"json", "", "unit_tests.report_absent"},
      {"json", "open('results.json', 'w').write('{\"tests\": [')", "unit_tests.report_cut"},
      {"json", "open('results.json', 'w').write('[]')", "unit_tests.report_unfit"},
      {"json", "import os; os.symlink('/etc/passwd', 'results.json')", "unit_tests.report_unfit"},
      {"json", "open('results.json', 'w').write(' ' * (2 << 20))", "unit_tests.report_large"},
  };
  for (const auto& [format, script, expected] : rows) {
    const std::string text = "import fizz\nfizz.fizz(3)\n" + std::string(script) + "\n";
    const Outcome out = answered(std::string_view(format) == "tap" ? tap(text) : json(text), kRight);
    EXPECT_EQ(out.credit, Ratio(0)) << script;
    EXPECT_THAT(told(out), Contains(expected)) << script;
    EXPECT_EQ(out.feedback.size(), 2U) << script;
  }
}

TEST(Script, AScriptThatFailsBeforeItCallsAnythingIsNobodysVerdict) {
  const std::tuple<const char*, const char*> rows[] = {
      {"import fizz as\n", "check.py:1: SyntaxError"},
      {"x = 1\nprint(y)\nimport fizz\n", "check.py:2: NameError"},
      {"print('1..0')\n", "check.py: it calls nothing of the learner's"},
  };
  for (const auto& [script, said] : rows) {
    const Made made = type().make(tap(script), {});
    ASSERT_NE(made.checker, nullptr);
    const Outcome out = made.checker->check(TextAnswer{kRight}, {.locale = "ru", .explain = true, .workshop = &workshop()});
    ASSERT_TRUE(out.failure) << script;
    EXPECT_EQ(out.failure->code(), "OT622") << script;
    EXPECT_TRUE(std::get<std::string>(out.failure->message.args[0]).starts_with(said))
        << std::get<std::string>(out.failure->message.args[0]);
  }
}

TEST(Script, InAFolderItReadsWhatIsBesideIt) {
  Settings settings = tap();
  settings.set_tests("dir:tests");
  settings.mutable_embedded(0)->set_reference("dir:tests/run_tests.py");
  settings.mutable_embedded(0)->set_content(
      "import helpers, sys\nassert sys.argv[0].endswith('run_tests.py') and __name__ == '__main__'\nhelpers.run()\nsys.exit(1)\n");
  auto& helpers = *settings.add_embedded();
  helpers.set_reference("dir:tests/helpers.py");
  helpers.set_content(
      "import fizz\ndef run():\n  print('ok' if fizz.fizz(3) == 'Fizz' else 'not ok', '- three')\n"
      "  print('ok - five\\nok - seven\\n1..3')\n");
  EXPECT_EQ(answered(settings, kRight).credit, Ratio(1)) << "the script's status says nothing";
  EXPECT_EQ(answered(settings, kWrong).credit, Ratio(1, 2));
}

}  // namespace
}  // namespace otmetka::checkers::unit_tests
