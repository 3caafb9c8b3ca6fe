// F07: a gibibyte of warnings.
// right: COMPILE_ERROR
// compile limits: cpu=1s wall=4s
#define W0 _Pragma("GCC warning \"a warning that is somewhat long, so that few of them make much\"")
#define W1 W0 W0 W0 W0 W0 W0 W0 W0 W0 W0
#define W2 W1 W1 W1 W1 W1 W1 W1 W1 W1 W1
#define W3 W2 W2 W2 W2 W2 W2 W2 W2 W2 W2
#define W4 W3 W3 W3 W3 W3 W3 W3 W3 W3 W3
#define W5 W4 W4 W4 W4 W4 W4 W4 W4 W4 W4
#define W6 W5 W5 W5 W5 W5 W5 W5 W5 W5 W5
#define W7 W6 W6 W6 W6 W6 W6 W6 W6 W6 W6
W7
int main(void) { return no_such_name; }
