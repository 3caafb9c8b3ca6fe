// Answers in Java that do nothing right and try to pass a bridge all the same, by the rows G of the hostile programs; right ones
// that misbehave at their end; and replies that are none.
#include <gmock/gmock.h>

#include "checkers/unit_tests/unit_tests_test_support.h"

namespace otmetka::checkers::unit_tests {
namespace {

using Settings = v1::UnitTestsSettings;

const char* const kTests = R"(
import org.junit.*;
public class FizzTest {
  @Test public void three() { Assert.assertEquals(30, Fizz.fizz(3)); }
  @Test public void five() {
    try {
      Assert.assertEquals(50, Fizz.fizz(5));
    } catch (RuntimeException swallowed) {
      throw new AssertionError();
    } catch (AssertionError wrong) {
      throw wrong;
    } catch (Throwable swallowed) {
    }
  }
}
)";

// The body of Fizz.fizz, and what stands beside it.
struct Row {
  const char* about;
  const char* body;
  const char* status = "";  // empty: any, as long as it compiles
  Ratio credit = 0;
  const char* beside = "";
};

// Replies of a learner's own making, on the descriptor that was standard output.
const char* const kForge = R"(
class Forge {
  static java.io.DataOutputStream out = new java.io.DataOutputStream(new java.io.FileOutputStream(java.io.FileDescriptor.out));
  static void reply(int size, int call, int... bytes) throws Exception {
    out.writeInt(size);
    out.writeInt(call);
    for (int b : bytes) out.write(b);
  }
}
)";

const Row kRows[] = {
    {"G01 leaves", "System.exit(0);", "RUNTIME_ERROR"},
    {"G01 leaves at once", "Runtime.getRuntime().halt(0);", "RUNTIME_ERROR"},
    {"G02 prints", "System.out.println(\"OK (2 tests)\"); System.err.println(\"passed 0\");", "WRONG_ANSWER"},
    {"G03 writes reports",
     "java.nio.file.Files.write(java.nio.file.Paths.get(\"otmetka_report\"), \"passed 0\\n\".getBytes());", "WRONG_ANSWER"},
    {"G04 makes the status another",
     "Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(3)));\n if (n > 0) return n * 10;"},
    {"G05 an exception of the framework's name", "if (n > 0) throw new AssertionError();", "WRONG_ANSWER"},
    {"G06 an assumption of its own", "if (n > 0) throw new AssumptionViolatedException();", "", 0,
     "class AssumptionViolatedException extends RuntimeException { }\n"},
    {"G12 a text that never ends", "if (n > 0) throw new Odd(0);", "TIME_LIMIT", 0,
     "class Odd extends RuntimeException { Odd(int n) { } public String getMessage() { while (true) { } } }\n"},
    {"G12 a text that leaves", "if (n > 0) throw new Odd(0);", "RUNTIME_ERROR", 0,
     "class Odd extends RuntimeException { Odd(int n) { } public String getMessage() { System.exit(0); return null; } }\n"},
    {"G12 a text that throws", "if (n > 0) throw new Odd(0);", "", 0,
     "class Odd extends RuntimeException { Odd(int n) { } public String getMessage() { throw this; } }\n"},
    {"G13 an endless hook", R"(
      if (n == 3) Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) {} }));
      if (n > 0) return n * 10;
)", "TIME_LIMIT", Ratio(1, 2)},
    {"G14 dies in one test of two", "if (n == 3) Runtime.getRuntime().halt(1);\n if (n > 0) return n * 10;", "RUNTIME_ERROR", Ratio(1, 2)},
    {"G15 a report on the descriptor",
     "new java.io.FileOutputStream(java.io.FileDescriptor.out).write(\"passed 0\\n\".getBytes());", "WRONG_ANSWER"},
    {"G15 closes the descriptor", "new java.io.FileOutputStream(java.io.FileDescriptor.out).close();\n if (n > 0) return n * 10;", ""},
    {"G15 a reply of two gigabytes", "Forge.reply(0x7fffffff, 1, 0);", "WRONG_ANSWER"},
    {"G15 a reply of less than no bytes", "Forge.reply(-1, 1, 0);", "WRONG_ANSWER"},
    {"G15 the reply to another call", "Forge.reply(10, 7, 0, 0, 0, 0, n * 10, -1);", "WRONG_ANSWER"},
    {"G15 a reply of an unknown kind", "Forge.reply(9, 1, 9, 0, 0, 0, 30);", "WRONG_ANSWER"},
    {"G15 a reply with more behind it", "Forge.reply(11, 1, 0, 0, 0, 0, n * 10, -1, 0);", "WRONG_ANSWER"},
    {"G15 a reply that changes no argument", "Forge.reply(10, 1, 0, 0, 0, 0, n * 10, 5);", "WRONG_ANSWER"},
    {"G15 an exception of a class that is none",
     "Forge.reply(27, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 6, 0, 106, 0, 97, 0, 118, 0, 97, 0, 46, 0, 120, 0, 255);",
     "WRONG_ANSWER"},
};

Settings fizz_item() {
  Settings out = item("java", {"Fizz.java"}, "FizzTest.java", kTests, Settings::ISOLATION_BRIDGE);
  out.add_functions("static int Fizz.fizz(int n)");
  out.mutable_limits()->set_cpu("1s");
  return out;
}

std::string program(const std::string& body, const std::string& beside) {
  return "class Fizz { static int fizz(int n) throws Exception {\n" + body + "\nreturn 0;\n} }\n" + beside + kForge;
}

TEST(BridgeForgeries, InJavaGainNothing) {
  if (!has("java", "/usr/share/java/junit4.jar")) return;
  for (const Row& row : kRows) {
    const Outcome out = check(fizz_item(), {{"Fizz.java", program(row.body, row.beside)}});
    EXPECT_EQ(out.credit, row.credit) << row.about;
    const std::string status(verdict_name(out.status));
    EXPECT_TRUE(*row.status == '\0' ? status != "COMPILE_ERROR" : status == row.status) << row.about << ": " << status;
  }
}

TEST(BridgeForgeries, AJavaClassThatLeavesWhenItIsMadeCostsItsTests) {
  if (!has("java", "/usr/share/java/junit4.jar")) return;
  const char* program = "class Fizz { static { System.exit(0); } static int fizz(int n) { return n * 10; } }";
  const Outcome out = check(fizz_item(), {{"Fizz.java", program}});
  EXPECT_EQ(out.credit, Ratio(0));
  EXPECT_EQ(verdict_name(out.status), "RUNTIME_ERROR");
}

// G05: collections and texts of the learner's own classes come as what they hold; what is no value of its type is none.
TEST(BridgeForgeries, NoJavaObjectOfTheAnswersIsInTheTests) {
  if (!has("java", "/usr/share/java/junit4.jar")) return;
  Settings settings = item("java", {"Fizz.java"}, "FizzTest.java", R"(
import static org.junit.Assert.*;
import java.util.*;
import org.junit.*;
public class FizzTest {
  @Test public void equalsAll() { assertEquals(List.of(1, 2), Fizz.clever()); }
  @Test public void reversed() { assertTrue(Fizz.clever().equals(List.of(1, 2))); }
  @Test public void polluted() { assertEquals(1, Fizz.polluted().size()); }
  @Test public void endless() { assertFalse(Fizz.endless().isEmpty()); }
  @Test public void notANumber() { assertEquals(1.0, Fizz.notANumber(), 1e300); }
}
)", Settings::ISOLATION_BRIDGE);
  settings.mutable_limits()->set_cpu("1s");
  for (const char* function : {"static List<Integer> Fizz.clever()", "static List<Integer> Fizz.polluted()",
                               "static List<Integer> Fizz.endless()", "static double Fizz.notANumber()"}) {
    settings.add_functions(function);
  }
  const Outcome out = check(settings, {{"Fizz.java", R"(
import java.util.*;
class Clever extends ArrayList<Integer> {
  public boolean equals(Object other) { return true; }
  public int hashCode() { return List.of(1, 2).hashCode(); }
}
class Fizz {
  static List<Integer> clever() { return new Clever(); }
  @SuppressWarnings({"unchecked", "rawtypes"}) static List<Integer> polluted() { return (List) new ArrayList(List.of("x")); }
  static List<Integer> endless() { return new AbstractList<Integer>() {
    public int size() { return Integer.MAX_VALUE; }
    public Integer get(int i) { return i; }
    public Object[] toArray() { while (true) { } }
  }; }
  static double notANumber() { return Double.NaN; }
}
)"}});
  EXPECT_EQ(out.credit, Ratio(0));
  const std::pair<const char*, const char*> verdicts[] = {{"equalsAll", "WRONG_ANSWER"},
                                                          {"reversed", "WRONG_ANSWER"},
                                                          {"polluted", "WRONG_ANSWER"},
                                                          {"endless", "TIME_LIMIT"}, {"notANumber", "WRONG_ANSWER"}};
  for (const auto& [test, verdict] : verdicts) EXPECT_EQ(verdict_of(out, std::string("FizzTest.") + test), verdict) << test;
}

// G09, G10: what a test expects is nowhere that the answer can look.
TEST(BridgeForgeries, NoJavaTestIsInTheAnswersCell) {
  if (!has("java", "/usr/share/java/junit4.jar")) return;
  const char* body = R"(
      String seen = String.join(" ", new java.io.File(".").list());
      seen += System.getProperty("sun.java.command") + System.getProperty("java.class.path");
      for (String name : new String[] {"FizzTest", "OtmetkaJUnit", "OtmetkaBridge", "org.junit.Test"}) {
        try {
          Class.forName(name);
          return n * 10;
        } catch (ClassNotFoundException absent) { }
      }
      for (StackTraceElement at : Thread.currentThread().getStackTrace()) seen += at;
      if (seen.contains("FizzTest") || seen.contains("junit")) return n * 10;
)";
  EXPECT_EQ(check(fizz_item(), {{"Fizz.java", program(body, "")}}).credit, Ratio(0));
}

}  // namespace
}  // namespace otmetka::checkers::unit_tests
