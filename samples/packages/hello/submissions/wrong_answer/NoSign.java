import java.util.Scanner;

public class NoSign {
  public static void main(String[] args) {
    System.out.println("Привет, " + new Scanner(System.in).nextLine());
  }
}
