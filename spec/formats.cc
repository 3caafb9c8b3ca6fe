#include "spec/formats.h"

#include <string>

#include "spec/display_width.h"

namespace otmetka::spec {
namespace {

std::optional<RefusedText> refuse_id(std::string_view text) {
  std::size_t length = 0;
  for (std::size_t at = 0; at < text.size(); ++length) {
    const Decoded c = decode(text, at);
    const bool joint = at > 0 && (c.code_point == '-' || c.code_point == '_');
    if (!joint && !is_letter_or_digit(c.code_point)) return RefusedText{{"OT159", {std::string(text)}}, at, c.length};
    at += c.length;
  }
  if (length > kLongestId) return RefusedText{{"OT159", {std::string(text)}}, 0, 0};
  return std::nullopt;
}

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

// `ru`, `en`, or one of them with subtags of one to eight characters.
bool is_locale(std::string_view text) {
  if (text.size() > 35 || !(text.starts_with("ru") || text.starts_with("en"))) return false;
  std::size_t subtag = 0;
  bool in_subtag = false;
  for (const char c : text.substr(2)) {
    if (c == '-') {
      if (in_subtag && subtag == 0) return false;
      in_subtag = true;
      subtag = 0;
    } else if (!in_subtag || !is_alphanumeric(c) || ++subtag > 8) {
      return false;
    }
  }
  return !in_subtag || subtag > 0;
}

}  // namespace

std::optional<RefusedText> refuse_text(v1::Format format, std::string_view text) {
  if (format == v1::FORMAT_ID) return refuse_id(text);
  if (format == v1::FORMAT_LOCALE && !is_locale(text)) return RefusedText{{"OT134", {std::string(text), std::string("ru, en")}}, 0, 0};
  return std::nullopt;
}

std::optional<Message> refuse_number(v1::Format format, const Ratio& value) {
  if (format == v1::FORMAT_SHARE && (value.is_negative() || value > Ratio(1))) return Message{"OT137", {value, std::int64_t{0}, std::int64_t{1}}};
  if (format == v1::FORMAT_POSITIVE && (value <= Ratio(0) || value > Ratio(kMostPoints))) return Message{"OT138", {value, kMostPoints}};
  return std::nullopt;
}

}  // namespace otmetka::spec
