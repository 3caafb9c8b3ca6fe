#include "checkers/program/excerpt.h"

#include <algorithm>

#include "checkers/checker.h"

namespace otmetka::checkers::program {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The character that `valid` UTF-8 begins with.
std::string_view first_character(std::string_view valid) {
  std::size_t end = 1;
  while (end < valid.size() && is_continuation(valid[end])) ++end;
  return valid.substr(0, end);
}

unsigned code_point(std::string_view character) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(character[i])); };
  if (character.size() == 1) return byte(0);
  unsigned out = byte(0) & (0x7Fu >> character.size());
  for (std::size_t i = 1; i < character.size(); ++i) out = (out << 6) | (byte(i) & 0x3Fu);
  return out;
}

bool is_unseen(unsigned c) {
  return (c >= 0x80 && c < 0xA0) || c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE007F);
}

std::string shown(std::string_view character) {
  const unsigned c = code_point(character);
  const unsigned picture = c < 0x20 ? c : c == 0x7F ? 0x21 : 0x80;
  if (picture < 0x80) return {'\xE2', '\x90', static_cast<char>(0x80 + picture)};  // U+2400 …
  return std::string(is_unseen(c) ? kReplacement : character);
}

std::size_t start_of_character(std::string_view text, std::size_t at) {
  for (std::size_t i = 0; i < 3 && at > 0 && at < text.size() && is_continuation(text[at]); ++i) --at;
  return at;
}

std::string from(std::string_view text, std::size_t start) { return (start > 0 ? "…" : "") + excerpt(text.substr(start)); }

}  // namespace

std::string excerpt(std::string_view bytes) {
  // So many bytes hold more characters than are shown, so one that is torn at the end is not among them.
  const std::string valid = quote(bytes.substr(0, 4 * kExcerptCharacters + 4));
  std::string out;
  std::string_view rest = valid;
  for (std::size_t n = 0; n < kExcerptCharacters && !rest.empty(); ++n) {
    const std::string_view character = first_character(rest);
    out += shown(character);
    rest.remove_prefix(character.size());
  }
  return rest.empty() ? out : out + "…";
}

std::pair<std::string, std::string> excerpts_of_difference(std::string_view a, std::string_view b, std::size_t at) {
  constexpr std::size_t kBefore = 15;
  const bool whole = std::max(a.size(), b.size()) <= kExcerptCharacters || at <= kBefore + 5;
  const std::size_t start = whole ? 0 : start_of_character(a, at - kBefore);
  return {from(a, start), from(b, start)};
}

std::string excerpt_of_message(std::string_view bytes, std::size_t most_bytes) {
  constexpr std::string_view kSpace = " \t\r\n\v\f";
  bytes.remove_prefix(std::min(bytes.size(), bytes.find_first_not_of(kSpace)));
  bytes = bytes.substr(0, bytes.find_last_not_of(kSpace) + 1);
  bytes = bytes.substr(0, start_of_character(bytes, most_bytes));
  const std::string valid = quote(bytes);
  std::string out;
  for (std::string_view rest = valid; !rest.empty();) {
    const std::string_view character = first_character(rest);
    const bool stays = character == "\n" || character == "\t";
    const std::string text = stays ? std::string(character) : shown(character);
    if (out.size() + text.size() > most_bytes) break;
    if (character != "\r") out += text;  // a line end of Windows
    rest.remove_prefix(character.size());
  }
  return out;
}

}  // namespace otmetka::checkers::program
