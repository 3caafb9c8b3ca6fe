// D16: prints NUL, all 256 bytes, CRLF, a byte order mark, broken UTF-8, half surrogates, and a line of 50 KB; on standard error as well.
// The test sees to it that a result in JSON is valid (UTF-8 too) and that the checker compares bytes; with output=16MiB and the argument
// "long" the line has 10 MB.
// right: EXITED 0
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void all(const char *bytes, size_t length) {
  for (int fd = 1; fd <= 2; ++fd) {
    if (write(fd, bytes, length) != (ssize_t)length) _exit(fd);
  }
}

int main(int argc, char **argv) {
  char every[256];
  for (int i = 0; i < 256; ++i) every[i] = (char)i;
  all("\xef\xbb\xbf", 3);
  all(every, sizeof(every));
  static const char odd[] = "a\r\nb\rc\n\0d\"\\/\b\f\t\x7f\xc2\x80\xe2\x80\xa8\xe2\x80\xa9\xc0\x80\xed\xa0\x80\xed\xbf\xbf\xf5\x80\x80\x80\xf4\x90\x80\x80\xf0\x9f\x98\x80\xe2\x82";
  all(odd, sizeof(odd) - 1);
  const size_t length = argc > 1 && strcmp(argv[1], "long") == 0 ? 10 << 20 : 50 << 10;
  char *line = malloc(length);
  if (line == 0) return 3;
  memset(line, '\xd0', length);
  for (size_t at = 0; at < length;) {
    const ssize_t put = write(1, line + at, length - at);
    if (put <= 0) return 4;
    at += (size_t)put;
  }
  return 0;
}
