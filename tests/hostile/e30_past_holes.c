// E30: the calls by which local privilege was won in past years and that no answer needs: splice, tee, vmsplice, watch queues, nf_tables,
// overlayfs, io_uring, userfaultfd, out-of-band bytes on local sockets, filters on sockets, keys, remapped files, page migration.
// right: EXITED 0
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "try.inc"

int main(void) {
  int ends[2], pipes[2];
  char byte = 'x';
  struct iovec part = {&byte, 1};
  if (pipe(pipes) != 0) return 2;
  // Dirty pipe, and what else moves pages between files and pipes.
  const int shared = open("/usr/bin/env", O_RDONLY);
  refused("splice", syscall(SYS_splice, shared, 0L, pipes[1], 0L, 1L, 0));
  refused("splice_pipe", syscall(SYS_splice, pipes[0], 0L, 1, 0L, 1L, 2));
  refused("tee", syscall(SYS_tee, pipes[0], pipes[1], 1L, 2));
  refused("vmsplice", syscall(SYS_vmsplice, pipes[1], &part, 1L, 8));
  refused("pipe_size", syscall(SYS_fcntl, pipes[1], 1031L, 1 << 20));
  // CVE-2022-0995: a pipe for notifications, and its filter.
  int notes[2];
  refused("notification_pipe", syscall(SYS_pipe2, notes, 0x80L));
  refused("notification_pipe_cloexec", syscall(SYS_pipe2, notes, 0x80L | O_CLOEXEC));
  refused("watch_queue_size", syscall(SYS_ioctl, pipes[0], 0x5760L, 1L));
  refused("watch_queue_filter", syscall(SYS_ioctl, pipes[0], 0x5761L, (char[64]){0}));
  refused("keyctl_watch", syscall(SYS_keyctl, 32L, -3L, pipes[0], 1L));
  refused("watch_devices", syscall(436, pipes[0], 1, 0));
  // CVE-2025-38236: out-of-band bytes of local stream sockets.
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0) {
    struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1};
    refused("send_out_of_band", send(ends[0], &byte, 1, MSG_OOB | MSG_NOSIGNAL | MSG_DONTWAIT));
    refused("sendmsg_out_of_band", sendmsg(ends[0], &header, MSG_OOB | MSG_NOSIGNAL | MSG_DONTWAIT));
    refused("recv_out_of_band", recv(ends[1], &byte, 1, MSG_OOB | MSG_DONTWAIT));
    refused("zero_copy", setsockopt(ends[0], SOL_SOCKET, 60, &(int){1}, sizeof(int)));
    refused("socket_filter", setsockopt(ends[0], SOL_SOCKET, 26, &(struct { unsigned short n; void *p; }){1, (unsigned long long[]){0xffffffff00000006ULL}}, 16));
  }
  // nf_tables, packet sockets, traffic control: all behind another family.
  refused("netfilter", socket(AF_NETLINK, SOCK_RAW, 12));
  refused("packet", socket(AF_PACKET, SOCK_RAW, 0));
  refused("can", socket(29, SOCK_RAW, 1));
  refused("tipc", socket(30, SOCK_SEQPACKET, 0));
  refused("smc", socket(43, SOCK_STREAM, 0));
  refused("key_family", socket(15, SOCK_RAW, 2));
  refused("overlay", syscall(SYS_mount, "overlay", "/w", "overlay", 0L, "lowerdir=/usr,upperdir=/tmp,workdir=/dev/shm"));
  refused("fsconfig", syscall(430, "cgroup", 0));  // CVE-2022-0185
  refused("io_uring", syscall(425, 1, (char[120]){0}));
  refused("userfaultfd", syscall(SYS_userfaultfd, 1));
  refused("add_key", syscall(SYS_add_key, "user", "x", "x", 1L, -3));
  refused("remap_file_pages", syscall(SYS_remap_file_pages, 0x10000L, 4096L, 0L, 0L, 0L));
  refused("move_pages", syscall(SYS_move_pages, 0, 0L, 0L, 0L, 0L, 0));
  refused("mbind", syscall(SYS_mbind, 0x10000L, 4096L, 0, 0L, 0L, 0));
  refused("set_mempolicy", syscall(SYS_set_mempolicy, 0, 0L, 0L));
  refused("msgsnd", syscall(SYS_msgget, 0, 01600));
  refused("semtimedop", syscall(SYS_semget, 0, 1, 01600));
  refused("bpf", syscall(SYS_bpf, 0, (char[128]){0}, 128L));
  refused("perf", syscall(SYS_perf_event_open, (unsigned[32]){0, 128}, 0, -1, -1, 0L));
  refused("ptrace", syscall(SYS_ptrace, 0L, 0L, 0L, 0L));
  refused("modify_ldt", syscall(154, 1L, (unsigned[4]){0}, 16L));
  refused("setxattr", syscall(SYS_setxattr, "/w", "user.x", "x", 1L, 0L));
  refused("large_xattr", syscall(SYS_fsetxattr, 1, "user.x", "x", 1L, 0L));
  refused("quotactl", syscall(SYS_quotactl, 0x800001L, 0L, 0, 0L));
  return verdict();
}
