// What the options of proto/yaml_options.proto say of a message: the one reading of them that the readers, the editor's
// schema and the reference page share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <google/protobuf/descriptor.h>

#include "proto/yaml_options.pb.h"
#include "spec/kind_table.h"

namespace otmetka::spec {

// Messages with a form of their own in YAML.
enum class Special {
  kNone,
  kRatio,         // `50%`, `0.5`, `2/3`
  kLocalized,     // a text, or {ru: …, en: …}
  kSampleAnswer,  // a text, a list or a mapping, as it is
};
Special special_form(const google::protobuf::Descriptor& message);

const v1::YamlField& yaml_options(const google::protobuf::FieldDescriptor& field);

// The field that a bare scalar or a list stands for; null when the message has none.
const google::protobuf::FieldDescriptor* shorthand(const google::protobuf::Descriptor& message);

// The Any that holds an item kind's settings; null when the message has none.
const google::protobuf::FieldDescriptor* kind_field(const google::protobuf::Descriptor& message);

// Whether a mapping stands for the elements of the message's only field (`parts: {a: …, b: …}`).
bool is_keyed_wrapper(const google::protobuf::Descriptor& message);

// The field that holds the key of an element when `field` is written as a mapping; null when it is not.
const google::protobuf::FieldDescriptor* key_of_element(const google::protobuf::FieldDescriptor& field);

// Keys a mapping of this message may have, kinds included, in the order of declaration.
std::vector<std::string> known_keys(const google::protobuf::Descriptor& message, KindTable kinds);

// The word of an enum value in YAML; empty for the "unspecified" value, which has none.
std::string enum_word(const google::protobuf::EnumValueDescriptor& value);
std::vector<std::string> enum_words(const google::protobuf::EnumDescriptor& type);
const google::protobuf::EnumValueDescriptor* find_enum_word(const google::protobuf::EnumDescriptor& type, std::string_view word);

}  // namespace otmetka::spec
