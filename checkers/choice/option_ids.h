// Finds the option that a learner means.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace otmetka::checkers::choice {

// Options by id. First the exact bytes, without white space around them; failing that, another case (Latin and Russian
// letters: `B` for `b`); and for an answer of one letter its double on the other keyboard (`а` for `a`), again in any
// case. What could mean two options means none. Only letters drawn alike are doubles: В is B, so that `В` finds `b`; в is
// not b, so that the third letter of а, б, в never finds the second of a, b, c. Immutable once filled; reading is
// thread-safe.
class OptionIds {
 public:
  // Ids must be trimmed. The index of the clash when an option is already called so, in another case, or by a double.
  std::optional<std::size_t> add(std::string id);

  // The index of the option, in order of adding. Linear in the length of `typed`.
  std::optional<std::size_t> find(std::string_view typed) const;

  const std::string& id(std::size_t index) const { return ids_[index]; }
  std::size_t size() const { return ids_.size(); }

 private:
  std::vector<std::string> ids_;
  std::unordered_map<std::string, std::size_t> exact_;
  std::unordered_map<std::string, std::size_t> by_lower_case_;
};

}  // namespace otmetka::checkers::choice
