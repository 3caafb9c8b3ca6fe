#include "checkers/typed_text.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "checkers/checker.h"

namespace otmetka::checkers {
namespace {

bool is_edge(char32_t c) { return is_white_space(c) || is_invisible(c); }

// White space other than the plain one is seen as a gap, so it stays.
bool prints_nothing(char32_t c) {
  return is_invisible(c) || c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x34F || c == 0x61C || c == 0x115F || c == 0x1160 || c == 0x180E ||
         c == 0x2028 || c == 0x2029 || (c >= 0x2060 && c <= 0x206F) || c == 0x2800 || c == 0x3164 || c == 0xFFA0 ||
         (c >= 0xE0000 && c <= 0xE007F);
}

CodePoint decode_last(std::string_view text) {
  for (std::size_t length = 1; length <= std::min<std::size_t>(4, text.size()); ++length) {
    const CodePoint point = decode(text.substr(text.size() - length));
    if (point.length == length) return point;
  }
  return {};
}

}  // namespace

CodePoint decode(std::string_view text) {
  const auto byte = [text](std::size_t i) {
    return i < text.size() ? static_cast<unsigned>(static_cast<unsigned char>(text[i])) : 0U;
  };
  const unsigned lead = byte(0);
  if (text.empty() || (lead >= 0x80 && lead < 0xC2) || lead > 0xF4) return {};
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  char32_t value = length == 1 ? lead : lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {};
    value = (value << 6) | (byte(i) & 0x3FU);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
  return {value, length};
}

std::string_view trim_label(std::string_view text) {
  for (CodePoint c = decode(text); c.length > 0 && is_edge(c.value); c = decode(text)) text.remove_prefix(c.length);
  for (CodePoint c = decode_last(text); c.length > 0 && is_edge(c.value); c = decode_last(text)) text.remove_suffix(c.length);
  return text;
}

std::string plain(std::string_view typed) {
  std::string out;
  bool gap = false;
  for (typed = trim_label(typed); !typed.empty();) {
    const CodePoint c = decode(typed);
    const std::size_t length = std::max<std::size_t>(1, c.length);
    if (c.length > 0 && is_white_space(c.value)) {
      gap = true;
    } else if (c.length == 0 || !is_invisible(c.value)) {
      if (gap) out += ' ';
      gap = false;
      out += typed.substr(0, length);
    }
    typed.remove_prefix(length);
  }
  return out;
}

std::string visible(std::string_view text) {
  if (text.empty()) return "∅";
  const std::string valid = quote(text);
  std::string out;
  for (std::string_view rest = valid; !rest.empty();) {
    const CodePoint c = decode(rest);
    const std::size_t length = std::max<std::size_t>(1, c.length);
    if (c.length > 0 && prints_nothing(c.value)) {
      std::array<char, 24> name{};
      std::snprintf(name.data(), name.size(), "⟨U+%04X⟩", static_cast<unsigned>(c.value));
      out += name.data();
    } else {
      out += rest.substr(0, length);
    }
    rest.remove_prefix(length);
  }
  return out;
}

}  // namespace otmetka::checkers
