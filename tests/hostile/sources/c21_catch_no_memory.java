// C21: asks for more than there is, catches the error and prints what may be right.
// name: Main.java
// right: MEMORY_LIMIT
// limits: cpu=3s wall=10s memory=64MiB processes=8
public class Main {
  public static void main(String[] arguments) {
    try {
      byte[] all = new byte[1 << 28];
      System.out.println(all.length);
    } catch (OutOfMemoryError error) {
      System.out.println("right");
    }
  }
}
