// C10: makes and fills POSIX and System V queues; the next run looks for them.
// right: EXITED 0
// runs: leave find
#include <fcntl.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

enum { kKey = 0x4f54 };

int main(int argc, char **argv) {
  const int find = argc > 1 && strcmp(argv[1], "find") == 0;
  struct {
    long type;
    char text[1024];
  } message = {1, {0}};
  const long system_v = syscall(SYS_msgget, kKey, find ? 0 : IPC_CREAT | 0666);
  const long posix = syscall(SYS_mq_open, "otmetka", find ? O_RDWR : O_CREAT | O_RDWR, 0666, NULL);
  for (int i = 0; system_v >= 0 && i < 100000 && syscall(SYS_msgsnd, system_v, &message, sizeof(message.text), IPC_NOWAIT) == 0; ++i) {
  }
  refused("msgget", system_v);
  refused("msgget for itself", syscall(SYS_msgget, IPC_PRIVATE, IPC_CREAT | 0666));
  refused("mq_open", posix);
  refused("/dev/mqueue", open("/dev/mqueue", O_RDONLY));
  return verdict();
}
