// F08: a name that is a file of options to gcc. It is no source; the file it means is one, and right only when it is no file of options.
// name: @x.c
// gives: x.c int main(void) { return 0; }
// right: EXITED 0
not C
