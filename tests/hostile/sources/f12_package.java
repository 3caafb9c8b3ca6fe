// F12: a package and a class that the file's name does not promise.
// name: Main.java
// right: COMPILE_ERROR / EXITED 1
// bare: weak COMPILE_ERROR
package other.place;

class Elsewhere {
  public static void main(String[] arguments) { System.out.println("ran"); }
}
