#include "spec/yaml_schema.h"

#include <cctype>


namespace otmetka::spec {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;

// "ErrorPolicy" → "ERROR_POLICY_", the prefix that the values of an enum carry.
std::string value_prefix(const std::string& type_name) {
  std::string out;
  for (std::size_t i = 0; i < type_name.size(); ++i) {
    const auto c = static_cast<unsigned char>(type_name[i]);
    if (i > 0 && std::isupper(c) != 0) out += '_';
    out += static_cast<char>(std::toupper(c));
  }
  return out + "_";
}

}  // namespace

Special special_form(const Descriptor& message) {
  if (message.full_name() == "otmetka.v1.Ratio") return Special::kRatio;
  if (message.full_name() == "otmetka.v1.LocalizedText") return Special::kLocalized;
  if (message.full_name() == "otmetka.v1.SampleAnswer") return Special::kSampleAnswer;
  return Special::kNone;
}

const v1::YamlField& yaml_options(const FieldDescriptor& field) { return field.options().GetExtension(v1::yaml); }

const FieldDescriptor* shorthand(const Descriptor& message) {
  const std::string& name = message.options().GetExtension(v1::yaml_message).shorthand();
  return name.empty() ? nullptr : message.FindFieldByName(name);
}

const FieldDescriptor* kind_field(const Descriptor& message) {
  for (int i = 0; i < message.field_count(); ++i) {
    if (yaml_options(*message.field(i)).kind()) return message.field(i);
  }
  return nullptr;
}

bool is_keyed_wrapper(const Descriptor& message) {
  const FieldDescriptor* field = shorthand(message);
  return message.field_count() == 1 && field != nullptr && key_of_element(*field) != nullptr;
}

const FieldDescriptor* key_of_element(const FieldDescriptor& field) {
  const std::string& name = yaml_options(field).keyed_by();
  if (name.empty() || field.message_type() == nullptr) return nullptr;
  return field.message_type()->FindFieldByName(name);
}

std::vector<std::string> known_keys(const Descriptor& message, KindTable kinds) {
  std::vector<std::string> keys;
  for (int i = 0; i < message.field_count(); ++i) {
    if (yaml_options(*message.field(i)).hidden()) continue;
    if (!yaml_options(*message.field(i)).kind()) {
      keys.push_back(message.field(i)->name());
      continue;
    }
    for (const KindRow& row : kinds) keys.emplace_back(row.name);
  }
  return keys;
}

std::string enum_word(const EnumValueDescriptor& value) {
  const std::string& name = value.options().GetExtension(v1::yaml_value).name();
  if (!name.empty()) return name;
  if (value.name().ends_with("_UNSPECIFIED")) return {};
  const std::string prefix = value_prefix(value.type()->name());
  std::string word = value.name().starts_with(prefix) ? value.name().substr(prefix.size()) : value.name();
  for (char& c : word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return word;
}

std::vector<std::string> enum_words(const EnumDescriptor& type) {
  std::vector<std::string> words;
  for (int i = 0; i < type.value_count(); ++i) {
    std::string word = enum_word(*type.value(i));
    if (!word.empty()) words.push_back(std::move(word));
  }
  return words;
}

const EnumValueDescriptor* find_enum_word(const EnumDescriptor& type, std::string_view word) {
  for (int i = 0; i < type.value_count(); ++i) {
    if (!word.empty() && enum_word(*type.value(i)) == word) return type.value(i);
  }
  return nullptr;
}

}  // namespace otmetka::spec
