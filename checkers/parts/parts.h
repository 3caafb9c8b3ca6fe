// parts: one question with several answers, each judged by a kind of its own.
//
// A part's share is its weight over the sum of weights; the item's credit is the sum of share × credit. `requires`: a part
// is GATED, with credit 0, unless every part it requires earned more than 0; gated parts earn 0, so gates reach through.
// `follow` (in a kind's own settings): a part without full credit is judged again with the learner's values of the parts
// it follows, and the better result stands, with the note parts.follow_through.
//
// A part without an answer is NOT_ATTEMPTED, gated or not; a part answered twice is INVALID_INPUT; an answer to a part
// that is not there is told in the feedback and costs nothing. The item's status: INFRA_ERROR or NEEDS_HUMAN if a part's is; else GRADED
// if a part was graded; else AMBIGUOUS, INVALID_INPUT, GATED, NOT_ATTEMPTED, the first that a part has. So one part that
// could not be read does not hold back the others, and an answer of which nothing could be read uses up no attempt.
//
// What is said of a part stands in that part's outcome; the item's own feedback names only unknown parts and a wrong shape.
// rule_id: "answer", "partial" or "wrong" by the item's credit; entries() are called PART.RULE, see met().
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checkers/checker.h"
#include "model/submission.h"

namespace otmetka::checkers::parts {

CheckerType type();

// One part, ready to judge. Indices are of earlier parts.
struct Part {
  std::string id;
  std::string kind;
  AnswerShape shape;
  Ratio share;
  std::unique_ptr<const Checker> checker;
  std::vector<std::size_t> required;
  std::vector<std::size_t> followed;
};

class PartsChecker : public Checker {
 public:
  explicit PartsChecker(std::vector<Part> parts);

  // A MappingAnswer from part to answer in one line (checkers/answer_text.h); an empty text is NOT_ATTEMPTED.
  Outcome check(const Answer& answer, const CheckContext& context) const override;

  // Beside answers part by part a whole one counts only where it is a mapping.
  Outcome check_all(const Answer* whole, std::span<const Response> by_part, const CheckContext& context) const override;
  std::vector<PartShape> part_shapes() const override;

  std::vector<Entry> entries() const override;
  Int128 credit_denominator() const override { return denominator_; }
  std::span<const Part> parts() const { return parts_; }

 private:
  Outcome check_each(std::vector<Response> responses, const CheckContext& context) const;

  std::vector<Part> parts_;
  Int128 denominator_;
};

// Whether an outcome met the entry: its own rule, or `PART.RULE` of one of its parts.
bool met(const Outcome& outcome, std::string_view rule_id);

}  // namespace otmetka::checkers::parts
