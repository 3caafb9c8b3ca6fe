// E12: types into a terminal for the one who looks: TIOCSTI, TIOCLINUX and their numbers with high bits on every descriptor; makes a terminal.
// right: EXITED 0
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

int main(void) {
  const char *names[] = {"/dev/tty", "/dev/console", "/dev/tty0", "/dev/tty1", "/dev/ptmx", "/dev/pts/0", "/dev/pts/ptmx", "/dev/ttyS0", "/dev/vcs", "/dev/kmsg", "/dev/mem",
                         "/dev/kvm", "/dev/fuse", "/dev/net/tun", "/dev/loop-control", "/dev/dri/card0"};
  for (unsigned i = 0; i < sizeof(names) / sizeof(*names); ++i) {
    refused(names[i], open(names[i], O_RDWR | O_NOCTTY));
    refused(names[i], open(names[i], O_RDONLY | O_NOCTTY));
  }
  int fds[8] = {0, 1, 2};
  const char *devices[] = {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"};
  for (int i = 0; i < 5; ++i) fds[3 + i] = open(devices[i], O_RDWR);
  // TIOCSTI, TIOCLINUX, TIOCCONS, TIOCSETD, TIOCSCTTY, TIOCNOTTY, TIOCSIG, TIOCSERCONFIG, TIOCGPTPEER, TCXONC, TCFLSH, RNDADDENTROPY, RNDCLEARPOOL,
  // RNDRESEEDCRNG, FS_IOC_SETFLAGS, FS_IOC_FSSETXATTR, FICLONE, FIDEDUPERANGE, FIFREEZE, FIBMAP, FS_IOC_GETVERSION, FIOASYNC, FIOSETOWN, SIOCGIFCONF
  const unsigned long commands[] = {0x5412, 0x541C, 0x541D, 0x5423, 0x540E, 0x5422, 0x40045436, 0x5453, 0x5441, 0x540A, 0x540B, 0x40085203,
                                    0x5206, 0x5207, 0x40086602, 0x401c5820, 0x40049409, 0xc0189436, 0xc0045877, 1, 0x80087601, 0x5452, 0x8901, 0x8912};
  char argument[64] = "x";
  for (int fd = 0; fd < 8; ++fd) {
    for (unsigned i = 0; i < sizeof(commands) / sizeof(*commands); ++i) {
      refused("ioctl", syscall(SYS_ioctl, fds[fd], commands[i], argument));
      refused("ioctl_high", syscall(SYS_ioctl, fds[fd], commands[i] | (1UL << 32), argument));
      refused("ioctl_negative", syscall(SYS_ioctl, fds[fd], commands[i] | 0xffffffff00000000UL, argument));
    }
  }
  if (syscall(SYS_getsid, 0) != 1) went_through("session");  // the cell's own, which has no terminal; 0: one of the host's
  return verdict();
}
