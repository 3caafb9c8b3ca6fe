// Random wire messages for the codec's property tests, made by reflection: a field added to the .proto is tested at once.
#pragma once

#include <random>
#include <string>

#include <google/protobuf/message.h>

namespace otmetka::queue {

// Fills every field, within what the contract allows: times from 1970 to 9999 in whole microseconds, reduced ratios, no
// enum left unspecified, one member of each oneof. Texts are valid UTF-8 with NULs, quotes, controls and emoji.
class RandomMessage {
 public:
  explicit RandomMessage(unsigned seed) : random_(seed) {}

  void fill(google::protobuf::Message& message);
  std::string text();
  std::int64_t number(std::int64_t least, std::int64_t most);

 private:
  bool fill_special(google::protobuf::Message& message);
  void fill_field(google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field);
  void add_element(google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field);
  void name_apart(google::protobuf::Message& message);

  std::mt19937 random_;
  int names_ = 0;
};

}  // namespace otmetka::queue
