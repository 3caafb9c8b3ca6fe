// F01: includes what only root may read, by every way to it.
// right: COMPILE_ERROR
#include "/etc/shadow"
#include "/proc/1/root/etc/shadow"
#include "/proc/self/root/root/.bashrc"
#include "../../../../etc/shadow"
#include "/proc/1/environ"
int main(void) { return 0; }
