#include "model/verdict.h"

#include <array>

#include "model/scored_result.h"

namespace otmetka {
namespace {

constexpr std::array<std::string_view, 16> kNames = {
    "GRADED",        "INVALID_INPUT", "AMBIGUOUS",  "NOT_ATTEMPTED", "GATED",        "NEEDS_HUMAN",
    "COMPILE_ERROR", "WRONG_ANSWER",  "RUNTIME_ERROR", "TIME_LIMIT", "IDLE_LIMIT",   "MEMORY_LIMIT",
    "OUTPUT_LIMIT",  "SECURITY_VIOLATION", "TAMPERED", "INFRA_ERROR"};

}  // namespace

std::string_view verdict_name(Verdict verdict) { return kNames[static_cast<std::size_t>(verdict) - 1]; }

std::string_view progress_name(Progress progress) {
  static constexpr std::array<std::string_view, 4> kProgress = {"PENDING", "PARTIAL_NEEDS_HUMAN", "FINAL", "FAILED"};
  return kProgress[static_cast<std::size_t>(progress) - 1];
}

std::optional<Verdict> verdict_from_name(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Verdict>(i + 1);
  }
  return std::nullopt;
}

bool consumes_attempt(Verdict verdict) {
  return verdict != Verdict::kInvalidInput && verdict != Verdict::kAmbiguous && verdict != Verdict::kNotAttempted &&
         verdict != Verdict::kInfraError;
}

}  // namespace otmetka
