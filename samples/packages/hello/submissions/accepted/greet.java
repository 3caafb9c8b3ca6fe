// The class is not called after the file.
import java.io.*;
import java.nio.charset.StandardCharsets;

class Greeter {
  public static void main(String[] args) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    new PrintStream(System.out, true, StandardCharsets.UTF_8).println("Привет, " + in.readLine() + "!");
  }
}
