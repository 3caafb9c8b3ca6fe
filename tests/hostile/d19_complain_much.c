// D19: floods standard error, far beyond what is kept, and prints the right answer.
// right: EXITED 0
// prints: 42
#include <string.h>
#include <unistd.h>

int main(void) {
  char text[10000];
  memset(text, 'e', sizeof(text));
  text[sizeof(text) - 1] = '\n';
  for (int i = 0; i < 1000; ++i) {
    if (write(2, text, sizeof(text)) < 0) break;
  }
  if (write(1, "42\n", 3) != 3) return 1;
  for (int i = 0; i < 1000; ++i) {
    if (write(2, text, sizeof(text)) < 0) continue;
  }
  return 0;
}
