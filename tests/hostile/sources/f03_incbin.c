// F03: has the assembler put a file of the host into the program.
// right: COMPILE_ERROR
#include <stdio.h>
__asm__(".globl answer\nanswer: .incbin \"@SECRET_FILE@\"\n.byte 0\n");
extern const char answer[];
int main(void) { return puts(answer) < 0; }
