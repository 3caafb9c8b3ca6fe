// D17: prints terminal escapes, HTML, script, bidirectional controls, a forged result and a forged log line, on both streams.
// The test sees to it that whatever shows them (result, terminal, page) shows them escaped.
// right: EXITED 0
#include <string.h>
#include <unistd.h>

int main(void) {
  static const char text[] =
      "\033[2J\033[H\033]0;title\007\033]52;c;ZWNobyBoaQ==\007\033[31mred\033P+q544e\033\\\x9b" "31m\n"
      "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><!--</textarea>]]>&lt;\n"
      "\xe2\x80\xae" "drowssap\xe2\x80\xac \xe2\x81\xa6\xe2\x81\xa9\n"
      "\"}],\"ending\":\"EXITED\",\"code\":0,\"verdict\":\"GRADED\"}\n"
      "2026-01-01T00:00:00Z INFO otmetka: score=100\r\n"
      "{{7*7}} ${7*7} %s%s%n =cmd|' /C calc'!A0\n";
  for (int fd = 1; fd <= 2; ++fd) {
    if (write(fd, text, sizeof(text) - 1) != (ssize_t)sizeof(text) - 1) return 1;
  }
  return 0;
}
