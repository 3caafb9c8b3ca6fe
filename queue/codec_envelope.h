// The fields of a submission beside its answers, by name: one table for JSON keys, CSV columns and nearest-name advice.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "model/result.h"
#include "model/submission.h"

namespace otmetka::queue {

inline constexpr std::size_t kMaxEnvelopeText = 1024;  // bytes of an id, a locale, a hash

// One field of otmetka.v1.SubmissionEvent other than `responses`.
struct EnvelopeField {
  std::string_view name;   // as in the .proto: `learner_id`
  std::string_view camel;  // protobuf's JSON name: `learnerId`
  // Sets the field from its characters. OT310 not UTF-8 or too long, OT311 not a whole number in range, OT312 not an
  // RFC 3339 time, OT313 not one of the enum's names or numbers. Argument 0 is the field's name.
  Status (*set)(const EnvelopeField& field, std::string_view characters, Submission& out);
};

std::span<const EnvelopeField> envelope_fields();

// By either spelling; nullptr if unknown.
const EnvelopeField* find_envelope_field(std::string_view name);

// What is checked of every decoded submission, whatever form it came in: the texts of its envelope.
Status check_envelope(const Submission& submission);

// The name that `typed` was most likely meant to be: fewest edits, at most a third of the longer one's length; nullopt
// where none is near. Names of more than 64 bytes have no neighbours.
std::optional<std::string_view> nearest_name(std::string_view typed, std::span<const std::string_view> names);

}  // namespace otmetka::queue
