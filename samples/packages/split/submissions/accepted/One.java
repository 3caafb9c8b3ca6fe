import java.util.Scanner;

public class One {
  public static void main(String[] args) {
    System.out.println("1 " + (new Scanner(System.in).nextLong() - 1));
  }
}
