#include "queue/codec_wire.h"

#include <array>
#include <limits>

#include "queue/codec_utf8.h"

namespace otmetka::queue {
namespace {

enum WireType : std::uint32_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

constexpr std::int64_t kLastSecond = 253'402'300'799;  // 9999-12-31T23:59:59Z

constexpr std::size_t kMostVarint = 10;

// Behind what it has written: at most kMostVarint bytes.
char* put_varint(std::uint64_t value, char* out) {
  while (value >= 0x80) {
    *out++ = static_cast<char>(value | 0x80);
    value >>= 7;
  }
  *out++ = static_cast<char>(value);
  return out;
}

std::string_view between(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

char* put_integer(std::uint32_t field, std::int64_t value, char* out) {
  if (value == 0) return out;
  *out++ = static_cast<char>(field << 3 | kVarint);  // one of the first fifteen fields
  return put_varint(static_cast<std::uint64_t>(value), out);
}

std::size_t varint_size(std::uint64_t value) {
  std::size_t n = 1;
  for (; value >= 0x80; value >>= 7) ++n;
  return n;
}

Arg read_arg(WireReader& outer) {
  WireReader reader(outer.bytes());
  Arg arg = std::string();
  while (reader.next()) {
    if (reader.field() == 1) arg = reader.text();
    if (reader.field() == 2) arg = reader.integer();
    if (reader.field() == 3) arg = read_ratio(reader);
  }
  if (reader.damaged()) outer.damage();
  return arg;
}

void write_arg(WireWriter& writer, std::uint32_t field, const Arg& arg) {
  if (const auto* text = std::get_if<std::string>(&arg)) {
    is_utf8(*text) ? writer.text_of(field, *text) : writer.text_of(field, to_utf8(*text));
    return;
  }
  const std::size_t begun = writer.begin(field);
  if (const auto* whole = std::get_if<std::int64_t>(&arg)) writer.present_integer(2, *whole);
  if (const auto* ratio = std::get_if<Ratio>(&arg)) write_ratio(writer, 3, *ratio);
  writer.end(begun);
}

}  // namespace

std::optional<std::uint64_t> WireReader::varint() {
  std::uint64_t value = 0;
  for (unsigned i = 0; i < 10 && i < rest_.size(); ++i) {
    const auto byte = static_cast<unsigned char>(rest_[i]);
    value |= static_cast<std::uint64_t>(byte & 0x7FU) << (7 * i);
    if (byte < 0x80) {
      rest_.remove_prefix(i + 1);
      return value;
    }
  }
  return std::nullopt;
}

bool WireReader::next() {
  if (rest_.empty() || damaged_) return false;
  const auto tag = varint();
  damaged_ = !tag || *tag > 0xFFFFFFFFU || *tag < 8;
  if (damaged_) return false;
  field_ = static_cast<std::uint32_t>(*tag >> 3);
  type_ = static_cast<std::uint32_t>(*tag & 7);
  std::uint64_t length = type_ == kFixed64 ? 8 : 4;
  if (type_ == kVarint || type_ == kBytes) {
    const auto value = varint();
    damaged_ = !value;
    value_ = length = value.value_or(0);
  } else if (type_ != kFixed64 && type_ != kFixed32) {
    damaged_ = true;
  }
  if (damaged_ || type_ == kVarint) return !damaged_;
  damaged_ = length > rest_.size();
  if (damaged_) return false;
  bytes_ = rest_.substr(0, length);
  rest_.remove_prefix(length);
  return true;
}

std::int64_t WireReader::integer() {
  damaged_ = damaged_ || type_ != kVarint;
  return damaged_ ? 0 : static_cast<std::int64_t>(value_);
}

std::string_view WireReader::bytes() {
  damaged_ = damaged_ || type_ != kBytes;
  return damaged_ ? std::string_view() : bytes_;
}

void WireWriter::long_varint(std::uint64_t value) {
  std::array<char, kMostVarint> bytes;
  out_ += between(bytes.data(), put_varint(value, bytes.data()));
}

void WireWriter::integer(std::uint32_t field, std::int64_t value) {
  if (value != 0) present_integer(field, value);
}

void WireWriter::text(std::uint32_t field, std::string_view value) {
  if (!value.empty()) present_text(field, value);
}

void WireWriter::clean_text(std::uint32_t field, std::string_view value) {
  is_utf8(value) ? text(field, value) : text(field, to_utf8(value));
}

void WireWriter::present_integer(std::uint32_t field, std::int64_t value) {
  tag(field, kVarint);
  varint(static_cast<std::uint64_t>(value));
}

void WireWriter::present_text(std::uint32_t field, std::string_view value) {
  tag(field, kBytes);
  varint(value.size());
  out_ += value;
}

void WireWriter::integers_of(std::uint32_t field, std::int64_t first, std::int64_t second) {
  std::array<char, 1 + 2 * (1 + kMostVarint)> bytes;
  const char* const end = put_integer(2, second, put_integer(1, first, &bytes[1]));
  bytes[0] = static_cast<char>(end - &bytes[1]);  // less than 128
  tag(field, kBytes);
  out_ += between(bytes.data(), end);
}

void WireWriter::text_of(std::uint32_t field, std::string_view value) {
  tag(field, kBytes);
  varint(1 + varint_size(value.size()) + value.size());
  present_text(1, value);
}

std::size_t WireWriter::begin(std::uint32_t field) {
  tag(field, kBytes);
  out_ += '\0';  // most messages are shorter than 128 bytes: their length takes one
  return out_.size();
}

void WireWriter::end(std::size_t begun) {
  std::array<char, kMostVarint> bytes;
  const auto n = static_cast<std::size_t>(put_varint(out_.size() - begun, bytes.data()) - bytes.data());
  out_[begun - 1] = bytes[0];
  if (n > 1) out_.insert(begun, &bytes[1], n - 1);
}

void write_time(WireWriter& writer, std::uint32_t field, const std::optional<Timestamp>& at) {
  if (!at) return;
  const auto second = std::chrono::floor<std::chrono::seconds>(*at);
  writer.integers_of(field, second.time_since_epoch().count(), (*at - second).count() * 1000);
}

Ratio wire_ratio(const Ratio& ratio) { return ratio.fits_wire() ? ratio : Ratio(ratio.to_micro(), 1'000'000); }

void write_ratio(WireWriter& writer, std::uint32_t field, const Ratio& ratio) {
  const Ratio fitting = wire_ratio(ratio);
  writer.integers_of(field, static_cast<std::int64_t>(fitting.num()), static_cast<std::int64_t>(fitting.den()));
}

void write_message(WireWriter& writer, std::uint32_t field, const Message& message) {
  const std::size_t begun = writer.begin(field);
  writer.text(1, message.id);
  for (const Arg& arg : message.args) write_arg(writer, 2, arg);
  writer.end(begun);
}

std::optional<Timestamp> read_time(WireReader& outer) {
  WireReader reader(outer.bytes());
  std::int64_t seconds = 0;
  std::int64_t nanos = 0;
  while (reader.next()) {
    if (reader.field() == 1) seconds = reader.integer();
    if (reader.field() == 2) nanos = reader.integer();
  }
  const bool sound = seconds >= 0 && seconds <= kLastSecond && nanos >= 0 && nanos < 1'000'000'000;
  if (reader.damaged() || !sound) outer.damage();
  if (!sound) return std::nullopt;
  return Timestamp{std::chrono::seconds{seconds} + std::chrono::microseconds{nanos / 1000}};
}

Ratio read_ratio(WireReader& outer) {
  WireReader reader(outer.bytes());
  std::int64_t num = 0;
  std::int64_t den = 0;
  while (reader.next()) {
    if (reader.field() == 1) num = reader.integer();
    if (reader.field() == 2) den = reader.integer();
  }
  if (den == 0 && num == 0) den = 1;
  const bool sound = den > 0 && num > std::numeric_limits<std::int64_t>::min();
  if (reader.damaged() || !sound) outer.damage();
  return sound ? Ratio(num, den) : Ratio();
}

Message read_message(WireReader& outer) {
  WireReader reader(outer.bytes());
  Message message;
  while (reader.next()) {
    if (reader.field() == 1) message.id = reader.text();
    if (reader.field() == 2) message.args.push_back(read_arg(reader));
  }
  if (reader.damaged()) outer.damage();
  return message;
}

}  // namespace otmetka::queue
