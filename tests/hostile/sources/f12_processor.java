// F12: brings an annotation processor along; it is compiled and not run.
// name: Main.java
// right: EXITED 0
// prints: ran
// limits: cpu=3s wall=10s memory=64MiB processes=8
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.element.TypeElement;

@SupportedAnnotationTypes("*")
public class Main extends AbstractProcessor {
  static {
    if (!System.getProperty("java.class.path").equals(".:classes.jar")) System.out.println("open: processor");
  }
  @Override public boolean process(Set<? extends TypeElement> all, RoundEnvironment round) {
    for (;;) {
    }
  }
  public static void main(String[] arguments) { System.out.println("ran"); }
}
