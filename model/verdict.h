// What is said of a learner's work. An engine's own fault is an Error (model/result.h) and never one of these.
#pragma once

#include <optional>
#include <string_view>

namespace otmetka {

// The order and numbers are those of PartStatus in proto/result.proto; names are stable and public.
enum class Verdict {
  kGraded = 1,
  kInvalidInput,
  kAmbiguous,
  kNotAttempted,
  kGated,
  kNeedsHuman,
  kCompileError,
  kWrongAnswer,
  kRuntimeError,
  kTimeLimit,
  kIdleLimit,
  kMemoryLimit,
  kOutputLimit,
  kSecurityViolation,
  kTampered,
  kInfraError,
};

// "GRADED", "INVALID_INPUT", …
std::string_view verdict_name(Verdict verdict);
std::optional<Verdict> verdict_from_name(std::string_view name);

// Whether an item with this verdict uses up an attempt.
bool consumes_attempt(Verdict verdict);

}  // namespace otmetka
