#include "checkers/numeric/judgement.h"

namespace otmetka::checkers::numeric {
namespace {

// The value as a rule of another quantity sees it; nullopt where the answer is not of that quantity.
std::optional<Rational> value_for(const Rule& rule, const Given& given) {
  if (!rule.own_quantity) return given.value;
  if (given.unit->kind == UnitKind::kNone || !is_comparable(*given.unit, rule.target.unit)) return std::nullopt;
  return convert(given.reading->value, *given.unit, rule.target.unit);
}

bool is_met(const Rule& rule, const Given& given, const Rational* key) {
  const auto value = value_for(rule, given);
  return value && rule.tolerance.accepts(key != nullptr ? *key : rule.target.value, *value, *given.reading);
}

bool is_met_exactly(const Rule& rule, const Given& given, const Rational* key) {
  if (key != nullptr) return given.value == *key;
  const auto value = value_for(rule, given);
  return value && rule.is_exactly(*value);
}

const Rule* find_met(const std::vector<Rule>& rules, const Given& given, bool* exactly, std::vector<Message>* trace) {
  for (const Rule& rule : rules) {
    *exactly = is_met_exactly(rule, given, nullptr) && is_met(rule, given, nullptr);
    if (*exactly) return &rule;
  }
  for (const Rule& rule : rules) {
    if (is_met(rule, given, nullptr)) return &rule;
    if (trace != nullptr) trace->push_back({"numeric.not_met", {rule.id}});
  }
  return nullptr;
}

Judgement find_rule(const Item& item, const Given& given, const Rational* key, std::vector<Message>* trace) {
  Judgement found;
  const bool takes_answer = is_met(item.answer, given, key);
  found.exactly = takes_answer && given.state != UnitState::kWrong && is_met_exactly(item.answer, given, key);
  if (found.exactly) {
    found.rule = &item.answer;
    return found;
  }
  for (const auto* rules : {&item.rejects, &item.accepts}) {
    found.rule = find_met(*rules, given, &found.exactly, trace);
    if (found.rule != nullptr) return found;
  }
  if (takes_answer) {
    found.rule = &item.answer;
  } else if (trace != nullptr) {
    trace->push_back({"numeric.not_met", {item.answer.id}});
  }
  return found;
}

Ratio unit_share(const Item& item, const Given& given, const Rule* rule) {
  if (rule != nullptr && rule->own_quantity) return 1;
  switch (given.state) {
    case UnitState::kRight:
    case UnitState::kDefault: return 1;
    case UnitState::kMissing: return item.missing;
    case UnitState::kWrong: return item.wrong;
    case UnitState::kExtra: return item.extra;
  }
  return 1;
}

// The number is the key, rounded or written otherwise than asked.
std::optional<Message> wants_rounding(const Item& item, const Given& given) {
  const Tolerance& tolerance = item.answer.tolerance;
  const bool figures = tolerance.kind == Tolerance::Kind::kFigures;
  if (!figures && tolerance.kind != Tolerance::Kind::kPlaces) return std::nullopt;
  if (tolerance.target(given.value) != tolerance.target(item.answer.target.value)) return std::nullopt;
  return Message{figures ? "numeric.figures" : "numeric.places", {std::int64_t{tolerance.digits}}};
}

}  // namespace

bool Judgement::same_verdict(const Judgement& other) const {
  const auto tag = [](const Judgement& judgement) { return judgement.rule == nullptr ? std::string() : judgement.rule->tag; };
  return credit == other.credit && rule == other.rule && tag(*this) == tag(other);
}

Given bring_to_unit(const Item& item, const Reading& reading, const Unit& unit) {
  Given given{&reading, &unit, reading.value, UnitState::kRight};
  if (item.unit.kind == UnitKind::kNone) {
    if (unit.kind == UnitKind::kNone) return given;
    if (unit.is_plain_number()) {
      given.value = reading.value * unit.factor;  // 3 млн, 2 рад
    } else {
      given.state = UnitState::kExtra;
    }
  } else if (unit.kind == UnitKind::kNone) {
    given.state = item.unit_default.kind == UnitKind::kNone ? UnitState::kMissing : UnitState::kDefault;
    if (given.state == UnitState::kDefault) given.value = convert(reading.value, item.unit_default, item.unit);
  } else if (is_comparable(unit, item.unit)) {
    given.value = convert(reading.value, unit, item.unit);
  } else {
    given.state = UnitState::kWrong;
  }
  return given;
}

Judgement judge(const Item& item, const Given& given, const Rational* key, std::vector<Message>* trace) {
  Judgement judgement = find_rule(item, given, key, trace);
  judgement.unit_share = unit_share(item, given, judgement.rule);
  if (judgement.rule == nullptr) return judgement;
  judgement.credit = judgement.rule->credit * judgement.unit_share;
  if (trace != nullptr) {
    trace->push_back({judgement.exactly ? "numeric.met_exactly" : "numeric.met", {judgement.rule->id}});
    trace->push_back({"numeric.arithmetic", {judgement.rule->credit, judgement.unit_share, judgement.credit}});
  }
  return judgement;
}

std::vector<Message> feedback_of(const Item& item, const Given& given, const Judgement& judgement) {
  std::vector<Message> feedback;
  const Rule* rule = judgement.rule;
  if (rule != nullptr && rule->say) feedback.push_back(*rule->say);
  const bool number_right = rule != nullptr && !rule->credit.is_zero();
  const bool unit_counts = rule == nullptr || !rule->own_quantity;
  if (given.state == UnitState::kMissing && number_right) feedback.push_back({"numeric.unit_missing", {}});
  if (given.state == UnitState::kWrong && unit_counts) {
    const bool known = given.unit->kind == UnitKind::kKnown;
    feedback.push_back({known ? "numeric.unit_wrong" : "numeric.unit_unknown", {given.unit->text}});
  }
  if (given.state == UnitState::kExtra && number_right && judgement.unit_share < Ratio(1)) {
    feedback.push_back({"numeric.unit_extra", {}});
  }
  if (!feedback.empty() || judgement.credit == Ratio(1)) return feedback;
  if (!judgement.credit.is_zero()) {
    feedback.push_back({"numeric.partial", {}});
  } else if (rule != nullptr) {
    feedback.push_back({"numeric.rejected", {}});
  } else if (auto rounding = wants_rounding(item, given)) {
    feedback.push_back(std::move(*rounding));
  } else {
    feedback.push_back({"numeric.wrong", {}});
  }
  return feedback;
}

}  // namespace otmetka::checkers::numeric
