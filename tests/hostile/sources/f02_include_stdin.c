// F02: includes the compiler's own streams; there is nothing to read, and nobody waits for more.
// right: COMPILE_ERROR / EXITED 0
// compile limits: cpu=1s wall=4s
#include </dev/stdin>
#include </proc/self/fd/0>
#include </dev/tty>
int main(void) { return 0; }
