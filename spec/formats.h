// What the characters of a value must be, by the Format of its field.
#pragma once

#include <optional>
#include <string_view>

#include "model/message.h"
#include "model/ratio.h"
#include "proto/yaml_options.pb.h"

namespace otmetka::spec {

inline constexpr std::int64_t kMostPoints = 1'000'000;
inline constexpr std::size_t kLongestId = 64;  // in characters

struct RefusedText {
  Message message;
  std::size_t offset = 0;  // of the character that does not fit
  std::size_t length = 0;  // in bytes; 0: the whole text
};

// OT159 for an id, OT134 for a locale. A FORMAT_FILE is looked at elsewhere.
std::optional<RefusedText> refuse_text(v1::Format format, std::string_view text);

// OT137 for a share outside [0, 1], OT138 for what should be positive and at most kMostPoints.
std::optional<Message> refuse_number(v1::Format format, const Ratio& value);

}  // namespace otmetka::spec
