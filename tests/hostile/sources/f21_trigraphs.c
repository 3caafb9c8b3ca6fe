// F21: trigraphs, and a line that they continue.
// right: COMPILE_ERROR / EXITED 0
??=include <stdio.h>
// is this code??/
int hidden;
int main(void) ??< return 0; ??>
