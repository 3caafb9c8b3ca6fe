// Protobuf's wire format, read and written without the generated classes. They refuse a whole message for one byte in a
// string that is no UTF-8, and a learner's answer may be any bytes: that part alone must suffer. codec_test holds both
// against each other field by field.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/message.h"
#include "model/ratio.h"
#include "model/time.h"

namespace otmetka::queue {

// Walks the fields of one message. Views point into the bytes given. Damage (a torn varint, a length past the end, field
// 0, a group) ends the walk and stays: ask damaged() afterwards. Linear; no recursion.
class WireReader {
 public:
  explicit WireReader(std::string_view bytes) : rest_(bytes) {}

  bool next();  // on to the next field; false at the end or at damage
  std::uint32_t field() const { return field_; }

  // The field's value; a field of another wire type is damage and reads as zero or empty.
  std::int64_t integer();
  bool boolean() { return integer() != 0; }
  std::string_view bytes();
  std::string text() { return std::string(bytes()); }

  void damage() { damaged_ = true; }
  bool damaged() const { return damaged_; }

 private:
  std::optional<std::uint64_t> varint();

  std::string_view rest_;
  std::uint32_t field_ = 0;
  std::uint32_t type_ = 0;
  std::uint64_t value_ = 0;     // of a varint
  std::string_view bytes_;      // of a length-delimited field
  bool damaged_ = false;
};

// Appends fields as proto3 does: zeroes and empty texts are left out unless a `present_` form is used.
class WireWriter {
 public:
  explicit WireWriter(std::string& out) : out_(out) {}

  void integer(std::uint32_t field, std::int64_t value);
  void text(std::uint32_t field, std::string_view value);
  void clean_text(std::uint32_t field, std::string_view value);  // what is no UTF-8 becomes U+FFFD
  void present_integer(std::uint32_t field, std::int64_t value);
  void present_text(std::uint32_t field, std::string_view value);

  // A whole nested message: its fields 1 and 2, or a text that is always present as its field 1.
  void integers_of(std::uint32_t field, std::int64_t first, std::int64_t second);
  void text_of(std::uint32_t field, std::string_view value);

  // A nested message: fields written between begin() and end() are its own. Nests.
  std::size_t begin(std::uint32_t field);
  void end(std::size_t begun);

 private:
  void tag(std::uint32_t field, std::uint32_t type) { varint(std::uint64_t{field} << 3 | type); }
  void varint(std::uint64_t value) {
    if (value < 0x80) {
      out_ += static_cast<char>(value);
    } else {
      long_varint(value);
    }
  }
  void long_varint(std::uint64_t value);

  std::string& out_;
};

// The messages that submissions and results share. A ratio whose terms leave 64 bits is written to the nearest millionth.
// Times before 1970 and after 9999 are damage; nanoseconds are cut to microseconds.
void write_time(WireWriter& writer, std::uint32_t field, const std::optional<Timestamp>& at);
void write_ratio(WireWriter& writer, std::uint32_t field, const Ratio& ratio);
void write_message(WireWriter& writer, std::uint32_t field, const Message& message);
std::optional<Timestamp> read_time(WireReader& reader);
Ratio read_ratio(WireReader& reader);
Message read_message(WireReader& reader);

// The ratio as it goes onto the wire.
Ratio wire_ratio(const Ratio& ratio);

}  // namespace otmetka::queue
