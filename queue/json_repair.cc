#include "queue/json_repair.h"

#include <algorithm>
#include <charconv>

#include "model/text.h"

namespace otmetka::queue {
namespace {

// Length of the JSON number at the front, 0 if there is none.
std::size_t number_length(std::string_view text) {
  std::size_t i = 0;
  const auto digits = [&] {
    const std::size_t from = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    return i - from;
  };
  const auto at = [&](char c) { return i < text.size() && text[i] == c; };
  if (at('-')) ++i;
  if (at('0')) {
    ++i;
  } else if (digits() == 0) {
    return 0;
  }
  if (at('.')) {
    ++i;
    if (digits() == 0) return 0;
  }
  if (at('e') || at('E')) {
    ++i;
    if (at('+') || at('-')) ++i;
    if (digits() == 0) return 0;
  }
  return i;
}

// A number where a name should stand must stay what it is: no JSON.
bool is_name(std::string_view after) {
  const auto next = after.find_first_not_of(" \t\r\n");
  return next != std::string_view::npos && after[next] == ':';
}

// The code unit of `\uXXXX` at the front, or -1.
int escaped_unit(std::string_view text) {
  if (text.size() < 6 || text[0] != '\\' || text[1] != 'u') return -1;
  int unit = -1;
  const auto [end, problem] = std::from_chars(text.data() + 2, text.data() + 6, unit, 16);
  return problem == std::errc{} && end == text.data() + 6 && unit >= 0 ? unit : -1;
}

class Repairer {
 public:
  explicit Repairer(std::string_view text) : rest_(text) { out_.text.reserve(text.size() + 16); }

  JsonRepair run() {
    while (!rest_.empty()) {
      if (rest_.front() == '"') {
        copy(1);
        string();
      } else if (const std::size_t n = number_length(rest_); n > 0) {
        number(n);
      } else {
        copy(1);
      }
    }
    return std::move(out_);
  }

 private:
  void copy(std::size_t n) {
    n = std::min(n, rest_.size());
    out_.text += rest_.substr(0, n);
    rest_.remove_prefix(n);
  }

  void grown(std::int64_t by) {
    total_ += by;
    out_.growth.emplace_back(static_cast<std::int64_t>(out_.text.size()), total_);
  }

  void number(std::size_t n) {
    const std::string_view characters = rest_.substr(0, n);
    const bool large = n > 18 || characters.find_first_of("eE") != std::string_view::npos;
    if (!large || is_name(rest_.substr(n))) return copy(n);
    out_.text += '"';
    copy(n);
    out_.text += '"';
    grown(2);
  }

  void string() {
    while (!rest_.empty() && rest_.front() != '"') {
      if (rest_.front() != '\\') {
        copy(std::min(rest_.find_first_of("\"\\"), rest_.size()));
      } else {
        escape();
      }
    }
    copy(1);
  }

  void escape() {
    const int unit = escaped_unit(rest_);
    if (unit < 0xD800 || unit > 0xDFFF) return copy(2);
    const int next = escaped_unit(rest_.substr(6));
    if (unit <= 0xDBFF && next >= 0xDC00 && next <= 0xDFFF) return copy(12);
    out_.text += '\xED';
    out_.text += static_cast<char>(0x80 | ((unit >> 6) & 0x3F));
    out_.text += static_cast<char>(0x80 | (unit & 0x3F));
    rest_.remove_prefix(6);
    grown(-3);
  }

  std::string_view rest_;
  JsonRepair out_;
  std::int64_t total_ = 0;
};

}  // namespace

std::int64_t JsonRepair::original_position(std::int64_t position) const {
  const auto after = std::upper_bound(growth.begin(), growth.end(), position,
                                      [](std::int64_t p, const auto& change) { return p < change.first; });
  return after == growth.begin() ? position : position - std::prev(after)->second;
}

JsonRepair repair_json(std::string_view text) { return Repairer(text).run(); }

}  // namespace otmetka::queue
