#include "checkers/choice/choice.h"

#include <algorithm>
#include <unordered_set>

#include "checkers/choice/choice.pb.h"
#include "checkers/choice/messages.h"
#include "checkers/choice/option_ids.h"
#include "checkers/choice/scoring.h"
#include "checkers/credit.h"
#include "checkers/typed_text.h"
#include "model/text.h"

namespace otmetka::checkers::choice {
namespace {

using Settings = v1::ChoiceSettings;

constexpr std::size_t kMaxOptions = 200;  // in each of the two lists, as in choice.proto

std::string rule_name(Settings::Scoring rule) {
  std::string name = Settings::Scoring_Name(rule).substr(std::string_view("SCORING_").size());
  std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c == '_' ? c : static_cast<char>(c - 'A' + 'a'); });
  return name;
}

bool needs_all_options(Settings::Scoring rule) {
  return rule == Settings::SCORING_PER_OPTION || rule == Settings::SCORING_COVERAGE || rule == Settings::SCORING_HALVES;
}

// What an answer ticks, once every name is understood.
struct Ticks {
  std::vector<bool> known;                 // by option
  std::unordered_set<std::string> others;  // wrong ones of a choice that does not list them
  std::vector<Message> read_as;
};

class ChoiceChecker : public Checker {
 public:
  ChoiceChecker(OptionIds ids, std::size_t right, Scoring scoring)
      : ids_(std::move(ids)), right_(right), scoring_(std::move(scoring)),
        denominator_(scoring_.denominator(count(right_), count(ids_.size() - right_))) {}

  Outcome check(const Answer& answer, const CheckContext& context) const override {
    if (const auto* text = std::get_if<TextAnswer>(&answer)) {
      if (!trim_label(text->text).empty()) return check_set({text->text}, context);
      Outcome out;
      out.status = Verdict::kNotAttempted;
      return out;
    }
    if (const auto* choice = std::get_if<ChoiceAnswer>(&answer)) return check_set(choice->ticked, context);
    if (const auto* list = std::get_if<SequenceAnswer>(&answer)) return check_set(list->elements, context);
    return wrong_shape(AnswerShape::kChoice, answer);
  }

  Int128 credit_denominator() const override { return denominator_; }

 private:
  static std::int64_t count(std::size_t n) { return static_cast<std::int64_t>(n); }
  // Where the scoring counts all options, those that are named are all there are.
  bool lists_all() const { return ids_.size() > right_ || needs_all_options(scoring_.rule); }

  Outcome check_set(const std::vector<std::string>& ticked, const CheckContext& context) const {
    Ticks ticks;
    ticks.known.resize(ids_.size());
    for (const std::string& typed : ticked) {
      if (auto problem = tick(typed, ticks)) return invalid(std::move(*problem));
    }
    const Counts counts = counts_of(ticks);
    Outcome out;
    out.credit = scoring_.credit(counts);
    out.rule_id = rule_of(out.credit);
    out.answer_key = key_of(ticks);
    if (out.credit < Ratio(1)) out.feedback.push_back({feedback_id(out.credit, ticked.empty()), {}});
    if (context.explain) out.trace = trace_of(ticked, std::move(ticks), counts, out.credit);
    return out;
  }

  // Marks one name; the reason when it cannot be.
  std::optional<Message> tick(const std::string& typed, Ticks& ticks) const {
    const std::string name = plain(typed);
    const auto index = ids_.find(name);
    if (!index && lists_all()) return unknown(name.empty() ? typed : name);
    const bool fresh = index ? !ticks.known[*index] : ticks.others.emplace(name).second;
    if (!fresh) return Message{"choice.repeated", {visible(name)}};
    if (!index) return std::nullopt;
    ticks.known[*index] = true;
    if (ids_.id(*index) != trim_label(typed)) ticks.read_as.push_back({"choice.read_as", {visible(trim_label(typed)), ids_.id(*index)}});
    return std::nullopt;
  }

  // «a, b» is probably a and b.
  Message unknown(std::string_view name) const {
    std::string bars;
    for (std::string_view rest = name; !rest.empty();) {
      const std::size_t end = rest.find_first_of(",; ");
      const std::string_view piece = trim_label(rest.substr(0, end));
      rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
      if (piece.empty()) continue;
      if (!ids_.find(piece)) return {"choice.unknown", {visible(name), options()}};
      bars += (bars.empty() ? "" : "|") + std::string(piece);
    }
    if (bars.empty()) return {"choice.unknown", {visible(name), options()}};
    return {"choice.unknown_list", {visible(name), options(), quote(bars)}};
  }

  Counts counts_of(const Ticks& ticks) const {
    const auto middle = ticks.known.begin() + count(right_);
    Counts out;
    out.right = std::count(ticks.known.begin(), middle, true);
    out.wrong = std::count(middle, ticks.known.end(), true) + count(ticks.others.size());
    out.all_right = count(right_);
    out.options = lists_all() ? count(ids_.size()) : 0;
    return out;
  }

  // Sorted, not in the spec's order: that begins with the right ones.
  std::string options() const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < ids_.size(); ++i) names.push_back(ids_.id(i));
    std::sort(names.begin(), names.end());
    return joined(names, ", ");
  }

  std::string key_of(const Ticks& ticks) const {
    std::vector<std::string> names(ticks.others.begin(), ticks.others.end());
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      if (ticks.known[i]) names.push_back(ids_.id(i));
    }
    if (names.empty()) return "∅";
    std::sort(names.begin(), names.end());
    return cut_key(quote(joined(names, "|")));
  }

  static std::string feedback_id(const Ratio& credit, bool empty) {
    if (empty) return "choice.empty";
    if (credit.is_negative()) return "choice.penalty";
    return credit.is_zero() ? "choice.wrong" : "choice.partial";
  }

  std::vector<Message> trace_of(const std::vector<std::string>& ticked, Ticks ticks, const Counts& counts,
                                const Ratio& credit) const {
    std::vector<std::string> right;
    for (std::size_t i = 0; i < right_; ++i) right.push_back(ids_.id(i));
    std::vector<Message> out;
    out.push_back({"choice.typed", {ticked.empty() ? "∅" : quote(joined(ticked, ", "))}});
    std::move(ticks.read_as.begin(), ticks.read_as.end(), std::back_inserter(out));
    out.push_back({"choice.right_ones", {right.empty() ? "∅" : joined(right, ", ")}});
    out.push_back({"choice.counts", {counts.right, counts.all_right, counts.wrong}});
    out.push_back({"choice.arithmetic", {rule_name(scoring_.rule), scoring_.formula(counts), credit}});
    return out;
  }

  OptionIds ids_;  // the right ones first
  std::size_t right_;
  Scoring scoring_;
  Int128 denominator_;
};

// An option without an id of its own is called by its text.
std::string name_of(const v1::ChoiceOption& option) {
  for (const std::string* name : {&option.id(), &option.label().ru(), &option.label().en()}) {
    if (const auto trimmed = trim_label(*name); !trimmed.empty()) return std::string(trimmed);
  }
  return {};
}

void add_options(const google::protobuf::RepeatedPtrField<v1::ChoiceOption>& options, const std::string& field, OptionIds& ids,
                 std::vector<Problem>& problems) {
  for (int i = 0; i < options.size(); ++i) {
    const std::string path = field + "[" + std::to_string(i) + "]";
    std::string name = name_of(options[i]);
    if (name.empty()) {
      problems.push_back({{"OT186", {}}, path, 0, 0});
    } else if (const auto clash = ids.add(name)) {
      problems.push_back({{"OT192", {ids.id(*clash), name}}, path, 0, 0});
    }
  }
}

Scoring read_scoring(const Settings& settings, std::vector<Problem>& problems) {
  Scoring out;
  if (settings.scoring() != Settings::SCORING_UNSPECIFIED) out.rule = settings.scoring();
  const bool by_table = out.rule == Settings::SCORING_BY_ERRORS;
  if (settings.by_errors_size() > 0) {
    if (!by_table && settings.scoring() != Settings::SCORING_UNSPECIFIED) problems.push_back({{"OT188", {}}, "scoring", 0, 0});
    out.rule = Settings::SCORING_BY_ERRORS;
    out.table = ErrorTable::read(settings.by_errors(), problems).value_or(ErrorTable());
  } else if (by_table) {
    problems.push_back({{"OT188", {}}, "scoring", 0, 0});
  }
  if (needs_all_options(out.rule) && settings.wrong_size() == 0) {
    problems.push_back({{"OT276", {rule_name(out.rule)}}, "scoring", 0, 0});
  }
  const auto floor = read_ratio(settings.floor());
  const bool can_be_negative = out.rule == Settings::SCORING_RIGHT_MINUS_WRONG;
  if (!floor || *floor > Ratio(0) || *floor < Ratio(-1) || (floor->is_negative() && !can_be_negative)) {
    problems.push_back({{"OT196", {}}, "floor", 0, 0});
  } else {
    out.floor = *floor;
  }
  return out;
}

Made make(const google::protobuf::Message& message, const MakeContext&) {
  const auto& settings = static_cast<const Settings&>(message);
  Made out;
  const auto size = static_cast<std::size_t>(settings.right_size()) + static_cast<std::size_t>(settings.wrong_size());
  if (!Settings::Scoring_IsValid(settings.scoring()) || size > 2 * kMaxOptions) {
    out.problems.push_back({{"OT177", {std::string("choice")}}, "", 0, 0});
    return out;
  }
  if (size == 0) out.problems.push_back({{"OT190", {std::string("choice")}}, "", 0, 0});
  OptionIds ids;
  add_options(settings.right(), "right", ids, out.problems);
  add_options(settings.wrong(), "wrong", ids, out.problems);
  Scoring scoring = read_scoring(settings, out.problems);
  const bool sound = std::all_of(out.problems.begin(), out.problems.end(),
                                 [](const Problem& problem) { return problem.message.id.starts_with("OT2"); });
  if (!sound) return out;
  const auto right = static_cast<std::size_t>(settings.right_size());
  out.checker = std::make_unique<ChoiceChecker>(std::move(ids), right, std::move(scoring));
  return out;
}

}  // namespace

CheckerType type() { return {"choice", AnswerShape::kChoice, false, &Settings::descriptor, &make, &entries}; }

}  // namespace otmetka::checkers::choice
