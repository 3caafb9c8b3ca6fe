// E05: administers: bpf, perf, kexec, modules, accounting, swap, reboot, quotas, the kernel's log, clocks, host names; and a filter in the
// kernel's other door, a classic one on a socket.
// right: EXITED 0
#include <linux/filter.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include "try.inc"

int main(void) {
  char room[4096] = {0};
  for (int command = 0; command < 40; ++command) refused("bpf", syscall(SYS_bpf, command, room, 128L));
  refused("bpf_high", syscall(SYS_bpf, 1L << 32, room, 48L));
  for (unsigned type = 0; type < 8; ++type) {
    unsigned attributes[32] = {type, 128};
    refused("perf_event_open", syscall(SYS_perf_event_open, attributes, 0, -1, -1, 0L));
    refused("perf_event_open_cpu", syscall(SYS_perf_event_open, attributes, -1, 0, -1, 0L));
  }
  refused("kexec_load", syscall(SYS_kexec_load, 0L, 0L, 0L, 0L));
  refused("kexec_file_load", syscall(SYS_kexec_file_load, 0, 0, 0L, "", 4L));
  refused("init_module", syscall(SYS_init_module, room, 4096L, ""));
  refused("finit_module", syscall(SYS_finit_module, 0, "", 0));
  refused("delete_module", syscall(SYS_delete_module, "loop", 0));
  refused("acct", syscall(SYS_acct, "/w/acct"));
  refused("acct_off", syscall(SYS_acct, 0L));
  refused("swapon", syscall(SYS_swapon, "/w/swap", 0));
  refused("swapoff", syscall(SYS_swapoff, "/w/swap"));
  // Ctrl-Alt-Del on: the one command of reboot(2) that would do no harm.
  refused("reboot", syscall(SYS_reboot, 0xfee1deadL, 672274793L, 0x89abcdefL, 0L));
  refused("reboot_second", syscall(SYS_reboot, 0xfee1deadL, 85072278L, 0x89abcdefL, 0L));
  refused("quotactl", syscall(SYS_quotactl, 0x800001L, 0L, 0, 0L));
  refused("quotactl_fd", syscall(443, 0, 0x800001L, 0, 0L));
  for (int type = 0; type <= 10; ++type) refused("syslog", syscall(SYS_syslog, type, room, 100));
  refused("sethostname", syscall(SYS_sethostname, "other", 5L));
  refused("setdomainname", syscall(SYS_setdomainname, "other", 5L));
  const struct timespec now = {time(0), 0};
  refused("clock_settime", syscall(SYS_clock_settime, 0, &now));
  refused("settimeofday", syscall(SYS_settimeofday, &now, 0L));
  struct timex reading = {0};
  refused("adjtimex", syscall(SYS_adjtimex, &reading));
  refused("clock_adjtime", syscall(SYS_clock_adjtime, 0, &reading));
  refused("vhangup", syscall(SYS_vhangup));
  refused("sync", syscall(SYS_sync) == 0 ? 0 : -1);
  refused("syncfs", syscall(SYS_syncfs, 1));
  refused("lsm_set_self_attr", syscall(460, 0, room, 32, 0));
  refused("lsm_list_modules", syscall(461, room, room + 64, 0));
  refused("nfsservctl", syscall(180, 0, 0L, 0L));
  refused("_sysctl", syscall(156, room));
  refused("create_module", syscall(174, "x", 4096L));
  refused("migrate_pages", syscall(SYS_migrate_pages, 0, 64L, room, room));
  refused("move_pages", syscall(SYS_move_pages, 0, 0L, 0L, 0L, 0L, 0));
  refused("mbind", syscall(SYS_mbind, 0L, 0L, 0, 0L, 0L, 0));
  refused("set_mempolicy", syscall(SYS_set_mempolicy, 0, 0L, 0L));
  // A program that the kernel compiles and runs, by a call that every local socket needs.
  int ends[2];
  struct sock_filter accept_all = {BPF_RET | BPF_K, 0, 0, 0xffffffff};
  struct sock_fprog program = {1, &accept_all};
  if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) == 0) {
    refused("attach_filter", setsockopt(ends[0], SOL_SOCKET, 26, &program, sizeof(program)));
    refused("attach_bpf", setsockopt(ends[0], SOL_SOCKET, 50, &(int){0}, sizeof(int)));
    refused("attach_reuseport_filter", setsockopt(ends[0], SOL_SOCKET, 51, &program, sizeof(program)));
  }
  return verdict();
}
