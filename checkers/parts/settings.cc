#include "checkers/parts/settings.h"

#include "checkers/parts/parts.pb.h"

namespace otmetka::checkers::parts {

const google::protobuf::Descriptor* settings_descriptor() { return v1::PartsSettings::descriptor(); }

std::vector<PlainPart> plain_parts(const google::protobuf::Message& settings) {
  std::vector<PlainPart> out;
  for (const v1::PartSettings& part : static_cast<const v1::PartsSettings&>(settings).parts()) {
    PlainPart plain;
    plain.id = part.id();
    if (part.has_weight()) {
      plain.weight_num = part.weight().num();
      plain.weight_den = part.weight().den();
    }
    plain.required.assign(part.requires().begin(), part.requires().end());
    plain.kind = part.kind();
    out.push_back(std::move(plain));
  }
  return out;
}

std::vector<std::string> followed(const google::protobuf::Message& kind_settings) {
  using google::protobuf::FieldDescriptor;
  const FieldDescriptor* field = kind_settings.GetDescriptor()->FindFieldByName("follow");
  if (field == nullptr || field->cpp_type() != FieldDescriptor::CPPTYPE_STRING || !field->is_repeated()) return {};
  const google::protobuf::Reflection& reflection = *kind_settings.GetReflection();
  std::vector<std::string> out;
  for (int i = 0; i < reflection.FieldSize(kind_settings, field); ++i) {
    out.push_back(reflection.GetRepeatedString(kind_settings, field, i));
  }
  return out;
}

}  // namespace otmetka::checkers::parts
