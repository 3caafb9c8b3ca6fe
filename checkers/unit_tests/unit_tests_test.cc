// A `unit_tests` item from its settings to its outcome, in Python, with real programs in the sandbox.
#include "checkers/unit_tests/unit_tests.h"

#include <gmock/gmock.h>

#include "checkers/unit_tests/unit_tests_test_support.h"

namespace otmetka::checkers::unit_tests {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using Settings = v1::UnitTestsSettings;

constexpr auto kBridge = Settings::ISOLATION_BRIDGE;
constexpr auto kInside = Settings::ISOLATION_IN_PROCESS;

const char* const kPlainTests = R"(
import fizz
from fizz import sort

def test_imports():
    assert callable(fizz.fizz)

def test_three():
    assert fizz.fizz(3) == "Fizz"

def test_other():
    assert fizz.fizz(4) == "4"

def test_negative():
    try:
        fizz.fizz(-1)
    except ValueError as error:
        assert "negative" in str(error)
    else:
        raise AssertionError("nothing was raised")

def test_sorts_in_place():
    numbers = [3, 1, 2]
    assert sort(numbers) is None
    assert numbers == [1, 2, 3]
)";

const char* const kUnittestTests = R"(
import unittest
import fizz

class FizzTest(unittest.TestCase):
    def setUp(self):
        self.three = 3

    def test_imports(self):
        self.assertTrue(callable(fizz.fizz))

    def test_three(self):
        self.assertEqual(fizz.fizz(self.three), "Fizz")

    def test_other(self):
        for n in (1, 2, 4):
            with self.subTest(n=n):
                self.assertEqual(fizz.fizz(n), str(n))

    def test_negative(self):
        with self.assertRaisesRegex(ValueError, "negative"):
            fizz.fizz(-1)

    def test_sorts_in_place(self):
        numbers = [3, 1, 2]
        fizz.sort(numbers)
        self.assertEqual(numbers, [1, 2, 3])
)";

const char* const kPytestTests = R"(
import pytest
import fizz

@pytest.fixture
def three():
    return 3

def test_imports():
    assert callable(fizz.fizz)

def test_three(three):
    assert fizz.fizz(three) == "Fizz"

@pytest.mark.parametrize("n", [1, 2, 4])
def test_other(n):
    assert fizz.fizz(n) == str(n)

def test_negative():
    with pytest.raises(ValueError, match="negative"):
        fizz.fizz(-1)

def test_sorts_in_place():
    numbers = [3, 1, 2]
    fizz.sort(numbers)
    assert numbers == [1, 2, 3]
)";

const char* const kGood = R"(
def fizz(n):
    print("a line that nobody looks at")
    if n < 0:
        raise ValueError("a negative number")
    return "Fizz" if n % 3 == 0 else str(n)

def sort(numbers):
    numbers.sort()
)";

struct Framework {
  const char* name;
  const char* tests;
};
const Framework kFrameworks[] = {{"plain", kPlainTests}, {"unittest", kUnittestTests}, {"pytest", kPytestTests}};

bool has_pytest() { return has("python3", "/usr/lib/python3/dist-packages/pytest/__init__.py"); }

TEST(UnitTests, PythonInEveryFrameworkAndOnBothLevels) {
  struct Row {
    const char* about;
    std::string program;
    Ratio credit;
    Verdict status;
    bool in_all = false;  // frameworks: a run is most of a second
  };
  const Row rows[] = {
      {"right", kGood, Ratio(1), Verdict::kGraded, true},
      {"one answer is wrong", replaced(kGood, "str(n)", "n"), Ratio(4, 5), Verdict::kWrongAnswer, true},
      {"another exception", replaced(kGood, "ValueError(", "KeyError("), Ratio(4, 5), Verdict::kRuntimeError, true},
      {"nothing raised", replaced(kGood, "raise ValueError", "print"), Ratio(4, 5), Verdict::kWrongAnswer, true},
      {"a copy is sorted", replaced(kGood, "numbers.sort()", "sorted(numbers)"), Ratio(4, 5), Verdict::kWrongAnswer},
      {"a loop in one test", replaced(kGood, "numbers.sort()", "\n    while True: pass"), Ratio(4, 5), Verdict::kTimeLimit},
      {"a crash in one test", replaced(kGood, "numbers.sort()", "\n    import os\n    os.abort()"), Ratio(4, 5), Verdict::kRuntimeError},
      {"too much memory in one test", replaced(kGood, "numbers.sort()",
       "\n    x = bytearray(1 << 30)\n    x[::4096] = b'1' * len(x[::4096])"), Ratio(4, 5), Verdict::kMemoryLimit},
      {"a wait in one test", replaced(kGood, "numbers.sort()", "\n    import time\n    time.sleep(60)"), Ratio(4, 5), Verdict::kIdleLimit},
      {"does not compile", "def fizz(n:\n", Ratio(0), Verdict::kCompileError},
      {"fails when imported", std::string(kGood) + "\n1 / 0\n", Ratio(0), Verdict::kRuntimeError},
      {"a function is missing", "def fizz(n): return 'Fizz'\n", Ratio(0), Verdict::kRuntimeError},
  };
  for (const Framework& framework : kFrameworks) {
    if (framework.name == std::string("pytest") && !has_pytest()) continue;
    for (const auto isolation : {kBridge, kInside}) {
      const Settings settings = item("python3", {"fizz.py"}, "test_fizz.py", framework.tests, isolation);
      for (const Row& row : rows) {
        if (!row.in_all && framework.tests != kPlainTests) continue;
        const Outcome out = check(settings, {{"fizz.py", row.program}});
        const std::string at = std::string(row.about) + ", " + framework.name + (isolation == kBridge ? ", bridge" : ", in_process");
        EXPECT_EQ(out.credit, row.credit) << at;
        EXPECT_EQ(out.status, row.status) << at << ": " << verdict_name(out.status);
      }
    }
  }
}

TEST(UnitTests, AMissingFunctionCostsItsOwnTestsWhereTheModuleIsImported) {
  const Settings settings = item("python3", {"fizz.py"}, "test_fizz.py", kUnittestTests, kBridge);
  const Outcome out = check(settings, {{"fizz.py", replaced(kGood, "def sort", "def order")}});
  EXPECT_EQ(out.credit, Ratio(4, 5));
  EXPECT_EQ(verdict_of(out, "FizzTest.test_sorts_in_place"), "RUNTIME_ERROR");
}

TEST(UnitTests, ValuesOfEveryPlainKindGoThereAndBack) {
  const char* tests = R"(
import values
from values import Odd

KINDS = [None, True, False, 0, -1, 2**64, -(2**200), 0.1, -0.0, float("inf"), "", "я\ud800\n", b"\x00\xff",
         [], [1, [2]], (), (1, (2,)), {}, {"a": {1: 2}},
         {(1, 2): "t"}, set(), {1, "a"}, frozenset({1})]

def test_same():
    for value in KINDS:
        back = values.same(value)
        assert back == value and type(back) is type(value), value

def test_nan():
    assert values.same(float("nan")) != values.same(float("nan"))

def test_subclasses_go_by_value():
    assert values.clever() == [7, "text", [1], {"a": 1}]
    assert [type(value) for value in values.clever()] == [int, str, list, dict]

def test_constants():
    assert values.LIMIT == 10 and values.NAMES == ["a"]

def test_star():
    space = {}
    exec("from values import *", space)
    assert space["LIMIT"] == 10 and space["same"](1) == 1 and "math" not in space

def test_own_exception():
    try:
        values.raise_odd()
    except Odd as error:
        assert isinstance(error, ValueError) and str(error) == "odd"

def test_named_arguments():
    assert values.named(1, c=3, b=2) == [1, 2, 3]

def test_nested_arguments_change():
    grid = [[0, 0], [0, 0]]
    row = grid[1]
    values.mark(grid)
    assert grid == [[0, 0], [0, 5]] and row is grid[1] and row == [0, 5]

def test_hasattr():
    assert hasattr(values, "same") and not hasattr(values, "nothing")
)";
  const char* program = R"(
import math
LIMIT = 10
NAMES = ["a"]
class Odd(ValueError): pass
class Int(int):
    def __eq__(self, other): return True
    __hash__ = int.__hash__
class Str(str):
    def __str__(self): return "no"
class List(list):
    def __iter__(self): return iter([9])
class Dict(dict):
    def items(self): return []
def same(x): return x
def clever(): return [Int(7), Str("text"), List([1]), Dict(a=1)]
def raise_odd(): raise Odd("odd")
def named(a, b, c): return [a, b, c]
def mark(grid): grid[1][1] = 5
)";
  const Outcome out = check(item("python3", {"values.py"}, "test_values.py", tests, kBridge), {{"values.py", program}});
  EXPECT_EQ(out.credit, Ratio(1)) << out.answer_key;
}

TEST(UnitTests, AGateThatFailsEndsIt) {
  Settings settings = item("python3", {"fizz.py"}, "test_fizz.py", kUnittestTests, kBridge);
  settings.add_require("test_three");
  const Outcome out = check(settings, {{"fizz.py", replaced(kGood, "\"Fizz\"", "\"Buzz\"")}});
  EXPECT_EQ(out.credit, Ratio(0));
  EXPECT_EQ(out.status, Verdict::kWrongAnswer);
  EXPECT_EQ(out.feedback[0].id, "unit_tests.gate");
  EXPECT_EQ(verdict_of(out, "FizzTest.test_other"), "GATED");
  EXPECT_EQ(check(settings, {{"fizz.py", kGood}}).credit, Ratio(1));
}

TEST(UnitTests, WhatIsToldNamesTestsAndNoExpectedValue) {
  const Outcome out = check(item("python3", {"fizz.py"}, "test_fizz.py", kUnittestTests, kBridge), {{"fizz.py", replaced(kGood,
      "\"Fizz\"", "\"Buzz\"")}});
  EXPECT_EQ(out.feedback, (std::vector<Message>{{"unit_tests.partly", {std::int64_t{4}, std::int64_t{5}}}, {"unit_tests.wrong",
      {std::string("FizzTest.test_three")}}}));
  EXPECT_EQ(out.answer_key, "FizzTest.test_three");
  for (const Message& message : out.trace) {
    for (const Arg& arg : message.args) {
      const auto* text = std::get_if<std::string>(&arg);
      EXPECT_THAT(text == nullptr ? std::string() : *text, Not(HasSubstr("Buzz")));
    }
  }
}

TEST(UnitTests, TestsInAFolderMayHaveHelpersAndData) {
  Settings settings = item("python3", {"fizz.py", "more.py"}, "test_fizz.py",
                           "import fizz\nfrom helpers import expected\n"
                           "def test_all():\n  for n, word in expected(): assert fizz.fizz(n) == word\n", kBridge);
  settings.set_tests("dir:tests");
  settings.mutable_embedded(0)->set_reference("dir:tests/test_fizz.py");
  const std::pair<const char*, const char*> beside[] = {
      {"dir:tests/helpers.py", "def expected():\n  for line in open('words.txt'):\n    n, word = line.split()\n    yield int(n), word\n"},
      {"dir:tests/words.txt", "3 Fizz\n4 4\n"}};
  for (const auto& [reference, content] : beside) {
    auto& file = *settings.add_embedded();
    file.set_reference(reference);
    file.set_content(content);
  }
  const char* more = "def word(n): return 'Fizz' if n % 3 == 0 else str(n)\n";
  EXPECT_EQ(check(settings, {{"fizz.py", "from more import word as fizz\n"}, {"more.py", more}}).credit, Ratio(1));
  EXPECT_EQ(check(settings, {{"fizz.py", "from more import word as fizz\n"}}).status, Verdict::kRuntimeError);
}

}  // namespace
}  // namespace otmetka::checkers::unit_tests
