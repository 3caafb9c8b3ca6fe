// D15: opens its streams again by /proc and /dev, seeks, cuts, seals and maps them, and makes input of output: what stands in the output
// at the end counts, the input is as before, and the seeks on standard error harm nobody.
// right: EXITED 0
// input: given
// prints: given
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "try.inc"

int main(void) {
  signal(SIGXFSZ, SIG_IGN);
  const char *names[] = {"/proc/self/fd/0", "/dev/stdin", "/dev/fd/0", "/proc/thread-self/fd/0"};
  for (int i = 0; i < 4; ++i) {
    refused("input_for_writing", open(names[i], O_WRONLY));
    refused("input_for_both", open(names[i], O_RDWR));
    refused("input_cut", open(names[i], O_RDONLY | O_TRUNC));
    refused("input_truncate", truncate(names[i], 0));
  }
  refused("output_sealed", fcntl(1, F_ADD_SEALS, F_SEAL_WRITE));
  refused("output_sealed_grow", fcntl(1, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK));
  refused("error_grown", ftruncate(2, 64 << 20));
  const int error = open("/proc/self/fd/2", O_RDWR);
  if (error >= 0) {
    if (write(error, "second", 6)) {}
    lseek(error, 1L << 40, SEEK_SET);
    refused("error_far_away", write(error, "far", 3));
  }
  lseek(2, (1L << 62), SEEK_SET);
  const int output = open("/proc/self/fd/1", O_RDWR | O_APPEND);
  if (output >= 0 && write(output, "rubbish", 7) == 7) {
    void *at = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, output, 0);
    if (at != MAP_FAILED) memset(at, 'r', 4096);
  }
  lseek(1, 0, SEEK_SET);
  if (ftruncate(1, 0)) {}
  fcntl(1, F_SETFL, O_APPEND | O_NONBLOCK);
  fcntl(0, F_SETFL, O_NONBLOCK);
  char text[64];
  lseek(0, 0, SEEK_END);
  lseek(0, 0, SEEK_SET);
  const ssize_t got = read(0, text, sizeof(text));
  if (open_count == 0 && (got <= 0 || write(1, text, (size_t)got) != got)) return 2;
  return verdict();
}
