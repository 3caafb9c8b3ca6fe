// F12: a constant longer than a class file can hold.
// name: Main.java
// times: 70000
// right: COMPILE_ERROR
public class Main {
  public static void main(String[] arguments) { System.out.println("@TIMES@"); }
}
