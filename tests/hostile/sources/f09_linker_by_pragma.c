// F09: speaks to the linker by pragma, by section and by name.
// right: COMPILE_ERROR / EXITED 0
#pragma comment(linker, "-T@SECRET_FILE@")
#pragma comment(lib, "@SECRET_FILE@")
__asm__(".section .drectve\n.ascii \"-T@SECRET_FILE@\"\n.text\n");
__attribute__((section(".gnu.linkonce.r.x"))) static int x = 1;
int main(void) { return x - 1; }
