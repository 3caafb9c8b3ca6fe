// Runs one JUnit 4 test in one process with the learner's code, and tells how it went after a word that only this run was given
// (standard input: word, class, method, a line each). The word is held by local variables: nothing in Java looks into those.
import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

public final class OtmetkaTests {
  public static void main(String[] none) throws IOException {
    String[] order = new String(System.in.readAllBytes(), StandardCharsets.UTF_8).split("\n");
    System.in.close();
    System.setIn(new ByteArrayInputStream(new byte[0]));
    FileOutputStream told = new FileOutputStream(FileDescriptor.out);
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    byte[] report = OtmetkaJUnit.report(OtmetkaJUnit.verdict(order[1], order[2]));
    told.write((order[0] + " ").getBytes(StandardCharsets.UTF_8));
    told.write(report);
    System.exit(0);
  }
}
