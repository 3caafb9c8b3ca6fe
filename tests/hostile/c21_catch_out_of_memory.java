// C21: asks for an array of 256 MiB and catches OutOfMemoryError. Needs Java: the test compiles it to Main.class and runs
// /usr/bin/java in the sandbox; the judge's own Java must be set up so that the error ends as a memory limit.
// right: MEMORY_LIMIT
// limits: cpu=5s wall=10s processes=64
class Main {
  public static void main(String[] arguments) {
    try {
      byte[] much = new byte[1 << 28];
      for (int at = 0; at < much.length; at += 4096) much[at] = 1;
    } catch (OutOfMemoryError caught) {
      System.out.println("ok");
    }
  }
}
