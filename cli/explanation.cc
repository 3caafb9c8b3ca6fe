#include "cli/explanation.h"

#include <algorithm>
#include <iostream>
#include <string_view>

#include "checkers/catalog.h"
#include "cli/table.h"

namespace otmetka::cli {
namespace {

std::string words(const Context& context, const Message& message) {
  return printable(checkers::message_catalogue().render(message, context.language));
}

// What one attempt comes to, step by step, in a line that can be followed with pencil and paper.
std::string attempt_line(const Context& context, const ScoredResult& attempt, const AttemptMark& mark) {
  const std::int64_t number = attempt.attempt_no;
  if (!mark.counted) return say(context, "trace.not_counted", {number});
  if (mark.late_periods > 0 && attempt.raw > Ratio(0)) {
    return say(context, "trace.attempt_late", {number, attempt.raw, mark.factor, mark.late_periods, mark.late_minus, attempt.maximum,
                                               mark.after_late, mark.late_floor});
  }
  if (mark.factor != Ratio(1) && attempt.raw > Ratio(0)) {
    return say(context, "trace.attempt_factor", {number, attempt.raw, mark.factor, mark.after_late});
  }
  if (mark.after_late != attempt.raw) return say(context, "trace.attempt_clamped", {number, attempt.raw, mark.after_late});
  return say(context, "trace.attempt", {number, attempt.raw});
}

bool ends_a_sentence(std::string_view line) {
  return line.ends_with('.') || line.ends_with('!') || line.ends_with('?') || line.ends_with("…");
}

}  // namespace

std::string points_text(const Context& context, const Ratio& points, const Ratio& maximum) {
  return say(context, "cli.points_of", {points, maximum});
}

std::string short_form(const Context& context, const PartResult& part) {
  std::string line = part.part.value + ": " + points_text(context, part.points, part.points_max) + " — " +
                     say(context, "status." + std::string(verdict_name(part.status)));
  for (const Message& message : part.feedback) line += (ends_a_sentence(line) ? " " : ". ") + words(context, message);
  return line;
}

void print_part(const Context& context, const PartResult& part, std::ostream& out) {
  out << short_form(context, part) << '\n';
  for (const Message& step : part.trace) out << "    " << words(context, step) << '\n';
}

void print_result(const Context& context, const ScoredResult& result, std::ostream& out) {
  for (const PartResult& part : result.parts) print_part(context, part, out);
  for (const Message& notice : result.notices) out << "! " << notice.id << ": " << words(context, notice) << '\n';
}

void print_mark(const Context& context, const std::vector<ScoredResult>& attempts, const FinalMark& mark, std::ostream& out) {
  for (std::size_t i = 0; i < mark.attempts.size(); ++i) {
    const AttemptMark& one = mark.attempts[i];
    const bool nothing_to_say = one.counted && attempts.size() == 1 && one.after_late == attempts[i].raw;
    if (!nothing_to_say) out << attempt_line(context, attempts[i], one) << '\n';
  }
  if (mark.counting && mark.attempts.size() > 1) {
    out << say(context, "trace.counting", {std::int64_t{attempts[*mark.counting].attempt_no}}) << '\n';
  }
  const bool mean = std::count_if(mark.attempts.begin(), mark.attempts.end(), [](const AttemptMark& m) { return m.counted; }) > 1;
  if (!mark.counting && mean) out << say(context, "trace.mean", {mark.value}) << '\n';
  if (mark.rounded != mark.value) out << say(context, "trace.rounded", {mark.round_step, mark.value, mark.rounded}) << '\n';
  // One that FAILED has no maximum.
  const auto graded = std::find_if(attempts.begin(), attempts.end(), [](const auto& one) { return one.progress != Progress::kFailed; });
  const Ratio maximum = graded == attempts.end() ? Ratio(0) : graded->maximum;
  out << say(context, "trace.final", {mark.rounded, maximum}) << '\n';
}

std::string notices_text(const Context& context, const ScoredResult& result) {
  std::string out;
  for (const Message& notice : result.notices) {
    out += (out.empty() ? "" : "; ") + notice.id + " " + checkers::message_catalogue().render(notice, context.language);
  }
  return out;
}

}  // namespace otmetka::cli
