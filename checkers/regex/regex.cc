#include "checkers/regex/regex.h"

#include <algorithm>
#include <utility>

#include "checkers/credit.h"
#include "checkers/regex/messages.h"
#include "checkers/regex/rules.h"
#include "checkers/text/normalize.h"

namespace otmetka::checkers::regex {
namespace {

using Groups = std::vector<re2::StringPiece>;

// What one rule makes of an answer that it covers.
struct Reading {
  const Rule* rule = nullptr;
  Ratio credit;
  Verdict status = Verdict::kGraded;
  std::vector<Outcome> captures;  // as the rule's
};

class RegexChecker final : public Checker {
 public:
  explicit RegexChecker(Rules rules) : rules_(std::move(rules)) {}

  Outcome check(const Answer& answer, const CheckContext& context) const override;
  std::vector<Entry> entries() const override;
  Int128 credit_denominator() const override;

 private:
  bool prepare(std::string_view typed, std::string& answer) const;
  bool is_too_long(std::string_view answer) const;
  std::optional<Reading> find(std::string_view answer, const CheckContext& context) const;
  static Reading judge(const Rule& rule, const Groups& groups, const CheckContext& context);
  static void report(Reading reading, const CheckContext& context, Outcome& out);

  Rules rules_;
  text::Normalizer compose_{{.keep_case = true, .keep_yo = true, .keep_punctuation = true, .keep_spaces = true},
                            text::Script::kNone};
};

bool RegexChecker::prepare(std::string_view typed, std::string& answer) const {
  text::Normalized composed;
  if (!compose_.normalize(typed, composed)) return false;
  answer = rules_.as_typed ? typed : text::trim_white_space(composed.text);
  return true;
}

bool RegexChecker::is_too_long(std::string_view answer) const {
  for (const auto* rules : {&rules_.rejects, &rules_.accepts}) {
    for (const Rule& rule : *rules) {
      if (rule.pattern->is_too_long(answer)) return true;
    }
  }
  return false;
}

std::optional<Reading> RegexChecker::find(std::string_view answer, const CheckContext& context) const {
  Groups groups;
  for (const Rule& rule : rules_.rejects) {
    if (rule.pattern->covers(answer)) return judge(rule, groups, context);
  }
  std::optional<Reading> best;
  for (const Rule& rule : rules_.accepts) {
    if (best && best->credit >= rule.score) continue;
    if (!rule.pattern->covers(answer, groups, rule.last_group)) continue;
    Reading reading = judge(rule, groups, context);
    if (!best || reading.credit > best->credit) best = std::move(reading);
  }
  return best;
}

Reading RegexChecker::judge(const Rule& rule, const Groups& groups, const CheckContext& context) {
  Reading reading{.rule = &rule, .credit = rule.captures.empty() ? rule.score : Ratio(0)};
  for (const Capture& capture : rule.captures) {
    const re2::StringPiece& caught = groups[static_cast<std::size_t>(capture.group)];
    Outcome outcome = capture.checker->check(TextAnswer{caught.as_string()}, context);
    reading.credit += capture.share * outcome.credit * rule.score;
    const bool unreadable = outcome.status == Verdict::kAmbiguous || outcome.status == Verdict::kInvalidInput;
    if (unreadable && reading.status == Verdict::kGraded) reading.status = outcome.status;
    reading.captures.push_back(std::move(outcome));
  }
  if (reading.status != Verdict::kGraded) reading.credit = 0;
  return reading;
}

void RegexChecker::report(Reading reading, const CheckContext& context, Outcome& out) {
  const Rule& rule = *reading.rule;
  out.credit = reading.credit;
  out.status = reading.status;
  out.rule_id = rule.id;
  out.tag = rule.tag;
  if (rule.say) {
    out.feedback.push_back(*rule.say);
  } else if (out.status == Verdict::kGraded && out.credit < Ratio(1)) {
    out.feedback.push_back({out.credit.is_zero() ? "regex.wrong" : "regex.partial", {}});
  }
  if (context.explain) out.trace.push_back({"regex.covered", {rule.id, quote(rule.shown)}});
  for (std::size_t i = 0; i < reading.captures.size(); ++i) {
    Outcome& capture = reading.captures[i];
    if (out.tag.empty()) out.tag = capture.tag;
    for (Message& message : capture.feedback) {
      const bool said = std::find(out.feedback.begin(), out.feedback.end(), message) != out.feedback.end();
      if (!said) out.feedback.push_back(std::move(message));
    }
    if (!context.explain) continue;
    out.trace.push_back({"regex.capture", {rule.captures[i].name}});
    for (Message& message : capture.trace) out.trace.push_back(std::move(message));
    out.trace.push_back({"regex.share", {rule.captures[i].name, capture.credit, rule.captures[i].share}});
  }
}

Outcome RegexChecker::check(const Answer& answer, const CheckContext& context) const {
  const auto* typed = std::get_if<TextAnswer>(&answer);
  if (typed == nullptr) return wrong_shape(AnswerShape::kText, answer);
  std::string prepared;
  const bool is_text = prepare(typed->text, prepared);
  Outcome out;
  if (context.explain) out.trace.push_back({"regex.typed", {quote(typed->text)}});
  if (!is_text || is_too_long(prepared)) {
    out.status = Verdict::kInvalidInput;
    out.feedback.push_back({is_text ? "regex.too_long" : "regex.not_text", {}});
    return out;
  }
  if (context.explain && prepared != typed->text) out.trace.push_back({"regex.prepared", {quote(prepared)}});
  if (text::trim_white_space(prepared).empty()) {  // whatever the expression covers: nothing has been answered
    out.status = Verdict::kNotAttempted;
    return out;
  }
  if (auto reading = find(prepared, context)) {
    report(std::move(*reading), context, out);
  } else {
    out.feedback.push_back({"regex.not_covered", {}});
    if (context.explain) out.trace.push_back({"regex.no_entry", {}});
  }
  if (context.explain) out.trace.push_back({"regex.credit", {out.credit}});
  out.answer_key = cut_key(std::move(prepared));
  return out;
}

std::vector<Entry> RegexChecker::entries() const {
  std::vector<Entry> entries;
  for (const Rule& rule : rules_.accepts) {
    if (rule.id != "answer") entries.push_back({rule.id, rule.path, std::nullopt});
  }
  for (const Rule& rule : rules_.rejects) entries.push_back({rule.id, rule.path, std::nullopt});
  return entries;
}

Int128 RegexChecker::credit_denominator() const {
  Int128 denominator = 1;
  const auto take = [&](Int128 den) { denominator = common_denominator(denominator, den); };
  for (const auto* rules : {&rules_.rejects, &rules_.accepts}) {
    for (const Rule& rule : *rules) {
      take(rule.score.den());
      for (const Capture& capture : rule.captures) {
        const Int128 inner = capture.checker->credit_denominator();
        const Ratio scaled = capture.share * rule.score;
        take(inner >= kTooFine / scaled.den() ? kTooFine : scaled.den() * inner);
      }
    }
  }
  return denominator;
}

Made make(const google::protobuf::Message& settings, const MakeContext& context) {
  Made made;
  auto rules = read_rules(static_cast<const v1::RegexSettings&>(settings), context, made.problems);
  if (rules) made.checker = std::make_unique<RegexChecker>(std::move(*rules));
  return made;
}

}  // namespace

CheckerType type() { return {"regex", AnswerShape::kText, false, &v1::RegexSettings::descriptor, &make, &regex_messages}; }

}  // namespace otmetka::checkers::regex
