// F12: calls whose types the compiler works out by trying all combinations.
// name: Main.java
// right: COMPILE_ERROR / EXITED 0
// compile limits: cpu=4s wall=8s
// limits: cpu=3s wall=10s memory=64MiB processes=8
import java.util.function.Function;
import java.util.function.UnaryOperator;

public class Main {
  static <A, B> B f(Function<A, B> g) { return null; }
  static <A> A f(UnaryOperator<A> g) { return null; }
  public static void main(String[] arguments) {
    Object x = f(a -> f(b -> f(c -> f(d -> f(e -> f(g -> f(h -> f(i -> f(j -> f(k -> f(l -> null)))))))))));
  }
}
