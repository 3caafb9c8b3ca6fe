// The settings of `parts` as plain values.
//
// The field `requires` is a keyword of C++20, and the generated class has a method of that name. So that class is seen by
// settings.cc alone, which is compiled as C++17; everything here is plain C++17 too.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <google/protobuf/any.pb.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

namespace otmetka::checkers::parts {

struct PlainPart {
  std::string id;
  std::int64_t weight_num = 1;  // as on the wire, unchecked
  std::int64_t weight_den = 1;
  std::vector<std::string> required;
  google::protobuf::Any kind;
};

const google::protobuf::Descriptor* settings_descriptor();

// `settings` is a message of settings_descriptor().
std::vector<PlainPart> plain_parts(const google::protobuf::Message& settings);

// The text fields of a kind's settings that are called `follow`: how a kind says that it can be judged again with earlier
// answers. Empty where there is no such field.
std::vector<std::string> followed(const google::protobuf::Message& kind_settings);

}  // namespace otmetka::checkers::parts
