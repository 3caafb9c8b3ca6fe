// F03: the same with #embed, where the compiler knows it.
// right: COMPILE_ERROR
#include <stdio.h>
static const char answer[] = {
#embed "@SECRET_FILE@"
  , 0};
int main(void) { return puts(answer) < 0; }
