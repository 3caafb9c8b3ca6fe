// B13: namespaces and another cgroup by clone3, clone, unshare and setns.
// right: EXITED 0
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

static const struct {
  const char *name;
  uint64_t flag;
} kinds[] = {{"user", CLONE_NEWUSER}, {"mnt", CLONE_NEWNS},   {"pid", CLONE_NEWPID},       {"net", CLONE_NEWNET},
             {"ipc", CLONE_NEWIPC},   {"uts", CLONE_NEWUTS}, {"cgroup", CLONE_NEWCGROUP}, {"time", CLONE_NEWTIME}};

static long by_clone3(uint64_t flags, int cgroup) {
  struct clone_args how = {.flags = flags, .exit_signal = SIGCHLD, .cgroup = (uint64_t)cgroup};
  const long pid = syscall(SYS_clone3, &how, sizeof(how));
  if (pid == 0) _exit(0);
  return pid;
}

static long with_pid(int32_t pid) {
  struct clone_args how = {.exit_signal = SIGCHLD, .set_tid = (uint64_t)(uintptr_t)&pid, .set_tid_size = 1};
  const long made = syscall(SYS_clone3, &how, sizeof(how));
  if (made == 0) _exit(0);
  return made;
}

static long by_clone(uint64_t flags) {
  const long pid = syscall(SYS_clone, flags | SIGCHLD, 0, 0, 0, 0);
  if (pid == 0) _exit(0);
  return pid;
}

int main(void) {
  char path[64];
  for (unsigned i = 0; i < sizeof(kinds) / sizeof(*kinds); ++i) {
    refused(kinds[i].name, by_clone3(kinds[i].flag, 0));
    refused(kinds[i].name, by_clone3(kinds[i].flag | CLONE_NEWUSER, 0));
    if (kinds[i].flag != CLONE_NEWTIME) {  // that bit is part of clone's exit signal
      refused(kinds[i].name, by_clone(kinds[i].flag));
      refused(kinds[i].name, by_clone(kinds[i].flag | CLONE_NEWUSER));
    }
    refused(kinds[i].name, syscall(SYS_unshare, kinds[i].flag));
    refused(kinds[i].name, syscall(SYS_unshare, kinds[i].flag | CLONE_NEWUSER));
    snprintf(path, sizeof(path), "/proc/self/ns/%s", kinds[i].name);
    refused(kinds[i].name, syscall(SYS_setns, open(path, O_RDONLY), kinds[i].flag));
  }
  refused("into a cgroup", by_clone3(0x200000000u /* CLONE_INTO_CGROUP */, open("/", O_RDONLY)));
  refused("/sys/fs/cgroup", open("/sys/fs/cgroup", O_RDONLY));
  refused("pid of its choice", with_pid(4711));
  return verdict();
}
