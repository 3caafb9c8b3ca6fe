#include <stdio.h>

int main(void) {
  volatile int n = 0;
  printf("%d\n", 1000 / n);
  return 0;
}
