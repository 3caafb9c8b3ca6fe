#include "checkers/text/text.h"

#include <utility>

#include "checkers/credit.h"
#include "checkers/text/messages.h"
#include "checkers/text/rules.h"
#include "checkers/text/typos.h"

namespace otmetka::checkers::text {
namespace {

enum class Rank { kLiteral, kPattern, kTypo };

// The entry that decides, and how it was met.
struct Hit {
  RuleIndex rule = 0;
  Rank rank = Rank::kLiteral;
  std::size_t table = 0;
  int typos = 0;
};

class TextChecker final : public Checker {
 public:
  explicit TextChecker(Rules rules) : rules_(std::move(rules)) {}

  Outcome check(const Answer& answer, const CheckContext& context) const override;
  std::vector<Entry> entries() const override;
  Int128 credit_denominator() const override;

 private:
  using Forms = std::vector<Normalized>;  // the answer towards each table's script

  bool normalize(std::string_view typed, Forms& forms) const;
  std::optional<Hit> find(const Forms& forms) const;
  std::optional<Hit> find_literal(const Forms& forms) const;
  std::optional<Hit> find_pattern(const Forms& forms) const;
  std::optional<Hit> find_typo(const Forms& forms) const;
  void offer(std::optional<Hit>& best, const Hit& hit) const;
  bool mixes_alphabets(std::string_view typed, const Normalized& form, const Hit& hit) const;
  void judge(std::string_view typed, const Forms& forms, const Hit& hit, Outcome& out) const;
  void explain(std::string_view typed, const Forms& forms, const std::optional<Hit>& hit, Outcome& out) const;

  Rules rules_;
};

bool TextChecker::normalize(std::string_view typed, Forms& forms) const {
  forms.resize(rules_.tables.size());
  for (std::size_t i = 0; i < forms.size(); ++i) {
    if (!rules_.tables[i].normalizer.normalize(typed, forms[i])) return false;
  }
  return true;
}

void TextChecker::offer(std::optional<Hit>& best, const Hit& hit) const {
  if (!best || rules_.wins(hit.rule, best->rule)) best = hit;
}

std::optional<Hit> TextChecker::find(const Forms& forms) const {
  if (auto hit = find_literal(forms)) return hit;
  if (auto hit = find_pattern(forms)) return hit;
  return find_typo(forms);
}

std::optional<Hit> TextChecker::find_literal(const Forms& forms) const {
  std::optional<Hit> best;
  for (std::size_t i = 0; i < forms.size(); ++i) {
    const auto found = rules_.tables[i].literals.find(forms[i].text);
    if (found != rules_.tables[i].literals.end()) offer(best, {found->second, Rank::kLiteral, i});
  }
  return best;
}

std::optional<Hit> TextChecker::find_pattern(const Forms& forms) const {
  std::optional<Hit> best;
  for (std::size_t i = 0; i < forms.size(); ++i) {
    for (const Table::Covering& entry : rules_.tables[i].patterns) {
      const bool can_win = !best || rules_.wins(entry.rule, best->rule);
      if (can_win && entry.pattern->covers(forms[i].text)) offer(best, {entry.rule, Rank::kPattern, i});
    }
  }
  return best;
}

std::optional<Hit> TextChecker::find_typo(const Forms& forms) const {
  std::optional<Hit> best;
  if (rules_.typos == 0) return best;
  for (std::size_t i = 0; i < forms.size(); ++i) {
    const Table& table = rules_.tables[i];
    const auto answer = graphemes(forms[i].text, table.longest_forgiving + static_cast<std::size_t>(rules_.typos) + 1);
    for (const Table::Forgiving& entry : table.forgiving) {
      if (best && !rules_.wins(entry.rule, best->rule)) continue;
      if (const auto typos = edit_distance(entry.key, answer, rules_.typos)) offer(best, {entry.rule, Rank::kTypo, i, *typos});
    }
  }
  return best;
}

// A key such as `витамин C` changes by folding too: what counts is that the answer was not written as the key is.
bool TextChecker::mixes_alphabets(std::string_view typed, const Normalized& form, const Hit& hit) const {
  if (!contains(form.changed, Step::kLookalikes)) return false;
  const Rule& rule = rules_.rules[hit.rule];
  if (hit.rank != Rank::kLiteral) return !rule.has_lookalikes;
  Normalized plain;
  return !rules_.plain.normalize(typed, plain) || plain.text != rule.plain;
}

void TextChecker::judge(std::string_view typed, const Forms& forms, const Hit& hit, Outcome& out) const {
  const Rule& rule = rules_.rules[hit.rule];
  out.credit = rule.credit;
  out.rule_id = rule.id;
  out.tag = rule.tag;
  if (rule.say) {
    out.feedback.push_back(*rule.say);
  } else if (rule.credit < Ratio(1)) {
    out.feedback.push_back({rule.credit.is_zero() ? "text.wrong" : "text.partial", {}});
  }
  if (mixes_alphabets(typed, forms[hit.table], hit)) out.feedback.push_back({"text.homoglyph", {}});
  if (hit.rank == Rank::kTypo && !rule.credit.is_zero()) out.feedback.push_back({"text.typo", {std::int64_t{hit.typos}}});
}

void TextChecker::explain(std::string_view typed, const Forms& forms, const std::optional<Hit>& hit, Outcome& out) const {
  const Normalized& form = forms[hit ? hit->table : 0];
  out.trace.push_back({"text.typed", {quote(typed)}});
  for (const std::string_view step : step_names(form.changed)) out.trace.push_back({"text.step." + std::string(step), {}});
  out.trace.push_back({"text.normalized", {quote(form.text)}});
  if (!hit) {
    out.trace.push_back({"text.no_entry", {static_cast<std::int64_t>(rules_.rules.size())}});
  } else {
    const Rule& rule = rules_.rules[hit->rule];
    if (hit->rank == Rank::kLiteral) out.trace.push_back({"text.by_text", {rule.id, quote(rule.shown)}});
    if (hit->rank == Rank::kPattern) out.trace.push_back({"text.by_pattern", {rule.id, quote(rule.shown)}});
    if (hit->rank == Rank::kTypo) {
      out.trace.push_back({"text.by_typo", {rule.id, quote(rule.shown), std::int64_t{hit->typos}}});
    }
  }
  out.trace.push_back({"text.credit", {out.credit}});
}

Outcome TextChecker::check(const Answer& answer, const CheckContext& context) const {
  const auto* text = std::get_if<TextAnswer>(&answer);
  if (text == nullptr) return wrong_shape(AnswerShape::kText, answer);
  Forms forms;
  if (!normalize(text->text, forms)) {
    Outcome out = invalid({"text.not_text", {}});
    if (context.explain) out.trace.push_back({"text.typed", {quote(text->text)}});
    return out;
  }
  Outcome out;
  std::optional<Hit> hit;
  if (forms[0].text.find_first_not_of(' ') == std::string::npos) {
    out.status = Verdict::kNotAttempted;
  } else if ((hit = find(forms))) {
    judge(text->text, forms, *hit, out);
  } else {
    out.feedback.push_back({"text.wrong", {}});
  }
  if (context.explain) explain(text->text, forms, hit, out);
  out.answer_key = cut_key(std::move(forms[hit ? hit->table : 0].text));
  return out;
}

std::vector<Entry> TextChecker::entries() const {
  std::vector<Entry> entries;
  for (const Rule& rule : rules_.rules) {
    if (rule.id.starts_with("answer")) continue;
    Entry entry{rule.id, rule.path, std::nullopt};
    if (!rule.is_pattern) entry.example = TextAnswer{rule.shown};
    entries.push_back(std::move(entry));
  }
  return entries;
}

Int128 TextChecker::credit_denominator() const {
  Int128 denominator = 1;
  for (const Rule& rule : rules_.rules) denominator = common_denominator(denominator, rule.credit.den());
  return denominator;
}

Made make(const google::protobuf::Message& settings, const MakeContext&) {
  Made made;
  auto rules = read_rules(static_cast<const v1::TextSettings&>(settings), made.problems);
  if (rules) made.checker = std::make_unique<TextChecker>(std::move(*rules));
  return made;
}

}  // namespace

CheckerType type() { return {"text", AnswerShape::kText, false, &v1::TextSettings::descriptor, &make, &text_messages}; }

}  // namespace otmetka::checkers::text
