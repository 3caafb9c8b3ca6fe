// F12: a package and a class that the file's name does not promise.
// name: Main.java
// right: EXITED 0
// prints: ran
package other.place;

class Elsewhere {
  public static void main(String[] arguments) { System.out.println("ran"); }
}
