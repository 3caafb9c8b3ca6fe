// F11: leaves before main, as any run may.
// right: EXITED 7
#include <unistd.h>
__attribute__((constructor)) static void first(void) { _exit(7); }
int main(void) { return 0; }
