#include "checkers/numeric/normal_form.h"

#include <algorithm>
#include <cstring>

#include "model/text.h"

namespace otmetka::checkers::numeric {
namespace {

bool is_edge(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f'; }

std::string_view without_edges(std::string_view text) {
  while (!text.empty() && is_edge(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_edge(text.back())) text.remove_suffix(1);
  return text;
}

bool is_superscript(char32_t c) {
  return c == 0xB2 || c == 0xB3 || c == 0xB9 || c == 0x2070 || (c >= 0x2074 && c <= 0x207B);
}

struct Spelling {
  char32_t character;
  std::string_view normal;
};

constexpr Spelling kSpellings[] = {
    {0x2212, "-"},    {0xFE63, "-"},    {0xFF0D, "-"},    {0x2019, "'"},   {0x2018, "'"},   {0x02BC, "'"},
    {0xB7, "*"},      {0x22C5, "*"},    {0x2219, "*"},    {0x2022, "*"},   {0xD7, "*"},     {0x2044, "/"},
    {0x2215, "/"},    {0x2103, "°C"},   {0x2109, "°F"},   {0xBA, "°"},     {0x02DA, "°"},   {0xB5, "μ"},
    {0x2126, "Ω"},    {0x212A, "K"},    {0x2010, "-"},    {0x2011, "-"},   {0x2012, "-"},   {0x2013, "-"},
    {0x2014, "-"},    {0x2015, "-"},    {0xF7, "/"},
};

// "1/2" and its relatives; a digit before one makes a mixed number.
constexpr Spelling kFractions[] = {
    {0xBC, "1/4"},   {0xBD, "1/2"},   {0xBE, "3/4"},   {0x2150, "1/7"}, {0x2151, "1/9"}, {0x2152, "1/10"},
    {0x2153, "1/3"}, {0x2154, "2/3"}, {0x2155, "1/5"}, {0x2156, "2/5"}, {0x2157, "3/5"}, {0x2158, "4/5"},
    {0x2159, "1/6"}, {0x215A, "5/6"}, {0x215B, "1/8"}, {0x215C, "3/8"}, {0x215D, "5/8"}, {0x215E, "7/8"},
};

template <std::size_t N>
std::string_view find(const Spelling (&table)[N], char32_t character) {
  const auto* found = std::find_if(std::begin(table), std::end(table),
                                   [character](const Spelling& s) { return s.character == character; });
  return found == std::end(table) ? std::string_view() : found->normal;
}

}  // namespace

NormalForm::NormalForm(std::string_view text) {  // NOLINT(cppcoreguidelines-pro-type-member-init): bytes_ is written first
  text = without_edges(text);
  if (text.size() > kMaxNumberBytes) {
    fault_ = NormalFault::kTooLong;
    return;
  }
  fold(text);
  while (size_ > 0 && bytes_[size_ - 1] == ' ') --size_;
  if (size_ > 1 && bytes_[size_ - 1] == '.') --size_;
  while (size_ > 0 && bytes_[size_ - 1] == ' ') --size_;
}

void NormalForm::fold(std::string_view text) {
  for (std::size_t i = 0; i < text.size() && fault_ == NormalFault::kNone;) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      in_superscript_ = false;
      if (byte == ' ') {
        append_space();
      } else if (byte < 0x20 || byte == 0x7F) {
        fault_ = NormalFault::kControl;
      } else {
        append(text.substr(i, 1));
      }
      ++i;
      continue;
    }
    const CodePoint point = decode(text.substr(i));
    if (point.length == 0) {
      fault_ = NormalFault::kBadUtf8;
      return;
    }
    fold_character(point.value, text.substr(i, point.length));
    i += point.length;
  }
}

void NormalForm::fold_character(char32_t character, std::string_view as_typed) {
  if (is_invisible(character)) return;
  if (is_superscript(character)) return append_superscript(character);
  in_superscript_ = false;
  if (character >= 0x400 && character < 0x530) return append(as_typed);
  if (character >= 0x80 && character < 0xA0) {
    fault_ = NormalFault::kControl;
    return;
  }
  if (is_white_space(character)) return append_space();
  if (const auto fraction = find(kFractions, character); !fraction.empty()) {
    if (size_ > 0 && is_digit(bytes_[size_ - 1])) append_space();
    return append(fraction);
  }
  if (character == 0x306 && text().ends_with("и")) {
    size_ -= std::string_view("и").size();
    return append("й");
  }
  const auto spelling = find(kSpellings, character);
  append(spelling.empty() ? as_typed : spelling);
}

void NormalForm::append(std::string_view piece) {
  if (size_ + piece.size() > bytes_.size()) {
    fault_ = NormalFault::kTooLong;
    return;
  }
  std::memcpy(bytes_.data() + size_, piece.data(), piece.size());
  size_ += piece.size();
}

void NormalForm::append_space() {
  if (size_ > 0 && bytes_[size_ - 1] != ' ') append(" ");
}

void NormalForm::append_superscript(char32_t character) {
  if (!in_superscript_) append("^");
  in_superscript_ = true;
  if (character == 0x207A || character == 0x207B) return append(character == 0x207A ? "+" : "-");
  const char32_t digit = character == 0xB9                        ? 1
                         : character == 0xB2 || character == 0xB3 ? character - 0xB0
                                                                  : character - 0x2070;
  const char typed = static_cast<char>('0' + digit);
  append({&typed, 1});
}

}  // namespace otmetka::checkers::numeric
