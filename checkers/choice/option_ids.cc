#include "checkers/choice/option_ids.h"

#include <array>

#include "checkers/typed_text.h"

namespace otmetka::checkers::choice {
namespace {

// Lower case of ASCII and Russian letters; other bytes as they are.
std::string lower(std::string_view text) {
  std::string out(text);
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out[i] >= 'A' && out[i] <= 'Z') out[i] = static_cast<char>(out[i] - 'A' + 'a');
    if (out[i] != '\xD0' || i + 1 == out.size()) continue;
    const auto second = static_cast<unsigned char>(out[i + 1]);
    if (second == 0x81) {  // Ё
      out[i] = '\xD1';
      out[i + 1] = '\x91';
    } else if (second >= 0x90 && second <= 0x9F) {  // А–П
      out[i + 1] = static_cast<char>(second + 0x20);
    } else if (second >= 0xA0 && second <= 0xAF) {  // Р–Я
      out[i] = '\xD1';
      out[i + 1] = static_cast<char>(second - 0x20);
    }
  }
  return out;
}

struct Double {
  std::string_view cyrillic;
  char latin;
};
// Small letters whose capitals are drawn alike too. В, К, М, Н and Т are not here: в, к, м, н and т are other letters than b, k,
// m, h and t, and what a letter means must not hang on the Shift key.
constexpr std::array kDoubles = std::to_array<Double>({{"а", 'a'}, {"е", 'e'}, {"о", 'o'}, {"р", 'p'}, {"с", 'c'}, {"у", 'y'}, {"х", 'x'}});

// What is the same in names that a reader could not tell apart: small letters, and Latin ones where a name is one letter.
std::string canonical(std::string_view name) {
  std::string out = lower(plain(name));
  for (const Double& row : kDoubles) {
    if (out == row.cyrillic) return {row.latin};
  }
  return out;
}

}  // namespace

std::optional<std::size_t> OptionIds::add(std::string id) {
  const auto [known, is_new] = indices_.emplace(canonical(id), ids_.size());
  if (!is_new) return known->second;
  ids_.push_back(std::move(id));
  return std::nullopt;
}

std::optional<std::size_t> OptionIds::find(std::string_view typed) const {
  const auto found = indices_.find(canonical(typed));
  return found == indices_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace otmetka::checkers::choice
