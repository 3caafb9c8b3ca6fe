// F21: written in UTF-16.
// bytes: utf16
// right: COMPILE_ERROR
int main(void) { return 0; }
