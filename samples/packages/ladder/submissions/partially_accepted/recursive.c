#include <stdio.h>

static long long ways(int n) { return n < 2 ? 1 : ways(n - 1) + ways(n - 2); }

int main(void) {
  int n;
  if (scanf("%d", &n) != 1) return 1;
  printf("%lld\n", ways(n) % {{modulus}});
  return 0;
}
