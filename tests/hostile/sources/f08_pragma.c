// F08: gives the compiler options by pragma and attribute: a plugin, a wrapper, a file of options.
// right: COMPILE_ERROR / EXITED 0
#pragma GCC optimize("fplugin=./plugin.so")
#pragma GCC optimize("-wrapper", "sh,-c,id")
#pragma GCC optimize("@/etc/passwd")
#pragma GCC target("specs=./x.specs")
__attribute__((optimize("-fplugin=/w/plugin.so"))) static int f(void) { return 0; }
int main(void) { return f(); }
