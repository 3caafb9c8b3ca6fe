// F05: includes itself, twice each time.
// right: COMPILE_ERROR
// compile limits: cpu=1s wall=4s memory=512MiB
#include __FILE__
#include __FILE__
int main(void) { return 0; }
