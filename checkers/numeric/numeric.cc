#include "checkers/numeric/numeric.h"

#include <algorithm>
#include <span>
#include <vector>

#include "checkers/numeric/judgement.h"
#include "checkers/numeric/messages.h"
#include "checkers/numeric/normal_form.h"
#include "checkers/numeric/unit_words.h"

namespace otmetka::checkers::numeric {
namespace {

constexpr int kKeyDecimals = 30;

std::string key_number(const Rational& value) {
  auto text = value.to_decimal(kKeyDecimals);
  return text ? std::move(*text) : value.to_string();
}

// A unit as the learner typed it: the end of the text whose normal form it is.
std::string as_typed(std::string_view text, std::string_view unit) {
  constexpr std::size_t kLongest = 512;
  for (std::size_t at = text.size() - std::min(text.size(), kLongest); at < text.size(); ++at) {
    if (text[at] == ' ') continue;
    const NormalForm normal(text.substr(at));
    if (normal.fault() == NormalFault::kNone && normal.text() == unit) return quote(text.substr(at));
  }
  return std::string(unit);
}

Outcome not_attempted() {
  Outcome out;
  out.status = Verdict::kNotAttempted;
  return out;
}

class NumericChecker : public Checker {
 public:
  explicit NumericChecker(Item item) : item_(std::move(item)) {
    key_ = std::make_shared<Quantity>(Quantity{item_.answer.target.value, item_.unit});
  }

  Outcome check(const Answer& answer, const CheckContext& context) const override;
  std::vector<Entry> entries() const override;

  std::shared_ptr<const Quantity> key_value() const override {
    return item_.answer.target.range ? nullptr : key_;
  }
  Int128 credit_denominator() const override { return item_.credit_denominator(); }

 private:
  std::vector<Unit> units_of(const std::string& text) const {
    if (text == item_.unit.text) return {item_.unit};
    return unit_readings(text, item_.unit);
  }

  static Outcome refuse(const std::string& text, Message why, const CheckContext& context);
  bool take_factor(Readings* readings) const;
  bool is_named(const Readings& readings) const;
  void describe_steps(const std::string& text, const Readings& readings, std::vector<Message>* trace) const;
  void describe_given(const Given& given, std::vector<Message>* trace) const;
  static Message as_reading(const Given& given);
  std::string answer_key(const Given& given) const;
  std::optional<Answer> example(const Rule& rule) const;
  std::shared_ptr<const Quantity> value_of(const Given& given) const;
  Outcome ambiguous(std::span<const Given> all, const Given& other, const std::string& unit, Outcome out) const;

  Item item_;
  std::shared_ptr<const Quantity> key_;
};

Outcome NumericChecker::refuse(const std::string& text, Message why, const CheckContext& context) {
  Outcome out;
  out.status = Verdict::kInvalidInput;
  out.answer_key = cut_key(quote(std::string_view(text).substr(0, 512)));
  if (context.explain) {
    out.trace.push_back({"numeric.typed", {quote(text)}});
    out.trace.push_back(why);
  }
  out.feedback.push_back(std::move(why));
  return out;
}

// Thousands and millions that the table of units cannot take with what follows them go into the number. Where no unit is
// wanted, the rest must leave the number what it is, unless an entry names it.
bool NumericChecker::take_factor(Readings* readings) const {
  if (readings->unit.empty() || item_.unit.is_plain_number()) return true;
  const FactorAndUnit parts = split_factor(readings->unit);
  const bool wants_none = item_.unit.kind == UnitKind::kNone;
  if (wants_none && !leaves_the_number(parts.unit.empty() ? readings->unit : parts.unit)) return is_named(*readings);
  const bool wants_the_rest = item_.unit.kind == UnitKind::kUnknown && is_comparable(parse_unit(parts.unit), item_.unit);
  if (parts.unit.empty() ? wants_none : !wants_none && !wants_the_rest) return true;
  for (std::size_t i = 0; i < readings->count; ++i) readings->all[i].value = readings->all[i].value * parts.factor;
  readings->unit = std::string(parts.unit);
  return true;
}

// Whether an entry has this number with this unit. The very number of the answer goes before entries, whatever stands after it.
bool NumericChecker::is_named(const Readings& readings) const {
  const Reading& first = readings.all[0];
  const Unit unit = parse_unit(readings.unit);
  const auto names_it = [&](const Rule& rule) {
    return rule.own_quantity && is_comparable(unit, rule.target.unit) &&
           rule.tolerance.accepts(rule.target.value, convert(first.value, unit, rule.target.unit), first);
  };
  return !item_.answer.is_exactly(first.value) && (std::any_of(item_.accepts.begin(), item_.accepts.end(), names_it) ||
                                                   std::any_of(item_.rejects.begin(), item_.rejects.end(), names_it));
}

void NumericChecker::describe_steps(const std::string& text, const Readings& readings, std::vector<Message>* trace) const {
  trace->push_back({"numeric.typed", {quote(text)}});
  const NormalForm normal(text);
  if (normal.text() != text) trace->push_back({"numeric.normal", {std::string(normal.text())}});
  for (const Reading& reading : readings) trace->push_back(describe(reading));
}

Outcome NumericChecker::check(const Answer& answer, const CheckContext& context) const {
  const auto* typed = std::get_if<TextAnswer>(&answer);
  if (typed == nullptr) return wrong_shape(AnswerShape::kText, answer);
  Readings readings = parse_answer(typed->text, locale_from_tag(context.locale), item_.notation);
  if (readings.fault == ParseFault::kEmpty) return not_attempted();
  if (readings.fault != ParseFault::kNone) return refuse(typed->text, describe(readings.fault), context);
  const std::string written_unit = readings.unit;

  Outcome out;
  std::vector<Message>* trace = context.explain ? &out.trace : nullptr;
  if (trace != nullptr) describe_steps(typed->text, readings, trace);
  if (!take_factor(&readings)) return refuse(typed->text, {"numeric.extra_unread", {as_typed(typed->text, written_unit)}}, context);
  if (trace != nullptr && readings.unit != written_unit) {
    trace->push_back({"numeric.factor", {number_arg(readings.all[0].value), written_unit}});
  }
  bool no_value = false;
  const std::optional<Rational> followed = context.follow == nullptr ? std::nullopt : item_.followed(*context.follow, &no_value);
  if (trace != nullptr && no_value) trace->push_back({"numeric.follow_no_value", {}});
  if (trace != nullptr && followed) trace->push_back({"numeric.followed", {number_arg(*followed)}});
  const Rational* key = followed ? &*followed : nullptr;

  const std::vector<Unit> units = units_of(readings.unit);
  std::vector<Given> all;
  for (const Unit& unit : units) {
    for (const Reading& reading : readings) all.push_back(bring_to_unit(item_, reading, unit));
  }
  const Given& given = all.front();
  const bool several = trace != nullptr && all.size() > 1;
  if (several) trace->push_back(as_reading(given));
  describe_given(given, trace);
  const Judgement judgement = judge(item_, given, key, trace);
  for (std::size_t i = 1; i < all.size(); ++i) {
    if (several) trace->push_back(as_reading(all[i]));
    describe_given(all[i], trace);
    const Judgement other = judge(item_, all[i], key, trace);
    if (!other.same_verdict(judgement)) return ambiguous(all, all[i], as_typed(typed->text, readings.unit), std::move(out));
  }
  out.credit = judgement.credit;
  if (judgement.rule != nullptr) {
    out.rule_id = judgement.rule->id;
    out.tag = judgement.rule->tag;
  }
  out.feedback = feedback_of(item_, given, judgement);
  for (Message& message : out.feedback) {
    if (message.id == "numeric.unit_wrong" || message.id == "numeric.unit_unknown") message.args = {as_typed(typed->text, readings.unit)};
  }
  out.answer_key = answer_key(given);
  if (all.size() == 1) out.value = value_of(given);
  return out;
}

void NumericChecker::describe_given(const Given& given, std::vector<Message>* trace) const {
  if (trace == nullptr) return;
  if (given.unit->folded) trace->push_back({"numeric.unit_folded", {given.unit->text}});
  if (given.state == UnitState::kDefault) trace->push_back({"numeric.unit_by_default", {item_.unit_default.text}});
  if (given.value != given.reading->value) trace->push_back({"numeric.converted", {number_arg(given.value), item_.unit.text}});
}

Message NumericChecker::as_reading(const Given& given) {
  return {"numeric.as_reading", {number_arg(given.reading->value), given.unit->text}};
}

Outcome NumericChecker::ambiguous(std::span<const Given> all, const Given& other, const std::string& unit, Outcome out) const {
  out.status = Verdict::kAmbiguous;
  const bool by_unit = other.reading == all.front().reading;
  Message message = by_unit ? Message{"numeric.ambiguous_unit", {unit, all.front().unit->text, other.unit->text}}
                            : Message{"numeric.ambiguous", {number_arg(all.front().reading->value), number_arg(other.reading->value)}};
  if (!out.trace.empty()) out.trace.push_back(message);
  out.feedback.push_back(std::move(message));
  for (const Given& given : all) out.answer_key += (out.answer_key.empty() ? "" : " | ") + answer_key(given);
  out.answer_key = cut_key(std::move(out.answer_key));
  return out;
}

std::string NumericChecker::answer_key(const Given& given) const {
  std::string key = key_number(given.value);
  const bool in_item_unit = given.state == UnitState::kRight || given.state == UnitState::kDefault;
  const std::string& unit = in_item_unit ? item_.unit.text : given.unit->text;
  if (!unit.empty()) key += " " + unit;
  return cut_key(std::move(key));
}

std::shared_ptr<const Quantity> NumericChecker::value_of(const Given& given) const {
  const bool in_item_unit = given.state == UnitState::kRight || given.state == UnitState::kDefault;
  return std::make_shared<Quantity>(Quantity{given.value, in_item_unit ? item_.unit : *given.unit});
}

// The value itself, or, where another rule takes that, one beside it; of a rule that is never reached, the value.
std::optional<Answer> NumericChecker::example(const Rule& rule) const {
  const Tolerance& tolerance = rule.tolerance;
  Rational room = tolerance.relative ? *tolerance.relative * rule.target.value.abs() : Rational(0);
  if (tolerance.absolute) room = std::max(room, *tolerance.absolute);
  std::optional<Answer> first;
  for (const int halves : {0, 1, -1, 2, -2}) {
    Target target = rule.target;
    target.value = target.value + room * halves / 2;
    auto text = example_of(target, tolerance, item_.notation);
    if (!text) continue;
    Answer answer = TextAnswer{std::move(*text)};
    if (check(answer, {}).rule_id == rule.id) return answer;
    if (!first) first = std::move(answer);
    if (tolerance.kind != Tolerance::Kind::kNear) break;
  }
  return first;
}

std::vector<Entry> NumericChecker::entries() const {
  std::vector<Entry> all;
  const auto add = [&](const Rule& rule) {
    Entry entry{rule.id, rule.path, std::nullopt};
    entry.example = example(rule);
    all.push_back(std::move(entry));
  };
  add(item_.answer);
  for (const Rule& rule : item_.accepts) add(rule);
  for (const Rule& rule : item_.rejects) add(rule);
  return all;
}

Made make(const google::protobuf::Message& settings, const MakeContext& context) {
  Made made;
  if (auto item = make_item(static_cast<const v1::NumericSettings&>(settings), context, &made.problems)) {
    made.checker = std::make_unique<NumericChecker>(std::move(*item));
  }
  return made;
}

}  // namespace

CheckerType type() {
  return {"numeric", AnswerShape::kText, false, &v1::NumericSettings::descriptor, &make, &numeric::entries};
}

}  // namespace otmetka::checkers::numeric
