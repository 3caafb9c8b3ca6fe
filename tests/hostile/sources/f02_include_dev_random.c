// F02: includes a device that never ends and is never the same.
// right: COMPILE_ERROR
// compile limits: cpu=1s wall=4s memory=256MiB
#include </dev/urandom>
int main(void) { return 0; }
