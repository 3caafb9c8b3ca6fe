// An exact value with its unit: what a key or an answer stands for.
#pragma once

#include <cstddef>

#include "checkers/numeric/rational.h"
#include "checkers/numeric/units.h"
#include "model/message.h"

namespace otmetka::checkers::numeric {

struct Quantity {
  Rational value;  // in `unit`
  Unit unit;       // kNone where no unit was written: then the key's is meant

  friend bool operator==(const Quantity& a, const Quantity& b) {
    return a.value == b.value && is_comparable(a.unit, b.unit) && a.unit.factor == b.unit.factor &&
           a.unit.offset == b.unit.offset;
  }
};

// A fault in a text that a teacher wrote; offset and length in its bytes, length 0 meaning all of it.
struct Fault {
  Message message;
  std::size_t offset = 0;
  std::size_t length = 0;
};

}  // namespace otmetka::checkers::numeric
