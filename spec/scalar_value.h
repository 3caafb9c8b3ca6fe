// A scalar as typed → the value of a field, by the field's type and format. Nothing is guessed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <google/protobuf/message.h>

#include "model/ratio.h"
#include "model/message.h"
#include "spec/diagnostic.h"

namespace otmetka::spec {

struct ScalarProblem {
  std::string code;
  std::vector<Arg> args;
  std::optional<Fix> fix;
};

// Sets (or, for a repeated field, adds to) a string, integer, bool or enum field of `out`. On a problem `out` is unchanged.
// Integers are decimal digits with an optional sign; durations as `1h30m`, kept in seconds; booleans `true`, `false`,
// `yes`, `no`; enum words as the schema names them.
std::optional<ScalarProblem> set_scalar(const google::protobuf::FieldDescriptor& field, std::string_view text,
                                        google::protobuf::Message& out);

// Fills an otmetka.v1.Ratio.
std::optional<ScalarProblem> set_ratio(std::string_view text, google::protobuf::Message& out);

// The value of an otmetka.v1.Ratio; nullopt when its denominator is not positive. An unset ratio is 0.
std::optional<Ratio> ratio_of(const google::protobuf::Message& message);

}  // namespace otmetka::spec
