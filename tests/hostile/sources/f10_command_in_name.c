// F10: a name that a shell would run. There is no shell.
// name: $(touch owned; exit 7).c
// right: EXITED 0
#include <unistd.h>
int main(void) { return access("owned", F_OK) == 0; }
