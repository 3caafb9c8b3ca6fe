// A09: asks for more than its share: lower niceness, real-time and deadline classes, real-time input and output, and the limits for them.
// right: EXITED 0
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

struct attributes {
  uint32_t size, policy;
  uint64_t flags;
  int32_t nice;
  uint32_t priority;
  uint64_t runtime, deadline, period;
};

static long set_attributes(uint32_t policy, int32_t nice, uint32_t priority, uint64_t period) {
  struct attributes wanted = {.size = sizeof(wanted), .policy = policy, .nice = nice, .priority = priority,
                              .runtime = period / 2, .deadline = period, .period = period};
  return syscall(SYS_sched_setattr, 0, &wanted, 0);
}

int main(void) {
  const struct rlimit most_nice = {40, 40}, most_realtime = {99, 99};
  refused("nice -20", setpriority(PRIO_PROCESS, 0, -20));
  refused("nice -1", setpriority(PRIO_PROCESS, 0, -1));
  refused("nice of the group", setpriority(PRIO_PGRP, 0, -1));
  refused("nice of the user", setpriority(PRIO_USER, 0, 19));
  refused("nice of pid 1", setpriority(PRIO_PROCESS, 1, 19));
  for (int policy = SCHED_FIFO; policy <= SCHED_RR; ++policy) {
    const struct sched_param low = {1}, high = {99};
    refused("sched_setscheduler", syscall(SYS_sched_setscheduler, 0, policy, &low));
    refused("sched_setscheduler 99", syscall(SYS_sched_setscheduler, 0, policy, &high));
    refused("sched_setscheduler of pid 1", syscall(SYS_sched_setscheduler, 1, policy | SCHED_RESET_ON_FORK, &low));
    refused("sched_setattr", set_attributes((uint32_t)policy, 0, 1, 0));
  }
  refused("sched_setattr nice", set_attributes(SCHED_OTHER, -20, 0, 0));
  refused("sched_setattr deadline", set_attributes(6, 0, 0, 10000000));
  refused("ioprio_set", syscall(SYS_ioprio_set, 1, 0, 1 << 13));
  refused("RLIMIT_NICE", setrlimit(RLIMIT_NICE, &most_nice));
  refused("RLIMIT_RTPRIO", setrlimit(RLIMIT_RTPRIO, &most_realtime));
  refused("autogroup", open("/proc/self/autogroup", O_WRONLY));
  return verdict();
}
