// B09: traces its parent, pid 1, a child, and itself.
// right: EXITED 0
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

static void trace(const char *name, long pid) {
  char word[8];
  refused(name, syscall(SYS_ptrace, PTRACE_ATTACH, pid, 0, 0));
  refused(name, syscall(SYS_ptrace, PTRACE_SEIZE, pid, 0, 0));
  refused(name, syscall(SYS_ptrace, PTRACE_PEEKDATA, pid, 0x400000, word));
  refused(name, syscall(SYS_ptrace, 0x420e /* PTRACE_GET_SYSCALL_INFO */, pid, sizeof(word), word));
}

int main(void) {
  const int child = fork();
  if (child == 0) {
    for (;;) pause();
  }
  trace("ptrace of the parent", getppid());
  trace("ptrace of pid 1", 1);
  trace("ptrace of a child", child);
  refused("PTRACE_TRACEME", syscall(SYS_ptrace, PTRACE_TRACEME, 0, 0, 0));
  return verdict();
}
