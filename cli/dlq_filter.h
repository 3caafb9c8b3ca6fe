// What `otmetka dlq --filter` and `--rate` say.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command_line.h"
#include "model/result.h"
#include "queue/record.h"

namespace otmetka::cli {

// Letters that all of the conditions hold for; without any, every letter.
class LetterFilter {
 public:
  // Each of code=, assignment=, learner=, since= (parked at that time, RFC 3339, or later), or a bare word that is one of the first
  // three. OT462 for anything else.
  static Result<LetterFilter> parse(const Context& context, const std::vector<std::string>& conditions);

  bool matches(const queue::DeadLetter& letter) const;

 private:
  enum class Field { kAny, kCode, kAssignment, kLearner };
  struct Condition {
    Field field;
    std::string value;
  };
  std::vector<Condition> conditions_;
  std::optional<Timestamp> since_;
};

// "10/s" or "10": so many a second, 100,000 at most; empty: nullopt. OT462 for anything else.
Result<std::optional<double>> parse_rate(const Context& context, const std::string& text);

}  // namespace otmetka::cli
