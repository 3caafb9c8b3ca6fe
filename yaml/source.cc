#include "yaml/source.h"

#include <algorithm>
#include <utility>

namespace otmetka::yaml {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

unsigned byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

bool is_continuation(unsigned byte) { return (byte & 0xC0U) == 0x80U; }

// Length of the well-formed sequence at `at` (Unicode 15, table 3-7), 0 when it is ill-formed.
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const unsigned lead = byte_at(text, at);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(byte_at(text, at + i))) return 0;
  }
  const unsigned second = byte_at(text, at + 1);
  if (lead == 0xE0 && second < 0xA0) return 0;
  if (lead == 0xED && second > 0x9F) return 0;
  if (lead == 0xF0 && second < 0x90) return 0;
  if (lead == 0xF4 && second > 0x8F) return 0;
  return length;
}

bool is_control(std::string_view text, std::size_t at) {
  const unsigned byte = byte_at(text, at);
  if (byte == '\t' || byte == '\n') return false;
  if (byte == '\r') return at + 1 >= text.size() || text[at + 1] != '\n';
  if (byte == 0xC2) return byte_at(text, at + 1) < 0xA0;
  return byte < 0x20 || byte == 0x7F;
}

}  // namespace

Source::Source(std::string text) : text_(std::move(text)) {
  if (std::string_view(text_).starts_with(kByteOrderMark)) body_ = kByteOrderMark.size();
  starts_.push_back(0);
  for (std::size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1)) {
    starts_.push_back(static_cast<std::uint32_t>(at + 1));
  }
}

std::uint32_t Source::line_of(std::size_t offset) const {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return static_cast<std::uint32_t>(after - starts_.begin() - 1);
}

std::string_view Source::line(std::uint32_t number) const {
  if (number == 0 || number > starts_.size()) return {};
  const std::size_t start = number == 1 ? body_ : starts_[number - 1];
  const std::size_t end = number < starts_.size() ? starts_[number] - 1 : text_.size();
  std::string_view line = std::string_view(text_).substr(start, end - start);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

Range Source::range(std::size_t offset, std::size_t length) const {
  RangeCursor cursor(*this);
  return cursor.range(offset, length);
}

Range Source::range_at(std::uint32_t line0, std::uint32_t byte_column0, std::size_t length) const {
  if (line0 >= starts_.size()) return range(text_.size(), 0);
  return range(starts_[line0] + std::size_t{byte_column0}, length);
}

Range RangeCursor::range(std::size_t offset, std::size_t length) {
  const std::string_view text = source_.text_;
  offset = std::min(offset, text.size());
  length = std::min(length, text.size() - offset);
  const std::uint32_t line = source_.line_of(offset);
  if (line != line_ || offset < offset_ || offset_ == 0) {
    line_ = line;
    offset_ = line == 0 ? source_.body_ : source_.starts_[line];
    column_ = 1;
  }
  if (offset > offset_) {
    column_ += static_cast<std::uint32_t>(count_code_points(text.substr(offset_, offset - offset_)));
    offset_ = offset;
  }
  return {static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(length), line_ + 1, column_};
}

std::optional<BadByte> find_bad_byte(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequence_length(text, at);
    if (length == 0) return BadByte{at, false};
    if (is_control(text, at)) return BadByte{at, true};
    at += length;
  }
  return std::nullopt;
}

std::size_t count_code_points(std::string_view valid_utf8) {
  return static_cast<std::size_t>(
      std::count_if(valid_utf8.begin(), valid_utf8.end(), [](char c) { return !is_continuation(static_cast<unsigned char>(c)); }));
}

std::size_t code_point_length(std::string_view text, std::size_t at) {
  const std::size_t length = sequence_length(text, at);
  return length == 0 ? 1 : length;
}

}  // namespace otmetka::yaml
