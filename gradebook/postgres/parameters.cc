#include "gradebook/postgres/parameters.h"

#include <utility>

namespace otmetka::gradebook::postgres {
namespace {

constexpr Oid kText = 25;
constexpr std::size_t kHead = 20;  // dimensions, flags, element type, length, lower bound

template <class Whole>
void append_big_endian(std::string& out, Whole value) {
  for (int shift = 8 * (static_cast<int>(sizeof value) - 1); shift >= 0; shift -= 8) out += static_cast<char>(value >> shift);
}

void append(std::string& out, std::int32_t value) { append_big_endian(out, static_cast<std::uint32_t>(value)); }
void append(std::string& out, std::int64_t value) { append_big_endian(out, static_cast<std::uint64_t>(value)); }

Oid array_of(Type element) {
  switch (element) {
    case Type::kBool: return 1000;
    case Type::kBytea: return 1001;
    case Type::kInteger: return 1007;
    case Type::kTid: return 1010;
    case Type::kBigint: return 1016;
  }
  return 0;
}

}  // namespace

Parameter bytes_parameter(std::string_view value) { return {static_cast<Oid>(Type::kBytea), std::string(value)}; }
Parameter text_parameter(std::string_view value) { return {kText, std::string(value)}; }

Parameter bigint_parameter(std::int64_t value) {
  Parameter out{static_cast<Oid>(Type::kBigint), {}};
  append(out.bytes, value);
  return out;
}

Parameter integer_parameter(std::int32_t value) {
  Parameter out{static_cast<Oid>(Type::kInteger), {}};
  append(out.bytes, value);
  return out;
}

void Column::clear() {
  size_ = 0;
  data_.assign(kHead, '\0');
}

void Column::length(std::size_t bytes) {
  ++size_;
  append(data_, static_cast<std::int32_t>(bytes));
}

void Column::boolean(bool value) {
  length(1);
  data_ += value ? '\1' : '\0';
}

void Column::integer(std::int32_t value) {
  length(sizeof value);
  append(data_, value);
}

void Column::bigint(std::int64_t value) {
  length(sizeof value);
  append(data_, value);
}

void Column::bigint(const std::optional<std::int64_t>& value) {
  if (value) return bigint(*value);
  ++size_;
  append(data_, std::int32_t{-1});
}

void Column::bytes(std::string_view value) {
  length(value.size());
  data_ += value;
}

Parameter Column::take() {
  std::string head;
  append(head, std::int32_t{size_ > 0 ? 1 : 0});
  append(head, std::int32_t{1});  // there may be nulls
  append(head, static_cast<std::int32_t>(element_));
  append(head, size_);
  append(head, std::int32_t{1});
  Parameter out{array_of(element_), {}};
  if (size_ > 0) {
    data_.replace(0, kHead, head);
    out.bytes = std::move(data_);
  } else {
    out.bytes = head.substr(0, 12);  // an array without dimensions
  }
  clear();
  return out;
}

}  // namespace otmetka::gradebook::postgres
