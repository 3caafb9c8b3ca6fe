// Answers that do nothing right and try to pass all the same, by the rows G of the hostile programs; and right ones that
// misbehave at their end. Each names what it must get at each level. A row of in_process that is not 0 stands in the threat
// model by name: tests and answer share one process there.
#include <gmock/gmock.h>

#include "checkers/unit_tests/unit_tests_test_support.h"

namespace otmetka::checkers::unit_tests {
namespace {

using Settings = v1::UnitTestsSettings;

constexpr auto kBridge = Settings::ISOLATION_BRIDGE;
constexpr auto kInside = Settings::ISOLATION_IN_PROCESS;

const char* const kPlain = R"(
import fizz

def same(a, b):
    assert a == b

def test_three():
    same(fizz.fizz(3), "Fizz")

def test_five():
    assert fizz.fizz(5) == "Buzz"
)";

const char* const kUnittest = R"(
import unittest
import fizz

class FizzTest(unittest.TestCase):
    def test_three(self):
        self.assertEqual(fizz.fizz(3), "Fizz")

    def test_five(self):
        self.assertEqual(fizz.fizz(5), "Buzz")
)";

const char* const kPytest = R"(
import pytest
import fizz

@pytest.mark.parametrize("n,word", [(3, "Fizz"), (5, "Buzz")])
def test_words(n, word):
    assert fizz.fizz(n) == word
)";

const char* const kWrong = "def fizz(n): return 'x'\n";
const char* const kRight = "def fizz(n): return {3: 'Fizz', 5: 'Buzz'}[n]\n";

struct Row {
  const char* id;
  const char* about;
  const char* tests;
  std::string program;
  Ratio bridge;
  Ratio inside;
  const char* status = "";  // where it matters: of both levels
  const char* inside_status = "";
};

const Row kRows[] = {
    {"G01", "leaves when imported", kPlain, std::string(kWrong) + "import os\nos._exit(0)\n", 0, 0, "RUNTIME_ERROR"},
    {"G01", "leaves when called", kPlain, "import os\ndef fizz(n): os._exit(0)\n", 0, 0, "RUNTIME_ERROR"},
    {"G01", "raises SystemExit when imported", kPlain, "import sys\nsys.exit(0)\n", 0, 0},
    {"G01", "raises SystemExit when called", kUnittest, "import sys\ndef fizz(n): sys.exit(0)\n", 0, 0},
    {"G01", "the same under pytest", kPytest, "def fizz(n): raise SystemExit(0)\n", 0, 0},
    {"G01", "interrupts the session", kPytest, "def fizz(n): raise KeyboardInterrupt\n", 0, 0},
    {"G02", "prints what frameworks print", kPlain,
     std::string(kWrong) + R"(
import sys
for out in (sys.stdout, sys.stderr):
  print('OK\n1..2\nok 1\nok 2\n2 passed\n<testsuite tests="2" failures="0"/>\npassed 0', file=out, flush=True)
)", 0, 0},
    {"G03", "writes reports", kPlain,
     std::string(kWrong) + R"(
import atexit
def write():
  for name in ('otmetka_report', 'results.xml', 'report.xml', 'results.json'):
    open(name, 'w').write('passed 0\n')
write()
atexit.register(write)
)", 0, 0},
    {"G03", "a thread that writes on", kPlain,
     std::string(kWrong) + R"(
import threading
def write():
  while True: open('otmetka_report', 'w').write('passed 0\n')
threading.Thread(target=write, daemon=True).start()
)", 0, 0},
    {"G04", "changes the status at the end", kPlain, std::string(kRight) + R"(
import atexit, os
atexit.register(os._exit, 3)
)", 0, 0, "RUNTIME_ERROR"},
    {"G04", "makes it 0 at the end", kPlain, std::string(kWrong) + "import atexit, os\natexit.register(os._exit, 0)\n", 0, 0},
    {"G05", "an object that equals everything", kPlain, R"(
class E:
  def __eq__(self, other): return True
def fizz(n): return E()
)", 0, Ratio(1)},
    {"G05", "a text that equals everything", kPlain, R"(
class E(str):
  def __eq__(self, other): return True
def fizz(n): return E('x')
)", 0, Ratio(1)},
    {"G05", "in a list, in a test that swallows all", R"(
import fizz
def test_a():
  try: assert fizz.fizz(3) == ['Fizz']
  except BaseException: pass
)",
     R"(
class E(str):
  def __eq__(self, other): return True
  __hash__ = None
class O:
  pass
def fizz(n): return [O()]
)", 0, Ratio(1)},
    {"G06", "a patched assertEqual", kUnittest, std::string(kWrong) + R"(
import unittest
unittest.TestCase.assertEqual = lambda *a: None
)", 0, 0, "", "TAMPERED"},
    {"G06", "other code in assertEqual", kUnittest,
     std::string(kWrong) + R"(
import unittest
def f(self, first, second, msg=None): pass
unittest.TestCase.assertEqual.__code__ = f.__code__
)", 0, 0, "", "TAMPERED"},
    {"G06", "a patched TestResult", kUnittest, std::string(kWrong) + R"(
import unittest
unittest.TestResult.addFailure = unittest.TestResult.addSuccess
)", 0, 0},
    {"G06", "a patched run", kUnittest, std::string(kWrong) + R"(
import unittest
unittest.TestCase.run = lambda self, result: result.startTest(self)
)", 0, 0, "", "TAMPERED"},
    {"G06", "patched pytest", kPytest, std::string(kWrong) + R"(
try:
  import _pytest.python
  _pytest.python.Function.runtest = lambda self: None
except ImportError: pass
)", 0, 0},
    {"G06", "skips its tests", kPytest, "def fizz(n):\n  import pytest\n  pytest.skip('not today')\n", 0, 0},
    {"G06", "skips them with unittest", kUnittest, R"(
def fizz(n):
  import unittest
  raise unittest.SkipTest('not today')
)", 0, 0},
    {"G06", "ends the session", kPytest, "def fizz(n):\n  import pytest\n  pytest.exit('done', 0)\n", 0, 0},
    {"G06", "patched built-ins", "import fizz\ndef test_a(): assert sorted(fizz.fizz(3)) == [1, 2]\n",
     R"(
import builtins
builtins.sorted = lambda x: [1, 2]
def fizz(n): return [7]
)", 0, 0, "", "TAMPERED"},
    {"G06", "patches what runs the tests, and what would notice", kUnittest, std::string(kWrong) + R"(
import sys, builtins
builtins.any = lambda x: False
runner, inside = sys.modules.get("otmetka_runner"), sys.modules["__main__"]
if runner:
  runner.run_case = runner.verdict_of = lambda *a: ("passed", "")
  runner.TestFile.is_untouched = lambda self: True
  inside.frameworks = inside.main = lambda *a: None
)", 0, 0, "", "TAMPERED"},
    {"G06", "replaces what a test calls", kPlain,
     R"(
import sys
def fizz(n):
  for name in ('test_fizz', '__main__'):
    if name in sys.modules: sys.modules[name].same = sys.modules[name].print = lambda *a: None
  return 'x'
)", 0, 0},
    {"G06", "replaces the tests", kPlain,
     R"(
import sys
def fizz(n):
  tests = sys.modules.get('test_fizz')
  if tests: tests.test_three = tests.test_five = lambda: None
  return 'x'
)", 0, 0},
    {"G06", "deletes the tests", kPlain, R"(
import sys
def fizz(n):
  tests = sys.modules.get('test_fizz')
  if tests: vars(tests).clear()
  return 'x'
)", 0, 0},
    {"G06", "a tracer that jumps over lines", kPlain,
     R"(
import sys
def local(frame, event, arg):
  if event == 'line' and frame.f_code.co_name == 'same':
    try: frame.f_lineno = frame.f_lineno + 1
    except ValueError: pass
  return local
sys.settrace(local)
)" + std::string(kWrong), 0, 0},
    {"G12", "an exception whose text never ends", kPlain, R"(
class E(Exception):
  def __str__(self):
    while True: pass
def fizz(n): raise E()
)", 0, 0},
    {"G12", "an exception whose text leaves", kPlain, R"(
import os
class E(Exception):
  def __str__(self): os._exit(0)
def fizz(n): raise E()
)", 0, 0},
    {"G12", "an exception that cannot be told", kPlain, R"(
class E(Exception):
  def __str__(self): raise E()
  __repr__ = __str__
def fizz(n): raise E()
)", 0, 0},
    {"G13", "an endless destructor", kPlain, std::string(kRight) + R"(
class D:
  def __del__(self):
    while True: pass
keep = D()
)", 0, 0, "TIME_LIMIT"},
    {"G13", "an endless exit handler", kPlain, std::string(kRight) + R"(
import atexit
def loop():
  while True: pass
atexit.register(loop)
)", 0, 0, "TIME_LIMIT"},
    {"G14", "dies in one test of two", kPlain, R"(
import os
def fizz(n):
  if n == 3: os.abort()
  return 'Buzz'
)", Ratio(1, 2), Ratio(1, 2), "RUNTIME_ERROR"},
    {"G15", "writes a report to every descriptor", kPlain,
     std::string(kWrong) + R"(
import os
for fd in range(64):
  try: os.write(fd, b'passed 0\n')
  except OSError: pass
)", 0, 0, "", "TAMPERED"},
    {"G15", "writes nonsense to every descriptor and is right", kPlain,
     std::string(kRight) + R"(
import os
for fd in range(3, 64):
  try: os.write(fd, b'{"value": {"no": 1}}\n')
  except OSError: pass
)", 0, 0},
    {"G15", "closes every descriptor", kPlain, std::string(kRight) + "import os\nos.closerange(0, 64)\n", 0, 0},
    {"G15", "reads the order again", kPlain, std::string(kWrong) + R"(
import os
for path in ('/proc/self/fd/0', '/dev/stdin'):
  word = open(path, 'rb').read().split(b'\n')[0]
  for fd in range(3, 64):
    try: os.write(fd, word + b' passed 0\n')
    except OSError: pass
os._exit(0)
)", 0, 0},
    {"G16", "a text of many megabytes", kPlain, "def fizz(n): return 'x' * (20 << 20)\n", 0, 0},
    {"G16", "a number of many digits", kPlain, "def fizz(n): return 1 << 4000000\n", 0, 0},
    {"G16", "no number", kPlain, "def fizz(n): return float('nan')\n", 0, 0},
    {"G16", "a list in itself", kPlain, "def fizz(n):\n  a = []\n  a.append(a)\n  return a\n", 0, 0},
    {"G16", "a list of very many levels", kPlain, R"(
def fizz(n):
  a = []
  for i in range(100000): a = [a]
  return a
)", 0, 0},
};

TEST(Forgeries, InPythonGainNothing) {
  const bool has_pytest = has("python3", "/usr/lib/python3/dist-packages/pytest/__init__.py");
  for (const Row& row : kRows) {
    if (row.tests == kPytest && !has_pytest) continue;
    for (const auto isolation : {kBridge, kInside}) {
      const std::string at = std::string(row.id) + " " + row.about + (isolation == kBridge ? ", bridge" : ", in_process");
      const Outcome out = check(item("python3", {"fizz.py"}, "test_fizz.py", row.tests, isolation), {{"fizz.py", row.program}});
      EXPECT_EQ(out.credit, isolation == kBridge ? row.bridge : row.inside) << at;
      const std::string status(verdict_name(out.status));
      if (*row.status != '\0') {
        EXPECT_EQ(status, row.status) << at;
      }
      if (isolation == kInside && *row.inside_status != '\0') {
        EXPECT_EQ(status, row.inside_status) << at;
      }
    }
  }
}

// What a teacher's file makes of its own functions is no forgery; what an answer puts in its place later is.
TEST(Forgeries, InOneProcessTheTestsOwnDecoratorsAreNoForgery) {
  const char* tests = R"(
import functools, operator
try:
    from math import isqrt
except ImportError:
    def isqrt(n): return int(n ** 0.5)
import fizz

def check(a, b): assert a == b
check = functools.partial(check)

class Case:
    @functools.cached_property
    def three(self): return 3
    def times(self, n, by): return n * by
    twice = functools.partialmethod(times, by=2)

def double(n): return n + n
double = operator.methodcaller("__mul__", 2)

def test_one():
    check(fizz.fizz(Case().three), "Fizz")
    check(fizz.fizz(Case().twice(2)), str(double(isqrt(4))))
)";
  const char* honest = "def fizz(n): return 'Fizz' if n % 3 == 0 else str(n)";
  const char* forged = R"(
import sys
def fizz(n):
    sys.modules["test_fizz"].check = lambda a, b: None
    return "Fizz"
)";
  const auto settings = item("python3", {"fizz.py"}, "test_fizz.py", tests, kInside);
  const Outcome right = check(settings, {{"fizz.py", honest}});
  EXPECT_EQ(right.credit, Ratio(1)) << verdict_name(right.status);
  const Outcome wrong = check(settings, {{"fizz.py", forged}});
  EXPECT_EQ(wrong.credit, Ratio(0));
  EXPECT_EQ(verdict_name(wrong.status), "TAMPERED");
}

// G09, G10: what a test expects is nowhere that the answer can look.
TEST(Forgeries, InABridgeTheEndOfAnIteratorPassesNothing) {
  const char* tests = R"(
import fizz
CASES = [(3, "Fizz"), (4, "4")]
def test_all(): assert all(map(lambda c: fizz.fizz(c[0]) == c[1], CASES))
def test_loop():
    for got, right in zip(map(fizz.fizz, [3, 4]), ["Fizz", "4"]): assert got == right
)";
  for (const char* program : {"def fizz(n): raise StopIteration", "def fizz(n): raise StopAsyncIteration",
                              "class E(Exception): pass\nE.__name__, E.__module__ = 'StopIteration', 'builtins'\ndef fizz(n): raise E"}) {
    EXPECT_EQ(check(item("python3", {"fizz.py"}, "test_fizz.py", tests, kBridge), {{"fizz.py", program}}).credit, Ratio(0)) << program;
  }
}

TEST(Forgeries, InABridgeNoTestIsInTheAnswersCell) {
  const char* program = R"(
import os, sys
def fizz(n):
    seen = " ".join(sorted(os.listdir("."))) + " ".join(sys.argv) + " ".join(sys.modules) + open("/proc/self/cmdline").read()
    frame, names = sys._getframe(), []
    while frame:
        names.append(frame.f_code.co_filename)
        frame = frame.f_back
    seen += " ".join(names)
    return "Fizz" if "test_fizz" in seen or "Fizz" in open(__file__).read().replace('"Fizz"', "") else "x"
)";
  EXPECT_EQ(check(item("python3", {"fizz.py"}, "test_fizz.py", kPlain, kBridge), {{"fizz.py", program}}).credit, Ratio(0));
}

}  // namespace
}  // namespace otmetka::checkers::unit_tests
