// F21: lines that end as on an old Mac: to gcc all is one comment.
// bytes: cr
// right: COMPILE_ERROR / EXITED 0
int main(void) { return 0; }
