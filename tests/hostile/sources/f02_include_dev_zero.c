// F02: includes a device that never ends.
// right: COMPILE_ERROR
// compile limits: cpu=1s wall=4s memory=256MiB
#include </dev/zero>
int main(void) { return 0; }
