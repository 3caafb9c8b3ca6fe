// F06: a line of source that makes an object of 4 GiB.
// right: COMPILE_ERROR
// compile limits: cpu=5s wall=10s
int a[1 << 30] = {1};
int main(void) { return a[5]; }
