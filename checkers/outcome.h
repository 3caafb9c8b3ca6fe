// What a checker is given beside the answer, and what it says of it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/ratio.h"
#include "model/result.h"
#include "model/scored_result.h"

namespace otmetka::checkers::numeric {
struct Quantity;  // checkers/numeric: an exact value with its unit
}

namespace otmetka::sandbox {
class Workshop;  // where programs are compiled and run
}

namespace otmetka::checkers {

// Values of earlier parts by name, for `= 360 / v` and `follow`. Owned by shared_ptr: a checker may keep the keys'.
using Bindings = std::map<std::string, std::shared_ptr<const numeric::Quantity>, std::less<>>;

struct CheckContext {
  std::string_view locale;  // how the learner typed numbers: the submission's, else the spec's, else empty
  bool explain = false;     // fill Outcome::trace; costs time and memory
  // Keys replaced by the learner's own earlier values: set only while `parts` judges a follow-through.
  const Bindings* follow = nullptr;
  // For kinds that run programs; null: they cannot be run here.
  sandbox::Workshop* workshop = nullptr;
  // Calls its second argument with each of 0 … n-1, at once where there is room. Null: one after another.
  std::function<void(std::size_t n, const std::function<void(std::size_t)>& one)> for_each = {};
};

// What a checker says of one answer.
struct Outcome {
  Ratio credit;  // share of the item; within [0, 1] unless the spec sets a negative floor
  Verdict status = Verdict::kGraded;
  std::string rule_id;  // "answer", "accept[0]", "reject[1]", … ; empty: no entry met
  std::string tag;
  std::vector<Message> feedback;  // ids "KIND.NAME"; a sample's `note: NAME` asks for one of them
  std::vector<Message> trace;     // as typed → normalised → readings → entry tried → verdict; empty unless explain
  std::string answer_key;         // at most 256 bytes; see cut_key()
  std::vector<TestOutcome> tests;
  std::shared_ptr<const numeric::Quantity> value;  // numeric: what the learner's number was, for `follow`
  // `parts`: one per part, in the spec's order, with the part's id and its weight as a share of the item (they sum to 1).
  // Then `credit` above is the weighted sum and status is the item's own.
  struct Part;
  std::vector<Part> parts;
  // Ours, or the world's: nothing was found out about the answer, and what else stands here means nothing. Never a score.
  std::optional<Error> failure;
};
struct Outcome::Part {
  std::string id;
  Ratio share;
  Outcome outcome;
};

}  // namespace otmetka::checkers
