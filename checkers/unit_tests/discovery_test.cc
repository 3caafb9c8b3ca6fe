// The list of tests as it is read from a file's text, against what the framework would collect.
#include "checkers/unit_tests/discovery.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checkers/unit_tests/source_text.h"

namespace otmetka::checkers::unit_tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using enum PythonFramework;

struct PythonRow {
  const char* about;
  const char* source;
  std::vector<std::string> names;
  PythonFramework framework;
};

const PythonRow kPython[] = {
    {"functions, in the order of the file", "def test_b(): pass\ndef helper(): pass\ndef test_a():\n    assert 1\n", {"test_b",
     "test_a"}, kPlain},
    {"a class of unittest's, whatever its name",
     "import unittest\nclass Sums(unittest.TestCase):\n  def setUp(self): pass\n  def test_one(self): pass\n",
     {"Sums.test_one"}, kUnittest},
    {"imported by name", "from unittest import TestCase as T, TestCase\nclass Sums(TestCase):\n  def test_one(self): pass\n",
     {"Sums.test_one"}, kUnittest},
    {"pytest's class, by its name",
     "class TestFizz:\n  def test_three(self): pass\n  def three(self): pass\nclass Other:\n  def test_four(self): pass\n",
     {"TestFizz.test_three"}, kPlain},
    {"one with __init__ is none", "class TestFizz:\n  def __init__(self): pass\n  def test_three(self): pass\n", {}, kPlain},
    {"a class in a class", "class TestA:\n  class TestB:\n    def test_x(self): pass\n  def test_y(self): pass\n", {"TestA.test_y",
     "TestA.TestB.test_x"}, kPlain},
    {"tests of a base class",
     "import unittest\nclass Base:\n  def test_shared(self): pass\nclass A(Base, unittest.TestCase):\n  def test_own(self): pass\n",
     {"A.test_shared", "A.test_own"}, kUnittest},
    {"a base that is a TestCase itself",
     "import unittest\nclass B(unittest.TestCase):\n  def test_b(self): pass\nclass C(B):\n  def test_c(self): pass\n",
     {"B.test_b", "C.test_b", "C.test_c"}, kUnittest},
    {"what is in a string or a comment",
     "'''\ndef test_no(): pass\n'''\n# def test_no(): pass\nx = \"def test_no(): pass\"\ndef test_yes(): pass\n", {"test_yes"}, kPlain},
    {"functions in functions", "def outer():\n  def test_inner(): pass\ndef test_yes(): pass\n", {"test_yes"}, kPlain},
    {"under a condition",
     "import sys\nif sys.version_info > (3,):\n  def test_new(): pass\nif __name__ == '__main__':\n  def test_never(): pass\n",
     {"test_new"}, kPlain},
    {"a definition over several lines", "def test_long(\n    a=(1,\n       2),\n):\n    assert a\n", {"test_long"}, kPlain},
    {"a line that goes on", "x = 1 + \\\n  2\ndef test_yes(): pass\n", {"test_yes"}, kPlain},
    {"coroutines are tests too", "async def test_x(): pass\n", {"test_x"}, kPlain},
    {"cases are one test", "import pytest\n@pytest.mark.parametrize('n', [1, 2])\ndef test_n(n): pass\n", {"test_n"}, kPytest},
    {"a fixture is asked for by a parameter", "def test_files(tmp_path): pass\n", {"test_files"}, kPytest},
    {"and by a method's", "class TestX:\n  def test_files(self, tmp_path): pass\n", {"TestX.test_files"}, kPytest},
    {"pytest's own ways to set up", "def setup_function(f): pass\ndef test_x(): pass\n", {"test_x"}, kPytest},
    {"the word alone in a string is not pytest", "x = 'pytest'\ndef test_x(): pass\n", {"test_x"}, kPlain},
    {"tabs", "class TestX:\n\tdef test_a(self):\n\t\tpass\n\tdef test_b(self): pass\n", {"TestX.test_a", "TestX.test_b"}, kPlain},
    {"line ends of Windows", "def test_a():\r\n    pass\r\ndef test_b():\r\n    pass\r\n", {"test_a", "test_b"}, kPlain},
    {"letters of any script", "def test_трижды(): pass\n", {"test_трижды"}, kPlain},
    {"an unfinished file", "def test_a(\n  '''", {"test_a"}, kPlain},
    {"nothing", "", {}, kPlain},
};

TEST(Discovery, FindsThePythonTestsThatWouldRun) {
  for (const PythonRow& row : kPython) {
    const FoundTests found = find_python_tests(row.source);
    EXPECT_EQ(found.names, row.names) << row.about;
    EXPECT_EQ(found.framework, row.framework) << row.about;
    EXPECT_THAT(found.twice, IsEmpty()) << row.about;
  }
}

TEST(Discovery, ATestThatHidesAnotherIsTold) {
  EXPECT_THAT(find_python_tests("def test_a(): pass\ndef test_a(): pass\n").twice, ElementsAre("test_a"));
  EXPECT_THAT(find_python_tests("class TestX:\n  def test_a(self): pass\n  def test_a(self): pass\n").twice, ElementsAre("TestX.test_a"));
  EXPECT_THAT(find_googletest_tests("TEST(A, B) {}\nTEST(A, B) {}\n").twice, ElementsAre("A.B"));
}

TEST(Discovery, FindsGoogleTestsMacros) {
  const char* source = R"~(
#include <gtest/gtest.h>
#define TEST_NONE(a) TEST(a, No)
// TEST(Comment, No) {}
/* TEST(Comment, No) {} */
const char* text = "TEST(String, No)"; const char* raw = R"x(TEST(Raw, No) {})x"; char c = '"'; int n = 1'000;
TEST(Fizz, Three) { EXPECT_EQ(fizz(3), "TEST(String, No)"); }
TEST_F(Fixture, One) {}
TEST_P(Cases, All) {}
TYPED_TEST(Types, One) {}
TEST(Fizz,
     TwoLines) {}
TEST(Fizz, DISABLED_Later) {}
FRIEND_TEST(Fizz, Friend);
)~";
  EXPECT_THAT(find_googletest_tests(source).names, ElementsAre("Fizz.Three", "Fixture.One", "Cases.All", "Types.One", "Fizz.TwoLines"));
  EXPECT_THAT(find_googletest_tests("TEST(").names, IsEmpty());
}

TEST(Discovery, FindsJUnitsAnnotations) {
  const char* source = R"(
import org.junit.*;
import static org.junit.Assert.*;
/** @Test public void comment() {} */
public class FizzTest {
  static final String TEXT = "@Test public void string() {}";
  @Before public void setUp() {}
  @Test public void three() { assertEquals("Fizz", Fizz.fizz(3)); }
  @Test(expected = IllegalArgumentException.class, timeout = 1000)
  @SuppressWarnings({"unchecked"})
  public void negative() { Fizz.fizz(-1); }
  @org.junit.Test public void qualified() throws Exception {}
  public void helper() {}
  static class Inner { @Test public void no() {} }
  @Test public void last() { Object o = new Object() { void not() {} }; }
}
)";
  EXPECT_THAT(find_junit_tests(source).names, ElementsAre("FizzTest.three", "FizzTest.negative", "FizzTest.qualified", "FizzTest.last"));
  EXPECT_THAT(find_junit_tests("class OldTest extends TestCase { public void testA() {} public void helper() {} }").names,
      ElementsAre("OldTest.testA"));
  EXPECT_TRUE(has_java_package("// words\npackage a.b;\nclass X {}"));
  EXPECT_FALSE(has_java_package("import a.b;\nclass X { String s = \"package\"; }"));
  EXPECT_TRUE(is_junit5("import org.junit.jupiter.api.Test;"));
  EXPECT_FALSE(is_junit5("// org.junit.jupiter\nimport org.junit.Test;"));
}

TEST(SourceText, KeepsLinesAndBlanksWhatIsNoCode) {
  EXPECT_EQ(c_like_code("a /* b\nc */ d // e\nf"), "a     \n     d     \nf");
  EXPECT_EQ(c_like_code("x = \"a\\\"b\"; y"), "x = \"    \"; y");
  EXPECT_EQ(c_like_code("\"\"\"a\nb\"\"\" c"), "    \n     c");
  EXPECT_EQ(c_like_code("'\\'' 'x"), "'  ' ' ");
}

}  // namespace
}  // namespace otmetka::checkers::unit_tests
