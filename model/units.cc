#include "model/units.h"

#include <array>
#include <utility>

namespace otmetka {
namespace {

// Thousandths of the number at the beginning of `text`, which is cut off. nullopt: no number, or more than 12 digits.
std::optional<std::uint64_t> take_thousandths(std::string_view& text) {
  constexpr std::size_t kMostDigits = 12;
  std::uint64_t value = 0;
  std::size_t digits = 0;
  const auto is_digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
  for (; is_digit(digits) && digits < kMostDigits; ++digits) value = value * 10 + static_cast<std::uint64_t>(text[digits] - '0');
  if (digits == 0 || is_digit(digits)) return std::nullopt;
  text.remove_prefix(digits);
  value *= 1'000;
  if (text.empty() || text[0] != '.') return value;
  std::uint64_t place = 100;
  std::size_t at = 1;
  for (; is_digit(at) && place > 0; ++at, place /= 10) value += static_cast<std::uint64_t>(text[at] - '0') * place;
  if (at == 1 || is_digit(at)) return std::nullopt;
  text.remove_prefix(at);
  return value;
}

using Unit = std::pair<std::string_view, std::uint64_t>;

template <std::size_t N>
std::optional<std::uint64_t> read(std::string_view text, const std::array<Unit, N>& units, std::uint64_t most) {
  const auto thousandths = take_thousandths(text);
  if (!thousandths) return std::nullopt;
  if (!text.empty() && text[0] == ' ') text.remove_prefix(1);
  for (const auto& [name, scale] : units) {
    if (text != name) continue;
    if (*thousandths / 1'000 > most / scale) return std::nullopt;
    const std::uint64_t value = *thousandths * scale;
    if (value % 1'000 != 0 && scale == 1) return std::nullopt;
    const std::uint64_t whole = value / 1'000;
    return whole >= 1 && whole <= most ? std::optional(whole) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> parse_bytes(std::string_view text) {
  static constexpr std::array<Unit, 5> kUnits{{{"B", 1}, {"KiB", 1u << 10}, {"MiB", 1u << 20}, {"GiB", 1u << 30}, {"", 1}}};
  return read(text, kUnits, std::uint64_t{1} << 40);
}

std::optional<std::chrono::milliseconds> parse_time_limit(std::string_view text) {
  static constexpr std::array<Unit, 3> kUnits{{{"ms", 1}, {"s", 1'000}, {"m", 60'000}}};
  const auto value = read(text, kUnits, 3'600'000);
  if (!value) return std::nullopt;
  return std::chrono::milliseconds(static_cast<std::int64_t>(*value));
}

std::string to_bytes_text(std::uint64_t bytes) {
  static constexpr std::array<const char*, 4> kNames{"B", "KiB", "MiB", "GiB"};
  std::size_t unit = 0;
  std::uint64_t tenths = bytes * 10;
  while (tenths >= 10'240 && unit + 1 < kNames.size()) {
    tenths = (tenths + 512) / 1'024;
    ++unit;
  }
  std::string out = std::to_string(tenths / 10);
  if (tenths % 10 != 0) out += "." + std::to_string(tenths % 10);
  return out + " " + kNames[unit];
}

}  // namespace otmetka
