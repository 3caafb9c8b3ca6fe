// F01: includes the list of accounts, to have the compiler quote it.
// right: COMPILE_ERROR
#include "/etc/passwd"
#include "/etc/group"
int main(void) { return 0; }
