// F01: includes a file of the host that anybody may read there.
// right: COMPILE_ERROR
#include "@SECRET_FILE@"
int main(void) { return 0; }
