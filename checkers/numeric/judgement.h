// One reading of an answer, judged by an item's rules.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checkers/numeric/item.h"

namespace otmetka::checkers::numeric {

enum class UnitState {
  kRight,    // of the answer's quantity, or none where none is wanted
  kDefault,  // none written; `unit_default` is meant
  kMissing,
  kWrong,
  kExtra,  // a unit where the answer is a plain number
};

// An answer's number and unit, brought to the item's unit as far as that goes.
struct Given {
  const Reading* reading = nullptr;
  const Unit* unit = nullptr;  // as written
  Rational value;              // in the item's unit (kRight, kDefault), else the bare number
  UnitState state = UnitState::kRight;
};

struct Judgement {
  const Rule* rule = nullptr;  // null: none is met
  bool exactly = false;
  Ratio unit_share = 1;
  Ratio credit;  // rule->credit × unit_share

  bool same_verdict(const Judgement& other) const;
};

// `unit` is what was written, read like the item's.
Given bring_to_unit(const Item& item, const Reading& reading, const Unit& unit);

// `key` takes the place of the answer's own value when it is not null (a follow-through). `trace`, when not null, gets one
// message for each rule tried. Time linear in the number of rules.
Judgement judge(const Item& item, const Given& given, const Rational* key, std::vector<Message>* trace);

// What the learner is told of it; nothing where all is right and the teacher has nothing to say.
std::vector<Message> feedback_of(const Item& item, const Given& given, const Judgement& judgement);

}  // namespace otmetka::checkers::numeric
