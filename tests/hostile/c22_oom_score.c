// C22: asks to be the last that is killed for memory, for itself, a child, its thread and pid 1.
// right: EXITED 0
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "try.inc"

static void ask(const char *whose, const char *name, const char *value) {
  char path[64];
  snprintf(path, sizeof(path), "/proc/%s/%s", whose, name);
  const int file = open(path, O_WRONLY);
  if (file < 0) return;
  refused(path, write(file, value, 5) == 5 ? 0 : -1);
  close(file);
}

int main(void) {
  static const char *const whose[] = {"self", "thread-self", "self/task/../../self", "1"};
  for (int i = 0; i < 4; ++i) {
    ask(whose[i], "oom_score_adj", "-1000");
    ask(whose[i], "oom_score_adj", "-0001");
    ask(whose[i], "oom_adj", "  -17");
  }
  return verdict();
}
