// A numeric item, ready to judge: its rules in order and what units cost.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checkers/checker.h"
#include "checkers/numeric/numeric.pb.h"
#include "checkers/numeric/number_parser.h"
#include "checkers/numeric/quantity.h"
#include "checkers/numeric/target.h"
#include "checkers/numeric/tolerance.h"

namespace otmetka::checkers::numeric {

// The answer, or one `accept` or `reject` entry.
struct Rule {
  std::string id;    // "answer", "accept[0]", "reject[1]"
  std::string path;  // in the settings
  Target target;     // in the item's unit, except when `own_quantity`
  Tolerance tolerance;
  bool own_quantity = false;  // of another quantity than the answer: met only by answers in such a unit
  Ratio credit;
  std::optional<Message> say;
  std::string tag;

  // The very value, tolerance aside. A range has none.
  bool is_exactly(const Rational& value) const { return !target.range && value == target.value; }
};

// Immutable after make_item(); safe from any thread.
struct Item {
  Rule answer;
  std::vector<Rule> accepts;
  std::vector<Rule> rejects;
  Unit unit;           // kNone: the answer is a plain number
  Unit unit_default;   // what a missing unit means; kNone: it is missing
  Ratio missing = 0;   // what is left of the credit
  Ratio wrong = 0;
  Ratio extra = 1;
  Notation notation = Notation::kAny;
  std::vector<std::string> follow;
  Bindings keys;  // of the names in the formula

  // The answer's value when `values` take the place of the keys named in `follow`: magnitudes in the keys' units. nullopt
  // where nothing changes, a value is of another quantity, or the formula has no value there (*no_value is set).
  std::optional<Rational> followed(const Bindings& values, bool* no_value) const;

  // A multiple of the denominators of all credits it can give.
  Int128 credit_denominator() const;
};

// nullopt when `problems` holds an error. Warnings: OT250 (no tolerance on a number that is not whole), OT251 (an unknown
// unit), OT252 (`unit` where the answer has none), OT253 (a unit in letters of another case), OT254 (a tolerance that is nothing for
// the answer 0), OT255 (`unit.missing` beside `unit_default`), OT256 (a tolerance that takes in 0 and twice the answer).
std::optional<Item> make_item(const v1::NumericSettings& settings, const MakeContext& context,
                              std::vector<Problem>* problems);

}  // namespace otmetka::checkers::numeric
