// Names that learners retype (the sides of pairs, steps to put in order), found as texts are compared.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "checkers/text/normalize.h"

namespace otmetka::checkers::text {

// First the exact name without white space around it; failing that, the one name that is the same after the harmless
// differences are taken away (normalize.h, all steps): `париж.` is Париж. What could mean two names means none, so names that
// differ in capitals alone still tell apart. Immutable once filled; reading is thread-safe.
class Labels {
 public:
  void add(const std::string& name);  // the same name again changes nothing

  // The name as it was added. Linear in the length of `typed`.
  std::optional<std::string> find(std::string_view typed) const;

 private:
  struct Table {
    explicit Table(Script script) : normalizer({}, script) {}
    Normalizer normalizer;
    std::unordered_map<std::string, std::string> names;  // by normal form; an empty name: several
  };

  std::unordered_map<std::string, bool> exact_;
  std::vector<Table> tables_;  // one for each script of the names
};

}  // namespace otmetka::checkers::text
