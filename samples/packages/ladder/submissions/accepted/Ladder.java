import java.util.Scanner;

public class Ladder {
  public static void main(String[] args) {
    int n = new Scanner(System.in).nextInt();
    long now = 1, next = 1;
    for (int i = 0; i < n; i++) {
      long sum = (now + next) % {{modulus}};
      now = next;
      next = sum;
    }
    System.out.println(now);
  }
}
