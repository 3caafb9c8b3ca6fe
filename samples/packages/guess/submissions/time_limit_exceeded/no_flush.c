// The guess stays in the buffer, and both wait.
#include <stdio.h>

int main(void) {
  char answer[16];
  printf("500\n");
  if (scanf("%15s", answer) != 1) return 1;
  return 0;
}
