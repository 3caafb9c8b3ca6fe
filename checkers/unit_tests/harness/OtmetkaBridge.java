// The tests' side of a bridge in Java: runs one JUnit 4 test, a class and a method, and calls the learner's methods in the other
// cell. The standard streams lead there; how the test went is written to a file, which nobody there can reach.
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Array;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

final class OtmetkaBridge {
  private static final DataInputStream fromAnswer = new DataInputStream(new FileInputStream(FileDescriptor.in));
  private static final DataOutputStream toAnswer = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
  private static int asked = 0;

  private OtmetkaBridge() {}

  // The test cannot pass any more, whatever becomes of it: no catch of its own sees this.
  private static Error leave(String word, String detail) {
    tell(new String[] {word, detail});
    Runtime.getRuntime().halt(0);
    return new Error();
  }

  // The first word stays.
  private static synchronized void tell(String[] verdict) {
    try {
      Files.write(Paths.get("otmetka_report"), OtmetkaJUnit.report(verdict), StandardOpenOption.CREATE_NEW);
    } catch (IOException told) {
      return;
    }
  }

  private static OtmetkaValues.Reader exchange(int function, Object[] arguments) throws IOException {
    String[] types = OtmetkaFunctions.ALL[function];
    OtmetkaValues.Writer question = new OtmetkaValues.Writer();
    question.number(++asked);
    question.number(function);
    try {
      for (int i = 0; i < arguments.length; ++i) {
        question.put(types[i + 3], arguments[i]);
      }
    } catch (IOException | RuntimeException unfit) {
      throw leave("argument", unfit.toString());
    }
    byte[] reply;
    try {
      toAnswer.writeInt(question.bytes().length);
      toAnswer.write(question.bytes());
      int size = fromAnswer.readInt();
      if (size < 5 || size > OtmetkaValues.MOST_BYTES) {
        throw leave("nonsense", "a message of " + size + " bytes");
      }
      reply = new byte[size];
      fromAnswer.readFully(reply);
    } catch (IOException gone) {
      throw leave("stopped", "");
    }
    OtmetkaValues.Reader in = new OtmetkaValues.Reader(reply);
    if (in.number() != asked) {
      throw new IOException("the reply to another call");
    }
    return in;
  }

  static synchronized Object call(int function, Object... arguments) {
    String[] types = OtmetkaFunctions.ALL[function];
    Throwable raised = null;
    Object value = null;
    try {
      OtmetkaValues.Reader in = exchange(function, arguments);
      int how = in.mark();
      if (how == 2) {
        throw leave("absent", types[0] + "." + types[1]);
      }
      if (how == 3) {
        throw leave("not_plain", String.valueOf(in.take("t")));
      }
      if (how == 1) {
        raised = raised(in);
      } else if (how != 0) {
        throw new IOException("no reply");
      } else if (!types[2].equals("V")) {
        value = in.take(types[2]);
      }
      for (int i = in.mark(); i != -1; i = in.mark()) {
        restore(arguments[i], in.take(types[i + 3]));
      }
      if (!in.isAtEnd()) {
        throw new IOException("too long");
      }
    } catch (IOException | RuntimeException unfit) {
      throw leave("nonsense", unfit.toString());
    }
    if (raised != null) {
      OtmetkaBridge.<RuntimeException>raise(raised);
    }
    return value;
  }

  // Checked exceptions too, of which no declaration speaks.
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void raise(Throwable raised) throws T {
    throw (T) raised;
  }

  private static Throwable raised(OtmetkaValues.Reader in) throws IOException {
    List<String> names = new ArrayList<>();
    for (int left = in.count(1); left > 0; --left) {
      names.add((String) in.take("t"));
    }
    String said = (String) in.take("t");
    for (int i = 0; i < names.size(); ++i) {
      Throwable made = made(names.get(i), i == 0 ? said : names.get(0) + ": " + said, i > 0);
      if (made != null) {
        return made;
      }
    }
    return new RuntimeException((names.isEmpty() ? "" : names.get(0)) + ": " + said);
  }

  // An exception of the library's own. One of the learner's becomes the nearest such that says more than that it is one.
  private static Throwable made(String name, String said, boolean isAbove) {
    boolean isGeneral = name.equals("java.lang.Throwable") || name.equals("java.lang.Exception") || name.equals("java.lang.Error");
    if (!name.startsWith("java.") || name.length() > 200 || (isAbove && isGeneral)) {
      return null;
    }
    try {
      Class<?> kind = Class.forName(name, false, ClassLoader.getPlatformClassLoader());
      if (!Throwable.class.isAssignableFrom(kind) || Modifier.isAbstract(kind.getModifiers())) {
        return null;
      }
      try {
        return said == null
            ? (Throwable) kind.getConstructor().newInstance()
            : (Throwable) kind.getConstructor(String.class).newInstance(said);
      } catch (NoSuchMethodException other) {
        try {
          return (Throwable) kind.getConstructor(Object.class).newInstance(said);
        } catch (NoSuchMethodException neither) {
          return (Throwable) kind.getConstructor().newInstance();
        }
      }
    } catch (ReflectiveOperationException | LinkageError unknown) {
      return null;
    }
  }

  // Puts what the learner's method did to an argument into the test's own object.
  @SuppressWarnings("unchecked")
  private static Object restore(Object old, Object now) throws IOException {
    if (old == null || now == null) {
      return now;
    }
    if (old.getClass().isArray()) {
      int size = Array.getLength(old);
      if (size != Array.getLength(now)) {
        return now;
      }
      for (int i = 0; i < size; ++i) {
        Array.set(old, i, restore(Array.get(old, i), Array.get(now, i)));
      }
    } else if (old instanceof Map) {
      ((Map<Object, Object>) old).clear();
      ((Map<Object, Object>) old).putAll((Map<Object, Object>) now);
    } else if (old instanceof List && ((List<Object>) old).size() == ((List<Object>) now).size()) {
      for (int i = 0; i < ((List<Object>) old).size(); ++i) {
        ((List<Object>) old).set(i, restore(((List<Object>) old).get(i), ((List<Object>) now).get(i)));
      }
    } else if (old instanceof Collection) {
      ((Collection<Object>) old).clear();
      ((Collection<Object>) old).addAll((Collection<Object>) now);
    } else {
      return now;
    }
    return old;
  }

  public static void main(String[] test) {
    System.setIn(new ByteArrayInputStream(new byte[0]));
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    tell(OtmetkaJUnit.verdict(test[0], test[1]));
    Runtime.getRuntime().halt(0);
  }
}
