// E26: finds out whether it is judged, by time-stamp counter, environment, ids, parents and names, and behaves badly only when it is not; the
// verdict is the same as for a program that does not ask.
// right: EXITED 0
// prints: 42
// repeat: 20
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

int main(void) {
  struct utsname names;
  uname(&names);
  int judged = getppid() <= 1 || getpid() < 50 || strcmp(names.nodename, "cell") == 0 || getenv("HOME") == 0 || access("/home", F_OK) != 0;
#ifdef __x86_64__
  const unsigned long long start = __builtin_ia32_rdtsc();
  const clock_t cpu = clock();
  while (clock() - cpu < CLOCKS_PER_SEC / 1000) {
  }
  judged += __builtin_ia32_rdtsc() - start > 0;
#endif
  struct timespec resolution;
  judged += clock_getres(CLOCK_PROCESS_CPUTIME_ID, &resolution) == 0;
  if (judged == 0) puts("not judged");
  puts("42");
  return 0;
}
