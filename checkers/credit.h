// Credits as settings write them, credit by number of errors, and what the denominators of credits come to.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checkers/checker.h"
#include "proto/common.pb.h"

namespace otmetka::checkers {

// The ratio of a message. An absent one is zero. nullopt for what is no ratio (a denominator below 1, or past kTooFine).
std::optional<Ratio> read_ratio(const v1::Ratio& wire);

// What a denominator is called when it is too large to matter: a spec past 10^12 is refused, whatever the figure.
inline constexpr Int128 kTooFine = 1'000'000'000'000'000;

// The least common multiple of two denominators, at most kTooFine. Both > 0.
Int128 common_denominator(Int128 a, Int128 b);

// Each weight over the sum of all: at most 10^4 of them, each above zero and at most kMostWeight. nullopt where one is not,
// or where the shares are too fine.
inline constexpr std::int64_t kMostWeight = 1'000'000;
std::optional<std::vector<Ratio>> shares_of(std::vector<Ratio> weights);

// "answer" for full credit, "wrong" for none or less, else "partial": the rule_id of kinds without entries.
std::string rule_of(const Ratio& credit);

// INVALID_INPUT for one reason.
Outcome invalid(Message reason);

// `by_errors: [100%, 50%]`: the credit of 0, 1, … errors, and 0 past the last row. Immutable.
class ErrorTable {
 public:
  ErrorTable() = default;  // full credit for no error, none for any

  // Rows are shares within [0, 1] and never grow; else problem OT187 at by_errors[i] and nullopt.
  static std::optional<ErrorTable> read(const google::protobuf::RepeatedPtrField<v1::Ratio>& rows,
                                        std::vector<Problem>& problems);

  Ratio credit(std::size_t errors) const;
  Int128 denominator() const;

 private:
  std::vector<Ratio> rows_;  // none: as if [1]
};

// The text of the problems that several kinds give: OT186–OT188, OT190, OT191.
std::span<const messages::Entry> credit_entries();

}  // namespace otmetka::checkers
