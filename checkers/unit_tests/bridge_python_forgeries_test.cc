// In a bridge in Python: names of the learner's module that the tests take, and what they may not do to the tests' own control
// flow. Each row says which of the tests must pass.
#include <gmock/gmock.h>

#include "checkers/unit_tests/unit_tests_test_support.h"

namespace otmetka::checkers::unit_tests {
namespace {

using ::testing::ElementsAre;
using Settings = v1::UnitTestsSettings;

constexpr auto kBridge = Settings::ISOLATION_BRIDGE;

bool has_pytest() { return has("python3", "/usr/lib/python3/dist-packages/pytest/__init__.py"); }

std::vector<std::string> passed(const Outcome& out) {
  std::vector<std::string> names;
  for (const TestOutcome& test : out.tests) {
    if (test.verdict == Verdict::kGraded) names.push_back(test.id);
  }
  return names;
}

std::vector<std::string> passed(const std::string& tests, const std::string& program) {
  return passed(check(item("python3", {"fizz.py"}, "test_fizz.py", tests, kBridge), {{"fizz.py", program}}));
}

using Names = std::vector<std::string>;

struct Row {
  const char* about;
  std::string tests;
  const char* program;
  Names passed;
};

const char* const kStar = R"(
from math import sqrt
from fizz import *

LEAST = 2
def check(a, b): assert a == b

def test_check(): check(f(3), 9)
def test_abs(): assert abs(f(2) - 4) < 1e-9
def test_all(): assert all(f(i) == i * i for i in range(5))
def test_sorted(): assert sorted(g([3, 1, 2])) == [1, 2, 3]
def test_imported(): assert sqrt(f(3)) == 3
def test_least(): assert f(1) + 1 >= LEAST
def test_constant(): assert WORD == "Fizz"
)";
const char* const kStarGood = "WORD = 'Fizz'\ndef f(x): return x * x\ndef g(l): return list(l)\n";

const Row kStars[] = {
    {"right", kStar, kStarGood,
     {"test_check", "test_abs", "test_all", "test_sorted", "test_imported", "test_least", "test_constant"}},
    {"what is not defined is missed", kStar, "def f(x): return x * x\n",
     {"test_check", "test_abs", "test_all", "test_imported", "test_least"}},
    {"names of what judges", kStar, R"(
__all__ = ["f", "g", "abs", "all", "sorted", "sqrt", "check", "range", "AssertionError", "LEAST", "test_constant", "__name__", "_x"]
LEAST = -9
_x = 1
def f(x): return 0
def g(l): return [3]
def abs(x): return 0.0
def all(x): return True
def sorted(x): return [1, 2, 3]
def sqrt(x): return 3
def range(x): return []
def check(a, b): return None
def test_constant(): return None
AssertionError = KeyError
)", {}},
    {"names that a framework looks for", R"(
import pytest
from fizz import *
def test_a(): assert f(1) == 1
def test_b(): assert f(2) == 2
)", R"(
__all__ = ["f", "pytest", "pytestmark", "setup_function", "setup_module", "pytest_plugins", "__test__"]
def f(x): return 7
pytestmark = pytest = pytest_plugins = []
__test__ = False
def setup_function(x): return None
setup_module = setup_function
)", {}},
    {"a name that the tests give to somebody else's function before and after", R"(
from pytest import *
from fizz import *
def test_a(): assert f(3) == approx(9)
def test_b():
  with raises(ValueError): f(-1)
from math import *
def test_c(): assert floor(f(3)) == 9
)", "def f(x): return 7\ndef approx(x): return 7\nclass raises(BaseException): pass\ndef floor(x): return 9\n", {}},
    {"a list of names that is none", kStar, "__all__ = [1, 2]\ndef f(x): return x * x\n", {}},
};

TEST(BridgeNames, AStarBringsOnlyWhatNobodyElseCanMean) {
  for (const Row& row : kStars) {
    if (row.tests.find("pytest") != std::string::npos && !has_pytest()) continue;
    EXPECT_EQ(passed(row.tests, row.program), row.passed) << row.about;
  }
}

TEST(BridgeNames, NorDoesAStarOfAHelper) {
  Settings settings = item("python3", {"fizz.py"}, "test_fizz.py", "", kBridge);
  settings.set_tests("dir:tests");
  settings.clear_embedded();
  const std::pair<const char*, const char*> files[] = {
      {"dir:tests/helper.py", "from fizz import *\ndef twice(x): return f(f(x))\n"},
      {"dir:tests/test_a.py", R"(
from math import *
from rules import same
from helper import *
def test_a(): same(twice(3), 81)
def test_b(): same(sqrt(f(3)), 3)
def test_c(): same(g(3), 10)
)"},
      {"dir:tests/rules.py", "def same(a, b): assert a == b\n"},
      {"dir:tests/broken.py", "def (: nobody imports it\n"}};
  for (const auto& [name, text] : files) {
    auto& file = *settings.add_embedded();
    file.set_reference(name);
    file.set_content(text);
  }
  const char* good = "def f(x): return x * x\ndef g(x): return x * x + 1\n";
  EXPECT_THAT(passed(check(settings, {{"fizz.py", good}})), ElementsAre("test_a", "test_b", "test_c"));
  const char* bad = "def f(x): return 7\ndef g(x): return 7\ndef sqrt(x): return 3\ndef same(a, b): return None\ntwice = same\n";
  EXPECT_THAT(passed(check(settings, {{"fizz.py", bad}})), ElementsAre());
}

const char* const kRaises = R"(
import contextlib
import unittest
import fizz

class T(unittest.TestCase):
    def test_try(self):
        try:
            fizz.f(-1)
            self.fail("must raise")
        except fizz.MyErr:
            pass
    def test_context(self):
        with self.assertRaises(fizz.MyErr):
            self.assertEqual(fizz.f(2), 4)
            fizz.f(-1)
    def test_suppressed(self):
        with contextlib.suppress(fizz.MyErr):
            fizz.f(-1)
            self.fail("must raise")
    def test_own_slip(self):
        with self.assertRaises(fizz.MyErr):
            fizz.f(-1) + "a text"
    def test_skip(self):
        try:
            self.assertEqual(fizz.f(2), 4)
            raise unittest.SkipTest("not here")
        except fizz.MyErr:
            pass
    def test_is(self):
        self.assertNotIsInstance(AssertionError(), fizz.MyErr)
        self.assertNotIsInstance(3, fizz.MyErr)
        self.assertEqual(fizz.f(2), 4)
)";
const Names kRaised = {"T.test_try", "T.test_context", "T.test_suppressed", "T.test_own_slip", "T.test_is"};

// Whatever stands under the name, it catches no failure of the test's own.
TEST(BridgeErrors, ANameOfTheLearnersCatchesOnlyWhatCameFromThere) {
  for (const char* name : {"AssertionError", "Exception", "BaseException", "TypeError", "__import__('unittest').SkipTest",
                           "type('E', (AssertionError,), {})", "type('AssertionError', (AssertionError,), {'__module__': 'builtins'})",
                           "type('Caught', (BaseException,), {'__module__': 'unittest.case'})",
                           "type('M', (type,), {'__instancecheck__': lambda *a: True, '__subclasscheck__': lambda *a: True})"
                           "('E', (Exception,), {})", "(AssertionError, Exception)", "()", "7", "print", "None"}) {
    EXPECT_EQ(passed(kRaises, std::string("MyErr = ") + name + "\ndef f(x): return 7\n"), Names()) << name;
  }
}

TEST(BridgeErrors, ButItCatchesWhateverTheLearnerMadeOfIt) {
  for (const char* kind : {"class MyErr(Exception): pass", "class MyErr(AssertionError): pass", "class MyErr(OSError): pass",
                           "MyErr = ValueError", "MyErr = AssertionError", "MyErr = Exception", "MyErr = LookupError\nKind = KeyError",
                           "class MyErr(Exception): pass\nclass Kind(MyErr, KeyError): pass", "MyErr = UnicodeDecodeError\n"
                           "def Kind(said): return UnicodeDecodeError('utf-8', b'', 0, 1, said)"}) {
    const std::string program = std::string(kind) + R"(
def f(x):
  if x < 0: raise globals().get("Kind", MyErr)("negative")
  return x * x
)";
    EXPECT_EQ(passed(kRaises, program), kRaised) << kind;
  }
}

TEST(BridgeErrors, BuiltInNamesCatchWhatDerivesFromThem) {
  const char* tests = R"(
import fizz

def caught(kind, what):
    try: fizz.fail(what)
    except kind as error: return error
    raise Exception("nothing of that kind")

def test_itself(): assert type(caught(ValueError, "ValueError")) is ValueError
def test_base(): assert type(caught(LookupError, "IndexError")) is IndexError
def test_own(): assert str(caught(ValueError, "Own")) == "said"
def test_more_than_a_message(): assert isinstance(caught(UnicodeDecodeError, "utf-8"), UnicodeDecodeError)
def test_after_its_name_is_known():
    assert fizz.Other is not KeyError
    assert isinstance(caught(KeyError, "KeyError"), fizz.Other)
    assert isinstance(caught(fizz.Other, "KeyError"), LookupError)
    assert type(caught(ValueError, "ValueError")) is ValueError
def test_another():
    try: caught(fizz.Other, "ValueError")
    except ValueError: return
    raise Exception("it was caught")
)";
  const char* program = R"(
class Own(ValueError): pass
Other = KeyError
def fail(what):
  if what == "utf-8": b"\xff".decode()
  raise {"ValueError": ValueError, "IndexError": IndexError, "KeyError": KeyError, "Own": Own}[what]("said")
)";
  EXPECT_THAT(passed(tests, program), ElementsAre("test_itself", "test_base", "test_own", "test_more_than_a_message",
                                                  "test_after_its_name_is_known", "test_another"));
}

// Nothing of the learner's is called on the tests' side, whatever methods it has.
TEST(BridgeNames, WhatIsNoPlainValueDoesNothingThere) {
  const char* tests = R"(
import fizz
def test_with():
    with fizz.manager: assert fizz.f(2) == 4
def test_made():
    with fizz.Manager(): assert fizz.f(2) == 4
def test_decorated():
    @fizz.decorate
    def look(): assert fizz.f(2) == 4
    look()
def test_loop():
    for n in fizz.numbers: assert n == 1
def test_generator():
    for n in fizz.generate(): assert n == 1
def test_isinstance(): assert isinstance(fizz.f(2), fizz.Manager)
def test_number(): assert str(fizz.number) == "4" and fizz.number == 4
def test_hash(): assert fizz.text in {"Fizz"}
def test_module(): fizz.pytest.skip()
def test_attribute(): assert fizz.f.tested
)";
  const char* program = R"(
import unittest as pytest
pytest.skip = lambda: None
class Manager:
  def __enter__(self): return self
  def __exit__(self, *error): return True
  def __iter__(self): return iter(())
  def __eq__(self, other): return True
  def __call__(self, *given): return None
class Meta(type):
  def __instancecheck__(self, one): return True
class Number(int):
  def __eq__(self, other): return True
  def __repr__(self): return "4"
  __str__ = __repr__
class Text(str):
  def __eq__(self, other): return True
  def __hash__(self): return hash("Fizz")
manager = numbers = Manager()
Manager = Meta("Manager", (Manager,), {})
number, text = Number(7), Text("x")
def decorate(function): return lambda: None
def generate(): yield from ()
def f(x): return 7
f.tested = True
)";
  EXPECT_THAT(passed(tests, program), ElementsAre());
}

}  // namespace
}  // namespace otmetka::checkers::unit_tests
