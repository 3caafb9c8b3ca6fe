// Runs one JUnit 4 test, with all its cases, and says how it went: a word and a detail.
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

  // What a class file names: every text of its constants, and which of them are classes.
  private static final class Names {
    final List<String> texts = new ArrayList<>();
    final Set<String> classes = new HashSet<>();

    Names(String file) throws IOException {
      try (DataInputStream in = new DataInputStream(new BufferedInputStream(new FileInputStream(file)))) {
        in.readLong();  // magic and version
        int count = in.readUnsignedShort();
        String[] byIndex = new String[count];
        List<Integer> named = new ArrayList<>();
        for (int i = 1; i < count; ++i) {
          int tag = in.readUnsignedByte();
          if (tag == 1) {
            byIndex[i] = in.readUTF();
            texts.add(byIndex[i]);
          } else if (tag == 7) {
            named.add(in.readUnsignedShort());
          } else if (tag == 5 || tag == 6) {
            in.readLong();
            ++i;
          } else {
            in.readFully(new byte[tag == 8 || tag == 16 || tag == 19 || tag == 20 ? 2 : tag == 15 ? 3 : 4]);
          }
        }
        named.forEach(index -> classes.add(byIndex[index]));
      }
    }

    // Whether a class without a package is meant by this name.
    boolean mean(String name) {
      return classes.contains(name) || texts.stream().anyMatch(text -> text.contains("L" + name + ";"));
    }
  }

  // Of the classes that come of the tests' file and of the files that run it.
  private static List<Names> namesIn(String test, String[] files) throws IOException {
    List<Names> out = new ArrayList<>();
    for (String file : files) {
      if (!file.endsWith(".class")) {
        continue;
      }
      Names names = new Names(file);
      boolean ours = names.texts.contains("OtmetkaJUnit.java") || names.texts.contains("OtmetkaTests.java");
      if (ours || names.texts.contains(test + ".java")) {
        out.add(names);
      }
    }
    return out;
  }

  // A class without a package stands before those that `import org.junit.*` brings, and before java.lang's: where the tests name one
  // of these, they would get the other.
  private static boolean hidesTheLibrary(String test) throws IOException {
    String[] listed = new File(".").list();
    String[] files = listed == null ? new String[0] : listed;
    List<Names> named = null;
    for (String file : files) {
      if (!file.endsWith(".class") || file.contains("$")) {
        continue;
      }
      String name = file.substring(0, file.length() - 6);
      boolean basic = Arrays.asList("Object", "String", "Integer", "Long", "Double", "Boolean", "Math", "System").contains(name);
      if (!basic && !exists("org.junit." + name)) {
        continue;
      }
      named = named == null ? namesIn(test, files) : named;
      if (named.stream().anyMatch(names -> names.mean(name))) {
        return true;
      }
    }
    return false;
  }

  static String[] verdict(String test, String method) {
    try {
      if (hidesTheLibrary(test)) {
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
