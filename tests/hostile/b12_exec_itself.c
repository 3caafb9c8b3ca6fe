// B12: executes itself a thousand times: by its own name, as a copy that it has just written, and as a file in memory.
// right: EXITED 0
// limits: cpu=4s wall=8s
// prints: through
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static char bytes[2 << 20];

static long copy_to(int to) {
  const int from = open("/proc/self/exe", O_RDONLY);
  const ssize_t size = read(from, bytes, sizeof(bytes));
  close(from);
  return size > 0 && write(to, bytes, (size_t)size) == size ? 0 : -1;
}

int main(int argc, char **argv, char **envp) {
  const int round = argc > 1 ? atoi(argv[1]) : 0;
  char number[16];
  char *const again[] = {argv[0], number, NULL};
  if (round == 1000) return write(1, "through\n", 8) != 8;
  snprintf(number, sizeof(number), "%d", round + 1);
  if (round % 20 == 10) {
    unlink("/w/copy");
    const int file = open("/w/copy", O_CREAT | O_EXCL | O_WRONLY, 0700);
    if (file < 0 || copy_to(file) != 0 || close(file) != 0) return 2;
    execve("/w/copy", again, envp);
    return 3;
  }
  if (round % 20 == 15) {
    const int file = memfd_create("copy", MFD_CLOEXEC);
    if (file < 0 || copy_to(file) != 0) return 4;
    syscall(SYS_execveat, file, "", again, envp, AT_EMPTY_PATH);
    return 5;
  }
  execve("/proc/self/exe", again, envp);
  return 6;
}
