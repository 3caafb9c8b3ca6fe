// A text with positions: where in a file something stands, told the way editors do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otmetka::yaml {

// A piece of a file. `offset` and `length` count bytes of the file as it is on disk (a byte order mark included); `line`
// and `column` count from 1, columns in code points, so a combining accent has a column of its own. line == 0: unknown.
struct Range {
  std::uint32_t offset = 0;
  std::uint32_t length = 0;
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  bool known() const { return line != 0; }
  std::uint32_t end() const { return offset + length; }
  friend bool operator==(const Range&, const Range&) = default;
};

// A whole file in memory, at most 4 GiB. Lines end at LF; a CR before it belongs to the line end. Const use is
// thread-safe.
class Source {
 public:
  Source() : Source(std::string()) {}
  explicit Source(std::string text);

  std::string_view text() const { return text_; }
  std::size_t body_offset() const { return body_; }  // 3 when the file starts with a byte order mark, else 0
  std::uint32_t line_count() const { return static_cast<std::uint32_t>(starts_.size()); }

  // The line without its end; empty for a number that is no line of the file.
  std::string_view line(std::uint32_t number) const;

  // Time grows with the length of the line; `offset` and `length` are cut to the file.
  Range range(std::size_t offset, std::size_t length) const;

  // Of a text parsed elsewhere that tells line and column from 0, in bytes.
  Range range_at(std::uint32_t line0, std::uint32_t byte_column0, std::size_t length) const;

 private:
  friend class RangeCursor;
  std::uint32_t line_of(std::size_t offset) const;  // from 0

  std::string text_;
  std::size_t body_ = 0;
  std::vector<std::uint32_t> starts_;
};

// The same ranges in time linear in the file when asked in ascending order. Not thread-safe; borrows the source.
class RangeCursor {
 public:
  explicit RangeCursor(const Source& source) : source_(source) {}
  Range range(std::size_t offset, std::size_t length);

 private:
  const Source& source_;
  std::size_t offset_ = 0;
  std::uint32_t line_ = 0;    // from 0
  std::uint32_t column_ = 1;  // of offset_
};

struct BadByte {
  std::size_t offset = 0;
  bool control = false;  // a control character in valid UTF-8; else a byte that is not UTF-8
};

// The first byte of `text` that a teacher's file may not hold: invalid UTF-8 (overlong forms, surrogates and code points
// past U+10FFFF included), C0 and C1 controls other than tab, LF and CR before LF, DEL.
std::optional<BadByte> find_bad_byte(std::string_view text);

std::size_t count_code_points(std::string_view valid_utf8);

// Bytes of the code point that starts at `at`; 1 for a byte that starts none. at < text.size().
std::size_t code_point_length(std::string_view text, std::size_t at);

}  // namespace otmetka::yaml
