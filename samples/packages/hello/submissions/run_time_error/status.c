#include <stdio.h>

int main(void) {
  puts("Привет!");
  return 3;
}
