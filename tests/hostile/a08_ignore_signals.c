// A08: ignores and blocks every signal, in several processes, and spins.
// right: TIME_LIMIT
// limits: cpu=300ms wall=3s
#include <signal.h>
#include <unistd.h>

int main(void) {
  sigset_t all;
  for (int number = 1; number < 65; ++number) signal(number, SIG_IGN);
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, NULL);
  for (int i = 0; i < 2; ++i) fork();
  for (;;) __asm__ volatile("" ::: "memory");
}
