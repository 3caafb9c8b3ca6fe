#include "model/time.h"

#include <charconv>

namespace otmetka {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

// Reads exactly `width` digits off the front.
std::optional<int> take_digits(std::string_view& text, std::size_t width) {
  if (text.size() < width) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(width);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::chrono::sys_days> take_date(std::string_view& text) {
  const auto y = take_digits(text, 4);
  if (!y || !take(text, '-')) return std::nullopt;
  const auto m = take_digits(text, 2);
  if (!m || !take(text, '-')) return std::nullopt;
  const auto d = take_digits(text, 2);
  if (!d) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*y}, std::chrono::month{static_cast<unsigned>(*m)},
                                         std::chrono::day{static_cast<unsigned>(*d)}};
  if (!date.ok() || *y < 1970) return std::nullopt;
  return std::chrono::sys_days{date};
}

std::optional<microseconds> take_fraction(std::string_view& text) {
  if (!take(text, '.')) return microseconds{0};
  std::int64_t value = 0;
  int digits = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    if (digits < 6) value = value * 10 + (text.front() - '0');
    ++digits;
    text.remove_prefix(1);
  }
  if (digits == 0) return std::nullopt;
  for (; digits < 6; ++digits) value *= 10;
  return microseconds{value};
}

std::optional<seconds> take_offset(std::string_view& text) {
  if (take(text, 'Z') || take(text, 'z')) return seconds{0};
  const bool minus = take(text, '-');
  if (!minus && !take(text, '+')) return std::nullopt;
  const auto h = take_digits(text, 2);
  if (!h || *h > 23 || !take(text, ':')) return std::nullopt;
  const auto m = take_digits(text, 2);
  if (!m || *m > 59) return std::nullopt;
  const seconds offset{*h * 3600 + *m * 60};
  return minus ? -offset : offset;
}

// `value` ≥ 0 in exactly `width` digits.
void append_digits(std::int64_t value, std::size_t width, std::string& out) {
  const std::size_t end = out.size() + width;
  out.resize(end);
  for (std::size_t i = 1; i <= width; ++i, value /= 10) out[end - i] = static_cast<char>('0' + value % 10);
}

}  // namespace

std::optional<Timestamp> parse_rfc3339(std::string_view text) {
  const auto date = take_date(text);
  if (!date || text.empty() || (text.front() != 'T' && text.front() != 't' && text.front() != ' ')) return std::nullopt;
  text.remove_prefix(1);
  const auto h = take_digits(text, 2);
  if (!h || *h > 23 || !take(text, ':')) return std::nullopt;
  const auto m = take_digits(text, 2);
  if (!m || *m > 59 || !take(text, ':')) return std::nullopt;
  const auto s = take_digits(text, 2);
  if (!s || *s > 60) return std::nullopt;
  const auto fraction = take_fraction(text);
  if (!fraction) return std::nullopt;
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  const Timestamp at = Timestamp{*date} + std::chrono::hours{*h} + std::chrono::minutes{*m} + seconds{*s} + *fraction - *offset;
  if (at.time_since_epoch().count() < 0) return std::nullopt;
  return at;
}

std::string to_rfc3339(Timestamp at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss<microseconds> clock{at - day};
  std::string text;  // by hand: every result carries two or three times, and printf takes as long as the rest of it
  append_digits(static_cast<int>(date.year()), 4, text);
  append_digits(static_cast<unsigned>(date.month()), 2, text += '-');
  append_digits(static_cast<unsigned>(date.day()), 2, text += '-');
  append_digits(clock.hours().count(), 2, text += 'T');
  append_digits(clock.minutes().count(), 2, text += ':');
  append_digits(clock.seconds().count(), 2, text += ':');
  const auto micros = clock.subseconds().count();
  if (micros != 0) {
    const bool millis = micros % 1000 == 0;
    append_digits(millis ? micros / 1000 : micros, millis ? 3 : 6, text += '.');
  }
  text += 'Z';
  return text;
}

Timestamp now() { return std::chrono::floor<microseconds>(std::chrono::system_clock::now()); }

std::optional<seconds> parse_duration(std::string_view text) {
  if (text == "0") return seconds{0};
  constexpr std::int64_t kMax = 3650LL * 86400;
  std::int64_t total = 0;
  std::string_view order = "dhms";
  while (!text.empty()) {
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || value < 0 || value > kMax || end == text.data() + text.size()) return std::nullopt;
    const auto unit = order.find(*end);
    if (unit == std::string_view::npos) return std::nullopt;
    const std::int64_t scale = *end == 'd' ? 86400 : *end == 'h' ? 3600 : *end == 'm' ? 60 : 1;
    total += value * scale;
    if (total > kMax) return std::nullopt;
    order.remove_prefix(unit + 1);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
    if (order.empty() && !text.empty()) return std::nullopt;
  }
  return total == 0 && order.size() == 4 ? std::nullopt : std::optional<seconds>(seconds{total});
}

}  // namespace otmetka
