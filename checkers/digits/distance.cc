#include "checkers/digits/distance.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

namespace otmetka::checkers::digits {

std::size_t unordered_errors(std::string_view key, std::string_view typed) {
  std::array<std::ptrdiff_t, 10> surplus{};
  for (const char c : typed) ++surplus[static_cast<std::size_t>(c - '0')];
  for (const char c : key) --surplus[static_cast<std::size_t>(c - '0')];
  std::ptrdiff_t extra = 0;
  std::ptrdiff_t missing = 0;
  for (const std::ptrdiff_t n : surplus) (n > 0 ? extra : missing) += n > 0 ? n : -n;
  return static_cast<std::size_t>(std::max(extra, missing));
}

std::size_t ordered_errors(std::string_view key, std::string_view typed) {
  std::vector<std::size_t> row(key.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < typed.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t k = 0; k < key.size(); ++k) {
      const std::size_t changed = diagonal + (typed[i] == key[k] ? 0 : 1);
      diagonal = row[k + 1];
      row[k + 1] = std::min({changed, row[k] + 1, diagonal + 1});
    }
  }
  return row.back();
}

}  // namespace otmetka::checkers::digits
