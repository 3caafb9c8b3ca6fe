#include "checkers/choice/option_ids.h"

#include <array>

#include "checkers/credit.h"

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
  std::string_view latin;
  std::string_view cyrillic;
};
constexpr std::array kDoubles = std::to_array<Double>({
    {"A", "А"}, {"B", "В"}, {"C", "С"}, {"E", "Е"}, {"H", "Н"}, {"K", "К"}, {"M", "М"}, {"O", "О"}, {"P", "Р"}, {"T", "Т"},
    {"X", "Х"}, {"Y", "У"}, {"a", "а"}, {"c", "с"}, {"e", "е"}, {"o", "о"}, {"p", "р"}, {"x", "х"}, {"y", "у"},
});

// The letter of the other alphabet that is drawn alike, or nothing.
std::string_view double_of(std::string_view letter) {
  for (const Double& row : kDoubles) {
    if (row.latin == letter) return row.cyrillic;
    if (row.cyrillic == letter) return row.latin;
  }
  return {};
}

// Whether two ids look the same but for case: a reader could not tell which option is meant.
bool same_to_the_eye(const std::string& a, const std::string& b) {
  return lower(a) == lower(b) || double_of(a) == b;
}

}  // namespace

std::optional<std::size_t> OptionIds::add(std::string id) {
  for (std::size_t i = 0; i < ids_.size(); ++i) {
    if (same_to_the_eye(ids_[i], id)) return i;
  }
  const std::size_t index = ids_.size();
  exact_.emplace(id, index);
  by_lower_case_.emplace(lower(id), index);
  ids_.push_back(std::move(id));
  return std::nullopt;
}

std::optional<std::size_t> OptionIds::find(std::string_view typed) const {
  const std::string text(trim_label(typed));
  const auto look_up = [](const auto& map, const std::string& key) {
    const auto it = map.find(key);
    return it == map.end() ? std::optional<std::size_t>() : it->second;
  };
  if (const auto found = look_up(exact_, text)) return found;
  const auto other_case = look_up(by_lower_case_, lower(text));
  const std::string_view twin = double_of(text);
  const auto other_alphabet = twin.empty() ? std::nullopt : look_up(by_lower_case_, lower(twin));
  if (other_case && other_alphabet && other_case != other_alphabet) return std::nullopt;
  return other_case ? other_case : other_alphabet;
}

}  // namespace otmetka::checkers::choice
