// F21: a NUL in the code, in a text and in a name.
// bytes: nul
// right: COMPILE_ERROR / EXITED 0
int main(void) {@NUL@ return sizeof("a@NUL@b") == 0;@NUL@ }
