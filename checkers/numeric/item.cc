#include "checkers/numeric/item.h"

#include <algorithm>

#include "checkers/credit.h"
#include "checkers/numeric/normal_form.h"
#include "model/text.h"

namespace otmetka::checkers::numeric {
namespace {

std::optional<Message> say_of(const v1::LocalizedText& text) {
  if (text.ru().empty() && text.en().empty()) return std::nullopt;
  return Message{"say", {text.ru(), text.en()}};
}

std::string names_or_dash(const std::vector<std::string>& names) { return names.empty() ? "–" : joined(names); }

// Reads the settings field by field; each step reports what it cannot use and the next goes on.
class ItemMaker {
 public:
  ItemMaker(const v1::NumericSettings& settings, const MakeContext& context, std::vector<Problem>* problems)
      : settings_(settings), context_(context), problems_(problems) {}

  std::optional<Item> make() {
    read_notation();
    read_answer();
    if (failed_) return std::nullopt;  // everything below is relative to the answer
    read_unit_default();
    read_formula();
    read_tolerance();
    read_unit_shares();
    for (int i = 0; i < settings_.reject_size(); ++i) read_entry(settings_.reject(i), "reject", i, 0, &item_.rejects);
    for (int i = 0; i < settings_.accept_size(); ++i) read_entry(settings_.accept(i), "accept", i, 1, &item_.accepts);
    if (failed_) return std::nullopt;
    warn();
    return std::move(item_);
  }

 private:
  void report(Message message, std::string path, std::size_t offset = 0, std::size_t length = 0) {
    failed_ = failed_ || !message.id.starts_with("OT2");
    problems_->push_back({std::move(message), std::move(path), offset, length});
  }
  bool report(std::optional<Fault> fault, const std::string& path) {
    if (!fault) return false;
    report(std::move(fault->message), path, fault->offset, fault->length);
    return true;
  }

  void read_notation() {
    if (settings_.notation() == v1::NumericSettings::NOTATION_COMMA) item_.notation = Notation::kComma;
    if (settings_.notation() == v1::NumericSettings::NOTATION_POINT) item_.notation = Notation::kPoint;
  }

  void read_answer() {
    Rule& answer = item_.answer;
    answer.id = answer.path = "answer";
    answer.credit = 1;
    if (report(parse_target(settings_.answer(), item_.notation, &answer.target), "answer")) return;
    const auto meanings = unit_meanings(answer.target.unit.text);
    if (meanings.size() > 1) return two_units(answer.target.unit.text, meanings, "answer");
    item_.unit = answer.target.unit;
    warn_of(item_.unit, "answer");
  }

  void read_unit_default() {
    if (settings_.unit_default().empty()) return;
    const NormalForm normal(settings_.unit_default());
    const bool readable = normal.fault() == NormalFault::kNone && looks_like_unit(normal.text());
    const bool names_the_unit = item_.unit.kind == UnitKind::kNone;
    std::vector<Unit> readings(1);
    if (readable) readings = names_the_unit ? unit_meanings(normal.text()) : unit_readings(normal.text(), item_.unit);
    if (readings.size() > 1) return two_units(settings_.unit_default(), readings, "unit_default");
    Unit unit = std::move(readings.front());
    if (names_the_unit) item_.unit = item_.answer.target.unit = unit;
    if (!readable || !is_comparable(unit, item_.unit)) {
      return report({"OT153", {settings_.unit_default(), item_.unit.text}}, "unit_default");
    }
    warn_of(unit, "unit_default");
    item_.unit_default = std::move(unit);
  }

  void read_formula() {
    const auto& formula = item_.answer.target.formula;
    item_.follow.assign(settings_.follow().begin(), settings_.follow().end());
    std::vector<std::string> known;
    if (context_.keys != nullptr) {
      for (const auto& [name, value] : *context_.keys) known.push_back(name);
    }
    for (int i = 0; i < settings_.follow_size(); ++i) {
      const auto& names = formula ? formula->names() : known;
      if (formula && std::find(names.begin(), names.end(), settings_.follow(i)) != names.end()) continue;
      report({"OT155", {settings_.follow(i), names_or_dash(formula ? names : std::vector<std::string>())}}, field("follow", i));
    }
    if (!formula) return;
    for (const std::string& name : formula->names()) {
      const auto found = context_.keys == nullptr ? Bindings::const_iterator() : context_.keys->find(name);
      if (context_.keys == nullptr || found == context_.keys->end() || found->second == nullptr) {
        const std::size_t formula_at = settings_.answer().find('=') + 1;
        return report({"OT155", {name, names_or_dash(known)}}, "answer", formula_at + formula->offset_of(name), name.size());
      }
      item_.keys.insert(*found);
    }
    auto result = formula->evaluate([this](std::string_view name) { return &item_.keys.find(name)->second->value; });
    if (!result.value) return report(std::move(result.problem), "answer");
    item_.answer.target.value = std::move(*result.value);
  }

  void read_tolerance() {
    const v1::NumericTolerance& written = settings_.tolerance();
    const Target& target = item_.answer.target;
    Tolerance& tolerance = item_.answer.tolerance;
    const bool in_pieces = !written.abs().empty() || !written.rel().empty();
    const bool given = in_pieces || !written.text().empty();
    if ((target.own && given) || (in_pieces && !written.text().empty())) return report({"OT195", {}}, "tolerance");
    if (target.own) tolerance = *target.own;
    if (!written.text().empty()) {
      report(parse_tolerance(written.text(), item_.notation, item_.unit, &tolerance), "tolerance.text");
    }
    if (!written.abs().empty()) {
      report(parse_abs(written.abs(), item_.notation, item_.unit, target.in_percent, &tolerance), "tolerance.abs");
    }
    if (!written.rel().empty()) report(parse_rel(written.rel(), item_.notation, &tolerance), "tolerance.rel");
    if (!target.range) return;
    if (given && !failed_) report({"OT195", {}}, "tolerance");
    tolerance.kind = Tolerance::Kind::kRange;
    tolerance.range = *target.range;
  }

  // What to point at where the tolerance itself is doubtful.
  std::string tolerance_path() const {
    const v1::NumericTolerance& written = settings_.tolerance();
    if (!settings_.has_tolerance()) return "answer";
    if (!written.text().empty()) return "tolerance.text";
    if (written.abs().empty() != written.rel().empty()) return written.rel().empty() ? "tolerance.abs" : "tolerance.rel";
    return "tolerance";
  }

  Ratio share_of(const v1::Ratio& wire, const std::string& path) {
    const auto ratio = read_ratio(wire);
    if (ratio && !ratio->is_negative() && *ratio <= Ratio(1)) return *ratio;
    report({"OT137", {std::to_string(wire.num()) + "/" + std::to_string(wire.den()), Ratio(0), Ratio(1)}}, path);
    return 0;
  }

  void read_unit_shares() {
    const v1::NumericUnit& unit = settings_.unit();
    if (unit.has_required() && !unit.required()) item_.missing = 1;
    if (unit.has_missing()) item_.missing = share_of(unit.missing(), "unit.missing");
    if (unit.has_wrong()) item_.wrong = share_of(unit.wrong(), "unit.wrong");
    if (unit.has_extra()) item_.extra = share_of(unit.extra(), "unit.extra");
    const bool useless = item_.unit.kind == UnitKind::kNone && (unit.has_missing() || unit.has_wrong() || unit.has_required());
    if (useless) report({"OT252", {}}, "unit");
  }

  static std::string field(std::string_view name, int index) {
    return std::string(name) + "[" + std::to_string(index) + "]";
  }

  template <class EntrySettings>
  void read_entry(const EntrySettings& entry, std::string_view list, int index, Ratio credit, std::vector<Rule>* rules) {
    Rule rule;
    rule.id = rule.path = field(list, index);
    const std::string path = rule.path + ".value";
    if (report(parse_target(entry.value(), item_.notation, &rule.target), path)) return;
    if (rule.target.formula) return report({"OT156", {"="}}, path);
    Target& target = rule.target;
    if (target.unit.kind == UnitKind::kNone) {
      target.unit = item_.unit;
    } else {
      std::vector<Unit> readings = unit_readings(target.unit.text, item_.unit);
      if (readings.size() > 1) return two_units(target.unit.text, readings, path);
      target.unit = std::move(readings.front());
      warn_of(target.unit, path);
      rule.own_quantity = !is_comparable(target.unit, item_.unit);
      if (!rule.own_quantity) convert_target(item_.unit, &target);
    }
    rule.tolerance = target.own ? *target.own : inherited();
    if (target.range) {
      rule.tolerance.kind = Tolerance::Kind::kRange;
      rule.tolerance.range = *target.range;
    }
    rule.credit = entry.has_score() ? share_of(entry.score(), rule.path + ".score") : credit;
    rule.say = say_of(entry.say());
    rule.tag = entry.tag();
    rules->push_back(std::move(rule));
  }

  // A range says where the answer may lie, which is nothing to say of another value.
  Tolerance inherited() const {
    return item_.answer.tolerance.kind == Tolerance::Kind::kRange ? Tolerance{} : item_.answer.tolerance;
  }

  void warn_of(const Unit& unit, const std::string& path) {
    if (unit.kind == UnitKind::kUnknown) report({"OT251", {unit.text}}, path);
    if (unit.folded) report({"OT253", {unit.text}}, path);
  }

  void two_units(const std::string& text, const std::vector<Unit>& readings, const std::string& path) {
    report({"OT643", {text, readings[0].text, readings[1].text}}, path);
  }

  // A share of nothing is nothing, and zero has no significant figures.
  void warn_of_zero() {
    const Target& target = item_.answer.target;
    const Tolerance& tolerance = item_.answer.tolerance;
    if (target.range || !target.value.is_zero()) return;
    const bool share_only = tolerance.kind == Tolerance::Kind::kNear && !tolerance.absolute;
    if (share_only || tolerance.kind == Tolerance::Kind::kFigures) {
      report({"OT254", {}}, tolerance_path());
    }
  }

  // Nothing is taken of a scale like °C: its zero is a point like others.
  void warn_of_room_for_zero() {
    const Rational& value = item_.answer.target.value;
    const Tolerance& tolerance = item_.answer.tolerance;
    if (tolerance.kind != Tolerance::Kind::kNear || value.is_zero() || !item_.unit.offset.is_zero()) return;
    const bool wide = (tolerance.absolute && *tolerance.absolute >= value.abs()) || (tolerance.relative && *tolerance.relative >= 1);
    if (wide) report({"OT256", {number_arg(value * 2)}}, tolerance_path());
  }

  void warn() {
    warn_of_zero();
    warn_of_room_for_zero();
    if (settings_.unit().has_missing() && item_.unit_default.kind != UnitKind::kNone) report({"OT255", {}}, "unit.missing");
    const Tolerance& tolerance = item_.answer.tolerance;
    if (tolerance.kind == Tolerance::Kind::kExact && !tolerance.on_purpose && !item_.answer.target.value.is_integer()) {
      report({"OT250", {number_arg(item_.answer.target.value)}}, "answer");
    }
  }

  const v1::NumericSettings& settings_;
  const MakeContext& context_;
  std::vector<Problem>* problems_;
  Item item_;
  bool failed_ = false;
};

}  // namespace

std::optional<Rational> Item::followed(const Bindings& values, bool* no_value) const {
  *no_value = false;
  if (!answer.target.formula) return std::nullopt;
  std::map<std::string, Rational, std::less<>> replaced;
  for (const std::string& name : follow) {
    const auto given = values.find(name);
    const auto key = keys.find(name);
    if (given == values.end() || given->second == nullptr || key == keys.end()) continue;
    const Quantity& theirs = *given->second;
    const Unit& wanted = key->second->unit;
    if (theirs.unit.kind == UnitKind::kNone || wanted.kind == UnitKind::kNone) {
      replaced.emplace(name, theirs.value);
    } else if (is_comparable(theirs.unit, wanted)) {
      replaced.emplace(name, convert(theirs.value, theirs.unit, wanted));
    }
  }
  if (replaced.empty()) return std::nullopt;
  const auto result = answer.target.formula->evaluate([&](std::string_view name) -> const Rational* {
    const auto found = replaced.find(name);
    return found != replaced.end() ? &found->second : &keys.find(name)->second->value;
  });
  *no_value = !result.value;
  return result.value;
}

Int128 Item::credit_denominator() const {
  Int128 all = 1;
  for (const auto* rules : {&accepts, &rejects}) {
    for (const Rule& rule : *rules) all = common_denominator(all, rule.credit.den());
  }
  Int128 shares = 1;
  for (const Ratio& share : {missing, wrong, extra}) shares = common_denominator(shares, share.den());
  return all > kTooFine / shares ? kTooFine : all * shares;
}

std::optional<Item> make_item(const v1::NumericSettings& settings, const MakeContext& context,
                              std::vector<Problem>* problems) {
  return ItemMaker(settings, context, problems).make();
}

}  // namespace otmetka::checkers::numeric
