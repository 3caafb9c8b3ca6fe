// Runs one JUnit 4 test, with all its cases, and says how it went: a word and a detail.
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.runner.Description;
import org.junit.runner.JUnitCore;
import org.junit.runner.Request;
import org.junit.runner.Result;
import org.junit.runner.manipulation.Filter;

final class OtmetkaJUnit {
  private static final class Named extends Filter {
    private final String name;

    Named(String name) {
      this.name = name;
    }

    @Override
    public boolean shouldRun(Description description) {
      if (!description.isTest()) {
        return description.getChildren().stream().anyMatch(this::shouldRun);
      }
      String method = description.getMethodName();
      return method != null && (method.equals(name) || method.startsWith(name + "["));
    }

    @Override
    public String describe() {
      return name;
    }
  }

  private static boolean exists(String name) {
    try {
      Class.forName(name, false, OtmetkaJUnit.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError absent) {
      return false;
    }
  }

  // A class without a package stands before those that `import org.junit.*` brings, and before java.lang's.
  private static boolean hidesTheLibrary() {
    String[] files = new File(".").list();
    for (String file : files == null ? new String[0] : files) {
      if (!file.endsWith(".class") || file.contains("$")) {
        continue;
      }
      String name = file.substring(0, file.length() - 6);
      boolean basic = Arrays.asList("Object", "String", "Integer", "Long", "Double", "Boolean", "Math", "System").contains(name);
      if (basic || exists("org.junit." + name)) {
        return true;
      }
    }
    return false;
  }

  static String[] verdict(String test, String method) {
    try {
      if (hidesTheLibrary()) {
        return new String[] {"replaced", ""};
      }
      Result result = new JUnitCore().run(Request.aClass(Class.forName(test)).filterWith(new Named(method)));
      if (!result.getFailures().isEmpty()) {
        Throwable cause = result.getFailures().get(0).getException();
        if (cause.getMessage() != null && cause.getMessage().startsWith("No tests found matching")) {
          return new String[] {"missing", ""};
        }
        return new String[] {cause instanceof AssertionError ? "failed" : "error", said(cause)};
      }
      if (result.getIgnoreCount() > 0 || result.getAssumptionFailureCount() > 0) {
        return new String[] {"skipped", ""};
      }
      return new String[] {result.getRunCount() > 0 ? "passed" : "missing", ""};
    } catch (ClassNotFoundException absent) {
      return new String[] {"missing", ""};
    } catch (Throwable thrown) {
      return new String[] {"error", said(thrown)};
    }
  }

  private static String said(Throwable thrown) {
    try {
      return thrown.getClass().getName() + ": " + thrown.getMessage();
    } catch (Throwable again) {
      return thrown.getClass().getName();
    }
  }

  // "WORD LENGTH" and so many bytes.
  static byte[] report(String[] verdict) {
    byte[] detail = verdict[1].getBytes(StandardCharsets.UTF_8);
    detail = Arrays.copyOf(detail, Math.min(detail.length, 1024));
    byte[] head = (verdict[0] + " " + detail.length + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] out = Arrays.copyOf(head, head.length + detail.length);
    System.arraycopy(detail, 0, out, head.length, detail.length);
    return out;
  }
}
