// D15: writes to standard error by its names, at the beginning and at the end, as shells and languages do. It is nobody's crime: some of it
// may be lost, the program goes on.
// right: EXITED 0
// prints: 42
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  const char *names[] = {"/dev/stderr", "/proc/self/fd/2", "/dev/fd/2"};
  const char *modes[] = {"w", "a", "r+", "w+", "a+"};
  for (int name = 0; name < 3; ++name) {
    for (int mode = 0; mode < 5; ++mode) {
      FILE *error = fopen(names[name], modes[mode]);
      if (error == 0) continue;
      fprintf(error, "complaint\n");
      fclose(error);
    }
  }
  fcntl(2, F_SETFL, O_APPEND);
  fprintf(stderr, "complaint\n");
  lseek(2, 0, SEEK_END);
  fprintf(stderr, "complaint\n");
  puts("42");
  return 0;
}
