// D12: deletes its input file, puts a folder of the same name there and so many files beside that the wipe takes a while; then the next
// test reads its own.
// gives: input.txt 7 11
// right: EXITED 0
// limits: cpu=2s wall=5s
// runs: spoil read flood read
// prints: 7 11
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void fill(const char *folder, int files) {
  char name[64];
  for (int i = 0; i < files; ++i) {
    snprintf(name, sizeof(name), "%s/%d", folder, i);
    const int file = open(name, O_CREAT | O_WRONLY, 0600);
    if (file >= 0) close(file);
  }
}

int main(int argc, char **argv) {
  if (argc < 2) return 2;
  if (strcmp(argv[1], "spoil") == 0) {
    unlink("input.txt");
    fill("/w", 4000);
    return mkdir("input.txt", 0) == 0 ? 0 : 2;
  }
  if (strcmp(argv[1], "flood") == 0) {
    unlink("input.txt");
    fill("/w", 4000);
    return 0;
  }
  char text[64];
  const int file = open("input.txt", O_RDONLY);
  const ssize_t got = file >= 0 ? read(file, text, sizeof(text)) : -1;
  return got > 0 && write(1, text, (size_t)got) == got ? 0 : 1;
}
