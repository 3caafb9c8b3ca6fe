#include "spec/scalar_value.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "model/text.h"
#include "model/time.h"
#include "spec/suggest.h"
#include "spec/yaml_schema.h"

namespace otmetka::spec {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// At most this much of a wrong value is quoted in a message.
std::string shortened(std::string_view text) {
  constexpr std::size_t kMost = 60;
  if (text.size() <= kMost) return std::string(text);
  std::size_t end = kMost;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "…";
}

struct Bounds {
  std::int64_t least;
  std::int64_t most;
};

Bounds type_bounds(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32: return {std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()};
    case FieldDescriptor::CPPTYPE_UINT32: return {0, std::numeric_limits<std::uint32_t>::max()};
    case FieldDescriptor::CPPTYPE_UINT64: return {0, std::numeric_limits<std::int64_t>::max()};
    default: return {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()};
  }
}

void store_integer(const FieldDescriptor& field, std::int64_t value, Message& out) {
  const auto& reflection = *out.GetReflection();
  const bool add = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32: {
      const auto v = static_cast<std::int32_t>(value);
      return add ? reflection.AddInt32(&out, &field, v) : reflection.SetInt32(&out, &field, v);
    }
    case FieldDescriptor::CPPTYPE_UINT32: {
      const auto v = static_cast<std::uint32_t>(value);
      return add ? reflection.AddUInt32(&out, &field, v) : reflection.SetUInt32(&out, &field, v);
    }
    case FieldDescriptor::CPPTYPE_UINT64: {
      const auto v = static_cast<std::uint64_t>(value);
      return add ? reflection.AddUInt64(&out, &field, v) : reflection.SetUInt64(&out, &field, v);
    }
    default: return add ? reflection.AddInt64(&out, &field, value) : reflection.SetInt64(&out, &field, value);
  }
}

std::optional<ScalarProblem> set_integer(const FieldDescriptor& field, std::string_view text, Message& out) {
  std::int64_t value = 0;
  if (yaml_options(field).format() == v1::FORMAT_DURATION) {
    const auto seconds = parse_duration(text);
    if (!seconds) return ScalarProblem{"OT133", {shortened(text)}, {}};
    value = seconds->count();
  } else {
    const std::string_view digits = text.starts_with('+') ? text.substr(1) : text;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const Bounds bounds = type_bounds(field);
    const bool whole = end == digits.data() + digits.size() && !digits.empty() && problem != std::errc::invalid_argument;
    if (!whole || (digits.size() < text.size() && digits.starts_with('-'))) return ScalarProblem{"OT131", {shortened(text)}, {}};
    if (problem != std::errc{} || value < bounds.least || value > bounds.most) {
      return ScalarProblem{"OT137", {shortened(text), bounds.least, bounds.most}, {}};
    }
  }
  store_integer(field, value, out);
  return std::nullopt;
}

std::optional<ScalarProblem> set_bool(const FieldDescriptor& field, std::string_view text, Message& out) {
  const bool yes = text == "true" || text == "yes";
  if (!yes && text != "false" && text != "no") return ScalarProblem{"OT134", {shortened(text), std::string("true, false, yes, no")}, {}};
  const auto& reflection = *out.GetReflection();
  field.is_repeated() ? reflection.AddBool(&out, &field, yes) : reflection.SetBool(&out, &field, yes);
  return std::nullopt;
}

std::optional<ScalarProblem> set_enum(const FieldDescriptor& field, std::string_view text, Message& out) {
  const auto* value = find_enum_word(*field.enum_type(), text);
  if (value == nullptr) {
    const auto words = enum_words(*field.enum_type());
    return ScalarProblem{"OT134", {shortened(text), joined(words)}, nearest(text, words)};
  }
  const auto& reflection = *out.GetReflection();
  field.is_repeated() ? reflection.AddEnum(&out, &field, value) : reflection.SetEnum(&out, &field, value);
  return std::nullopt;
}

// `1,234` is 1.234 and 1234: the second reading, where the comma could part groups of three digits.
std::optional<Ratio> read_with_groups(std::string_view text) {
  const std::size_t first = text.find_first_of("0123456789");
  const std::size_t comma = text.find(',');
  if (first == std::string_view::npos || comma == std::string_view::npos || comma < first) return std::nullopt;
  const std::size_t after = text.find_first_not_of("0123456789", comma + 1);
  const bool three = std::min(after, text.size()) - comma == 4;
  if (!three || comma - first > 3 || text[first] == '0') return std::nullopt;
  std::string joined(text);
  joined.erase(comma, 1);
  return parse_ratio(joined);
}

}  // namespace

std::optional<ScalarProblem> set_scalar(const FieldDescriptor& field, std::string_view text, Message& out) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      const auto& reflection = *out.GetReflection();
      std::string value(text);
      field.is_repeated() ? reflection.AddString(&out, &field, std::move(value)) : reflection.SetString(&out, &field, std::move(value));
      return std::nullopt;
    }
    case FieldDescriptor::CPPTYPE_BOOL: return set_bool(field, text, out);
    case FieldDescriptor::CPPTYPE_ENUM: return set_enum(field, text, out);
    default: return set_integer(field, text, out);
  }
}

std::optional<ScalarProblem> set_ratio(std::string_view text, Message& out) {
  const auto value = parse_ratio(text);
  if (const auto grouped = value ? read_with_groups(text) : std::nullopt) {
    return ScalarProblem{"OT151", {shortened(text), *value, *grouped}, {}};
  }
  if (!value || !value->fits_wire()) return ScalarProblem{"OT132", {shortened(text)}, {}};
  const auto* type = out.GetDescriptor();
  out.GetReflection()->SetInt64(&out, type->FindFieldByNumber(1), static_cast<std::int64_t>(value->num()));
  out.GetReflection()->SetInt64(&out, type->FindFieldByNumber(2), static_cast<std::int64_t>(value->den()));
  return std::nullopt;
}

std::optional<Ratio> ratio_of(const Message& message) {
  const auto* type = message.GetDescriptor();
  const std::int64_t num = message.GetReflection()->GetInt64(message, type->FindFieldByNumber(1));
  const std::int64_t den = message.GetReflection()->GetInt64(message, type->FindFieldByNumber(2));
  return otmetka::ratio_of(num, den);
}

}  // namespace otmetka::spec
