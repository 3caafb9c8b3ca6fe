#include "cli/explanation.h"

#include <algorithm>
#include <iostream>

#include "checkers/catalog.h"
#include "cli/table.h"

namespace otmetka::cli {
namespace {

std::string words(const Context& context, const Message& message) {
  return printable(checkers::message_catalogue().render(message, context.language));
}

}  // namespace

std::string points_text(const Context& context, const Ratio& points, const Ratio& maximum) {
  return say(context, "cli.points_of", {points, maximum});
}

std::string short_form(const Context& context, const PartResult& part) {
  std::string line = part.part.value + ": " + points_text(context, part.points, part.points_max) + " — " +
                     say(context, "status." + std::string(verdict_name(part.status)));
  for (const Message& message : part.feedback) line += ". " + words(context, message);
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
    const std::int64_t number = attempts[i].attempt_no;
    if (!one.counted) {
      out << say(context, "trace.not_counted", {number}) << '\n';
      continue;
    }
    if (one.factor != Ratio(1)) out << say(context, "trace.attempt_factor", {number, one.factor, one.after_attempts}) << '\n';
    if (one.late_periods > 0) out << say(context, "trace.late", {one.late_periods, one.after_late}) << '\n';
  }
  if (mark.counting && mark.attempts.size() > 1) {
    out << say(context, "trace.counting", {std::int64_t{attempts[*mark.counting].attempt_no}}) << '\n';
  }
  if (!mark.counting && mark.attempts.size() > 1) out << say(context, "trace.mean", {mark.value}) << '\n';
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
