// D07: makes output.txt a pipe, a socket, a folder, a closed file; devices cannot be made at all.
// The test collects output.txt; it must be refused at once after each run (an opened pipe would wait for ever).
// right: EXITED 0
// collects: output.txt
// runs: fifo socket folder closed device
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <unistd.h>

#include "try.inc"

int main(int argc, char **argv) {
  const char *what = argc > 1 ? argv[1] : "";
  if (strcmp(what, "fifo") == 0) return mkfifo("output.txt", 0666) == 0 ? 0 : 2;
  if (strcmp(what, "folder") == 0) return mkdir("output.txt", 0777) == 0 ? 0 : 2;
  if (strcmp(what, "socket") == 0) {
    struct sockaddr_un name = {AF_UNIX, "output.txt"};
    const int made = socket(AF_UNIX, SOCK_STREAM, 0);
    return bind(made, (struct sockaddr *)&name, sizeof(name)) == 0 && listen(made, 8) == 0 ? 0 : 2;
  }
  if (strcmp(what, "closed") == 0) {
    const int file = open("output.txt", O_CREAT | O_WRONLY, 0000);
    return file >= 0 ? 0 : 2;
  }
  refused("mknod_block", mknod("output.txt", S_IFBLK | 0666, makedev(8, 0)));
  refused("mknod_char", mknod("output.txt", S_IFCHR | 0666, makedev(1, 1)));
  refused("mknod_whiteout", mknod("output.txt", S_IFCHR | 0666, 0));
  refused("mknodat_block", mknodat(AT_FDCWD, "output.txt", S_IFBLK | 0666, makedev(8, 0)));
  refused("rename_whiteout", renameat2(AT_FDCWD, "output.txt", AT_FDCWD, "x", 4));
  return verdict();
}
