#include "cli/dlq_filter.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

namespace otmetka::cli {
namespace {

// `lerner=p-1`: misspelt, and not an id to look for everywhere.
bool names_a_field(std::string_view condition) {
  const std::string_view name = condition.substr(0, condition.find('='));
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return name.size() < condition.size() && !name.empty() && std::all_of(name.begin(), name.end(), is_letter);
}

}  // namespace

Result<LetterFilter> LetterFilter::parse(const Context& context, const std::vector<std::string>& conditions) {
  static constexpr std::pair<std::string_view, Field> kFields[] = {
      {"code=", Field::kCode}, {"assignment=", Field::kAssignment}, {"learner=", Field::kLearner}};
  static constexpr std::string_view kSince = "since=";
  LetterFilter filter;
  for (const std::string& one : conditions) {
    const Error refused = error("OT462", {std::string("--filter"), one, say(context, "cli.dlq.filter_form")});
    if (one.starts_with(kSince)) {
      const auto time = parse_rfc3339(one.substr(kSince.size()));
      if (!time) return refused;
      filter.since_ = filter.since_ ? std::max(*filter.since_, *time) : *time;
      continue;
    }
    Condition condition{Field::kAny, one};
    for (const auto& [name, field] : kFields) {
      if (one.starts_with(name)) condition = {field, one.substr(name.size())};
    }
    if (condition.value.empty() || (condition.field == Field::kAny && names_a_field(one))) return refused;
    filter.conditions_.push_back(std::move(condition));
  }
  return filter;
}

bool LetterFilter::matches(const queue::DeadLetter& letter) const {
  if (since_ && letter.parked_at < *since_) return false;
  for (const auto& [field, value] : conditions_) {
    const bool code = letter.reason.id == value;
    const bool assignment = letter.assignment_id == value;
    const bool learner = letter.learner_id == value;
    const bool holds = field == Field::kCode         ? code
                       : field == Field::kAssignment ? assignment
                       : field == Field::kLearner    ? learner
                                                     : code || assignment || learner;
    if (!holds) return false;
  }
  return true;
}

Result<std::optional<double>> parse_rate(const Context& context, const std::string& text) {
  if (text.empty()) return std::optional<double>{};
  std::string_view number = text;
  if (number.ends_with("/s")) number.remove_suffix(2);
  int rate = 0;
  const auto [end, problem] = std::from_chars(number.data(), number.data() + number.size(), rate);
  if (problem != std::errc{} || end != number.data() + number.size() || rate < 1 || rate > 100'000) {
    return error("OT462", {std::string("--rate"), text, say(context, "cli.dlq.rate_form")});
  }
  return std::optional<double>(rate);
}

}  // namespace otmetka::cli
