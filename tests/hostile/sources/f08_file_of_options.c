// F08: a name that is a file of options to gcc; that file is a source as well, so that it is right when it is none.
// name: @x.c
// gives: x.c int y;
// right: EXITED 0
int main(void) { return 0; }
