// Finds the option that a learner means.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace otmetka::checkers::choice {

// Options by id. White space around a name, the kind of white space within and invisible characters do not matter, nor does
// case (Latin and Russian letters: `B` for `b`); and a name of one letter is also its double on the other keyboard (`а` for
// `a`), where both the capitals and the small letters are drawn alike: а е о р с у х. В is not B, as в is not b: the third
// letter of а, б, в never finds the second of a, b, c. No two options share a name so read, so none is ever meant by half.
// Immutable once filled; reading is thread-safe.
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
  std::unordered_map<std::string, std::size_t> indices_;  // by the name as it is compared
};

}  // namespace otmetka::checkers::choice
