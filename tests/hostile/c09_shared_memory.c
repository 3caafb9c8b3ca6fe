// C09: takes System V shared memory of 1 GiB and ends without removing it; the next run looks for it.
// right: EXITED 0
// runs: leave find
#include <fcntl.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

enum { kKey = 0x4f54 };

static void *map_shared(long id) { return (void *)syscall(SYS_shmat, id, NULL, 0); }

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "find") == 0) {
    refused("shared memory of an earlier run", syscall(SYS_shmget, kKey, 0, 0));
    refused("POSIX shared memory of an earlier run", shm_open("/otmetka", O_RDWR, 0));
    refused("semaphores of an earlier run", syscall(SYS_semget, kKey, 0, 0));
    return verdict();
  }
  const long id = syscall(SYS_shmget, kKey, 1ul << 30, IPC_CREAT | 0666);
  void *const shared = id < 0 ? MAP_FAILED : map_shared(id);
  if (shared != MAP_FAILED) memset(shared, 1, 1ul << 30);
  refused("shmget", id);
  refused("shmget for itself", syscall(SYS_shmget, IPC_PRIVATE, 4096, IPC_CREAT | 0666));
  refused("semget", syscall(SYS_semget, kKey, 1, IPC_CREAT | 0666));
  shm_open("/otmetka", O_CREAT | O_RDWR, 0666);
  return verdict();
}
