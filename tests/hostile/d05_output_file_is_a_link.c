// D05: makes output.txt a symbolic link to what it must not read, and tries to reach one through a folder.
// The test collects output.txt; after each run it must be refused, with none of the target's bytes.
// right: EXITED 0
// refuses: output.txt output.txt/passwd
// runs: passwd shadow usr memory stdin exe dangling loop folder
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc < 2) return 2;
  const char *names[][2] = {{"passwd", "/etc/passwd"}, {"shadow", "../../../../../../etc/shadow"}, {"usr", "/usr/bin/env"},
                            {"memory", "/proc/self/mem"}, {"stdin", "/proc/self/fd/0"}, {"exe", "/proc/1/exe"},
                            {"dangling", "/w/nothing"}, {"loop", "output.txt"}, {"folder", "."}};
  for (unsigned i = 0; i < sizeof(names) / sizeof(*names); ++i) {
    if (strcmp(argv[1], names[i][0]) == 0) return symlink(names[i][1], "output.txt") == 0 ? 0 : 1;
  }
  return 2;
}
