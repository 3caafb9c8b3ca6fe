// D03: not one endless file but hundreds, by a program so small that the kernel may look elsewhere for somebody to kill when memory is full.
// Memory runs out, or room does; an answer there must be, and the next run has all of both.
// right: MEMORY_LIMIT / EXITED 0
// limits: cpu=3s wall=8s
// runs: check fill check fill
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char text[64 << 10];

static void fill(const char *folder) {
  for (int i = 0; i < 400; ++i) {
    char name[64];
    snprintf(name, sizeof(name), "%s/%d", folder, i);
    const int file = open(name, O_CREAT | O_WRONLY, 0600);
    if (file < 0) break;
    for (int k = 0; k < 16 && write(file, text, sizeof(text)) > 0; ++k) {
    }
    close(file);
  }
}

int main(int argc, char **argv) {
  signal(SIGXFSZ, SIG_IGN);
  if (argc > 1 && strcmp(argv[1], "check") == 0) {
    const int file = open("/tmp/check", O_CREAT | O_WRONLY, 0600);
    return file >= 0 && write(file, text, sizeof(text)) == sizeof(text) ? 0 : 1;
  }
  fill("/tmp");
  fill("/w");
  fill("/dev/shm");
  return 0;
}
