// Numbers and lengths of time as people read them.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "load/report.h"

namespace otmetka::load {
namespace {

struct Unit {
  double seconds;
  const char* ru;
  const char* en;
};
constexpr std::array<Unit, 4> kUnits{{{1, "с", "s"}, {1e-3, "мс", "ms"}, {1e-6, "мкс", "µs"}, {1e-9, "нс", "ns"}}};

}  // namespace

std::string number_text(double value, int places, std::string_view language) {
  if (!std::isfinite(value)) return "∞";
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.*f", places, value);
  std::string digits = buffer;
  std::string rest;
  if (const std::size_t mark = digits.find('.'); mark != std::string::npos) {
    rest = digits.substr(mark + 1);
    digits.resize(mark);
  }
  while (!rest.empty() && rest.back() == '0') rest.pop_back();
  const bool russian = language == "ru";
  const bool negative = digits.starts_with('-');
  if (negative) digits.erase(0, 1);
  if (digits.size() > (russian ? 4u : 3u)) {
    for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, russian ? "\u202F" : ",");
  }
  return (negative ? "−" : "") + digits + (rest.empty() ? "" : (russian ? "," : ".") + rest);
}

std::string duration_text(double seconds, std::string_view language) {
  if (!std::isfinite(seconds)) return "∞";
  const auto fits = [&](const Unit& one) { return seconds >= one.seconds * 0.9995; };
  const auto found = std::find_if(kUnits.begin(), kUnits.end(), fits);
  const Unit& unit = found == kUnits.end() ? (seconds > 0 ? kUnits.back() : kUnits[1]) : *found;
  const double value = seconds / unit.seconds;
  const int places = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return number_text(value, places, language) + " " + (language == "ru" ? unit.ru : unit.en);
}

}  // namespace otmetka::load
