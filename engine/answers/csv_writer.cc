#include "engine/answers/csv_writer.h"

#include <algorithm>
#include <array>

#include "queue/codec_utf8.h"

namespace otmetka::engine::answers {

void append_csv_plain(std::string_view text, char separator, std::string& out) {
  const bool quoted = text.find_first_of("\"\r\n") != std::string_view::npos || text.find(separator) != std::string_view::npos ||
                      (!text.empty() && (text.front() == ' ' || text.back() == ' '));
  if (!quoted) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_csv_text(std::string_view text, char separator, std::string& out) {
  static constexpr std::string_view kRun = "=+-@\t\r\n";
  static constexpr std::array<std::string_view, 4> kRunWide = {"＝", "＋", "－", "＠"};
  std::string shown = queue::to_utf8(text);
  const bool wide = std::any_of(kRunWide.begin(), kRunWide.end(), [&](std::string_view sign) { return shown.starts_with(sign); });
  if (wide || (!shown.empty() && kRun.find(shown.front()) != std::string_view::npos)) shown.insert(0, 1, '\'');
  append_csv_plain(shown, separator, out);
}

}  // namespace otmetka::engine::answers
