#include "spec/suggest.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "spec/display_width.h"

namespace otmetka::spec {
namespace {

constexpr std::size_t kLongest = 64;

constexpr auto kLookAlikes = std::to_array<std::pair<char32_t, char>>({
    {U'а', 'a'}, {U'в', 'b'}, {U'е', 'e'}, {U'к', 'k'}, {U'м', 'm'}, {U'н', 'h'}, {U'о', 'o'}, {U'р', 'p'}, {U'с', 'c'},
    {U'т', 't'}, {U'у', 'y'}, {U'х', 'x'}, {U'ѕ', 's'}, {U'і', 'i'}, {U'ј', 'j'}, {U'А', 'A'}, {U'В', 'B'}, {U'Е', 'E'},
    {U'К', 'K'}, {U'М', 'M'}, {U'Н', 'H'}, {U'О', 'O'}, {U'Р', 'P'}, {U'С', 'C'}, {U'Т', 'T'}, {U'У', 'Y'}, {U'Х', 'X'},
    {U'Ѕ', 'S'}, {U'І', 'I'}, {U'Ј', 'J'}, {U'ԁ', 'd'}, {U'ԛ', 'q'}, {U'ԝ', 'w'}, {U'һ', 'h'}, {U'ӏ', 'l'}, {U'г', 'r'},
    {U'п', 'n'}, {U'и', 'u'},
});

std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded c = decode(text, at);
    out.push_back(c.code_point);
    at += c.length;
  }
  return out;
}

std::string plain_form(std::string_view text) {
  std::string out = fold_look_alikes(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '-' || c == ' ') c = '_';
  }
  return out;
}

}  // namespace

std::string fold_look_alikes(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded c = decode(text, at);
    const auto row = std::find_if(kLookAlikes.begin(), kLookAlikes.end(), [&](const auto& r) { return r.first == c.code_point; });
    if (row != kLookAlikes.end()) {
      out += row->second;
    } else {
      out += text.substr(at, c.length);
    }
    at += c.length;
  }
  return out;
}

std::size_t edit_distance(std::string_view a_text, std::string_view b_text, std::size_t limit) {
  const std::u32string a = code_points(a_text.substr(0, 4 * kLongest + 1));
  const std::u32string b = code_points(b_text.substr(0, 4 * kLongest + 1));
  if (a.size() > kLongest || b.size() > kLongest) return limit + 1;
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return std::min(d[a.size()][b.size()], limit + 1);
}

std::optional<Fix> nearest(std::string_view typed, std::span<const std::string> known) {
  if (typed.size() > 4 * kLongest) return std::nullopt;
  const std::string plain = plain_form(typed);
  for (const std::string& word : known) {
    if (fold_look_alikes(typed) == word) return Fix{word, typed != word};
    if (plain == plain_form(word)) return Fix{word, false};
  }
  std::optional<Fix> best;
  std::size_t best_distance = 4;
  for (const std::string& word : known) {
    const std::size_t limit = std::min<std::size_t>(3, std::max(plain.size(), word.size()) / 3);
    const std::size_t distance = edit_distance(plain, word, limit);
    if (distance > limit || distance >= best_distance) continue;
    best_distance = distance;
    best = Fix{word, false};
  }
  return best;
}

}  // namespace otmetka::spec
