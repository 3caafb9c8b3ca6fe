// The learner's side of a bridge in Java: calls the learner's methods on request. It knows no test and no expected value, and
// nothing it says is believed beyond being a value.
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;

public final class OtmetkaServer {
  private OtmetkaServer() {}

  // Null: there is none such.
  private static Method find(String[] function) {
    Class<?>[] types = new Class<?>[function.length - 3];
    for (int i = 0; i < types.length; ++i) {
      types[i] = OtmetkaValues.classOf(function[i + 3]);
    }
    try {
      Class<?> owner = Class.forName(function[0], false, OtmetkaServer.class.getClassLoader());
      Method method = owner.getDeclaredMethod(function[1], types);
      boolean fits = Modifier.isStatic(method.getModifiers()) && method.getReturnType() == OtmetkaValues.classOf(function[2]);
      method.setAccessible(true);
      return fits ? method : null;
    } catch (ClassNotFoundException | NoSuchMethodException | NoClassDefFoundError absent) {
      return null;
    }
  }

  private static byte[] packed(String type, Object value) throws IOException {
    OtmetkaValues.Writer out = new OtmetkaValues.Writer();
    out.put(type, value);
    return out.bytes();
  }

  private static void putRaised(OtmetkaValues.Writer out, Throwable thrown) throws IOException {
    out.mark(1);
    int names = 0;
    for (Class<?> kind = thrown.getClass(); kind != Object.class; kind = kind.getSuperclass()) {
      ++names;
    }
    out.number(names);
    for (Class<?> kind = thrown.getClass(); kind != Object.class; kind = kind.getSuperclass()) {
      out.put("t", kind.getName());
    }
    String said = null;
    try {
      said = thrown.getMessage();
    } catch (Throwable again) {
      said = null;
    }
    out.put("t", said == null ? null : said.substring(0, Math.min(said.length(), 2000)));
  }

  // Arrays and collections that the method has changed.
  private static void putChanged(OtmetkaValues.Writer out, String[] function, Object[] arguments, byte[][] before) throws IOException {
    for (int i = 0; i < arguments.length; ++i) {
      String type = function[i + 3];
      if (arguments[i] == null || "[lum".indexOf(type.charAt(0)) < 0 || Arrays.equals(packed(type, arguments[i]), before[i])) {
        continue;
      }
      out.mark(i);
      out.put(type, arguments[i]);
    }
    out.mark(-1);
  }

  private static byte[] answer(int call, String[] function, OtmetkaValues.Reader in) throws IOException {
    OtmetkaValues.Writer out = new OtmetkaValues.Writer();
    out.number(call);
    Method method = find(function);
    if (method == null) {
      out.mark(2);
      return out.bytes();
    }
    Object[] arguments = new Object[function.length - 3];
    byte[][] before = new byte[arguments.length][];
    for (int i = 0; i < arguments.length; ++i) {
      arguments[i] = in.take(function[i + 3]);
      before[i] = packed(function[i + 3], arguments[i]);
    }
    try {
      Object value = method.invoke(null, arguments);
      out.mark(0);
      if (!function[2].equals("V")) {
        out.put(function[2], value);
      }
    } catch (InvocationTargetException thrown) {
      putRaised(out, thrown.getCause());
    } catch (ExceptionInInitializerError | IllegalAccessException thrown) {
      putRaised(out, thrown);
    }
    putChanged(out, function, arguments, before);
    return out.bytes();
  }

  // What is no value of its type after all: a List of something else, or a class of the learner's that breaks when it is read.
  private static byte[] refusal(int call, Throwable unfit) throws IOException {
    OtmetkaValues.Writer out = new OtmetkaValues.Writer();
    out.number(call);
    out.mark(3);
    out.put("t", unfit.getClass().getName());
    return out.bytes();
  }

  public static void main(String[] none) throws IOException {
    DataInputStream fromTests = new DataInputStream(new FileInputStream(FileDescriptor.in));
    DataOutputStream toTests = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
    System.setIn(new ByteArrayInputStream(new byte[0]));
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    while (true) {
      byte[] question;
      try {
        question = new byte[fromTests.readInt()];
        fromTests.readFully(question);
      } catch (IOException ended) {
        System.exit(0);
        return;
      }
      OtmetkaValues.Reader in = new OtmetkaValues.Reader(question);
      int call = in.number();
      String[] function = OtmetkaFunctions.ALL[in.number()];
      byte[] reply;
      try {
        reply = answer(call, function, in);
      } catch (Throwable unfit) {
        reply = refusal(call, unfit);
      }
      toTests.writeInt(reply.length);
      toTests.write(reply);
    }
  }
}
