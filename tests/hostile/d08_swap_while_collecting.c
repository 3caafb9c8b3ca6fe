// D08: leaves children behind that swap output.txt, and the folder around it, for links to system files for ever.
// The test collects output.txt: what the program wrote ("mine") or a refusal, never another file. Names with a folder are never taken.
// right: EXITED 0
// collects: output.txt
// refuses: inner/output.txt outer/passwd link/.
// repeat: 20
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
  mkdir("inner", 0700);
  if (symlink("/etc", "outer") != 0 || symlink("/etc/passwd", "link") != 0) return 2;
  for (int i = 0; i < 2; ++i) {
    const int file = open(i ? "inner/output.txt" : "output.txt", O_CREAT | O_WRONLY, 0600);
    if (write(file, "mine", 4) != 4) return 2;
    close(file);
  }
  for (int i = 0; i < 2; ++i) {
    if (fork() != 0) continue;
    setsid();
    signal(SIGTERM, SIG_IGN);
    for (;;) {
      renameat2(AT_FDCWD, "output.txt", AT_FDCWD, "link", RENAME_EXCHANGE);
      renameat2(AT_FDCWD, "inner", AT_FDCWD, "outer", RENAME_EXCHANGE);
    }
  }
  usleep(20000);
  return 0;
}
