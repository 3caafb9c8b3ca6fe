#include "queue/codec_test_data.h"

#include <array>
#include <limits>

#include <google/protobuf/timestamp.pb.h>

#include "model/ratio.h"
#include "proto/common.pb.h"
#include "proto/submission.pb.h"

namespace otmetka::queue {
namespace {

using google::protobuf::FieldDescriptor;

void set_ratio(std::int64_t num, std::int64_t den, v1::Ratio& out) {
  const Ratio reduced(num, den);
  out.set_num(static_cast<std::int64_t>(reduced.num()));
  out.set_den(static_cast<std::int64_t>(reduced.den()));
}

}  // namespace

std::int64_t RandomMessage::number(std::int64_t least, std::int64_t most) {
  return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
}

std::string RandomMessage::text() {
  static const std::array<std::string, 12> kPieces = {"a",  "Ж",    "м/с²", "\"", "\\", std::string(1, '\0'),
                                                      "\n", "\x1F", "😀",   "</", "\u2028", "\x7F"};
  std::string out;
  for (std::int64_t n = number(0, 6); n > 0; --n) out += kPieces[static_cast<std::size_t>(number(0, 11))];
  if (number(0, 19) == 0) out += std::string(300, 'x');  // a length of two bytes
  return out;
}

bool RandomMessage::fill_special(google::protobuf::Message& message) {
  if (auto* time = dynamic_cast<google::protobuf::Timestamp*>(&message)) {
    time->set_seconds(number(0, 253'402'300'799));
    const std::array<std::int64_t, 3> fractions = {0, number(0, 999) * 1'000'000, number(0, 999'999) * 1000};
    time->set_nanos(static_cast<std::int32_t>(fractions[static_cast<std::size_t>(number(0, 2))]));
    return true;
  }
  if (auto* ratio = dynamic_cast<v1::Ratio*>(&message)) {
    set_ratio(number(-1'000'000, 1'000'000), number(1, 1'000'000), *ratio);
    if (number(0, 4) == 0) set_ratio(number(0, 1), 1, *ratio);
    return true;
  }
  return false;
}

void RandomMessage::add_element(google::protobuf::Message& message, const FieldDescriptor& field) {
  const auto* reflection = message.GetReflection();
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    fill(*reflection->AddMessage(&message, &field));
  } else {
    reflection->AddString(&message, &field, text());
  }
}

void RandomMessage::fill_field(google::protobuf::Message& message, const FieldDescriptor& field) {
  const auto* reflection = message.GetReflection();
  if (field.is_repeated()) {
    for (std::int64_t n = number(0, 3); n > 0; --n) add_element(message, field);
    return;
  }
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: reflection->SetString(&message, &field, text()); break;
    case FieldDescriptor::CPPTYPE_BOOL: reflection->SetBool(&message, &field, number(0, 1) == 1); break;
    case FieldDescriptor::CPPTYPE_INT32:
      reflection->SetInt32(&message, &field, static_cast<std::int32_t>(number(1, std::numeric_limits<std::int32_t>::max())));
      break;
    case FieldDescriptor::CPPTYPE_INT64:
      reflection->SetInt64(&message, &field, number(0, 2) == 0 ? 0 : number(std::numeric_limits<std::int64_t>::min(),
                                                                           std::numeric_limits<std::int64_t>::max()));
      break;
    case FieldDescriptor::CPPTYPE_ENUM:
      reflection->SetEnumValue(&message, &field, static_cast<int>(number(1, field.enum_type()->value_count() - 1)));
      break;
    case FieldDescriptor::CPPTYPE_MESSAGE: fill(*reflection->MutableMessage(&message, &field)); break;
    default: std::abort();
  }
}

void RandomMessage::fill(google::protobuf::Message& message) {
  if (fill_special(message)) return;
  const auto* descriptor = message.GetDescriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    if (descriptor->field(i)->real_containing_oneof() == nullptr) fill_field(message, *descriptor->field(i));
  }
  for (int i = 0; i < descriptor->real_oneof_decl_count(); ++i) {
    const auto* oneof = descriptor->oneof_decl(i);
    fill_field(message, *oneof->field(static_cast<int>(number(0, oneof->field_count() - 1))));
  }
  name_apart(message);
}

// An answer that names a file or a left side twice does not come through as it is.
void RandomMessage::name_apart(google::protobuf::Message& message) {
  if (auto* file = dynamic_cast<v1::FilesAnswer::File*>(&message)) file->set_name(std::to_string(++names_) + file->name());
  if (auto* pair = dynamic_cast<v1::MappingAnswer::Pair*>(&message)) pair->set_left(std::to_string(++names_) + pair->left());
}

}  // namespace otmetka::queue
