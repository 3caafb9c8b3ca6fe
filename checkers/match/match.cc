#include "checkers/match/match.h"

#include <array>
#include <set>
#include <unordered_map>

#include "checkers/credit.h"
#include "checkers/match/match.pb.h"
#include "checkers/text/labels.h"
#include "checkers/typed_text.h"

namespace otmetka::checkers::match {
namespace {

using Settings = v1::MatchSettings;

constexpr int kMaxPairs = 200;

const auto kEntries = std::to_array<messages::Entry>({
    {.id = "match.wrong", .ru = "Верных пар нет.", .en = "No pair is right."},
    {.id = "match.partial", .ru = "Верных пар: {0} из {1}.", .en = "Right pairs: {0} of {1}."},
    {.id = "match.unknown_left", .ru = "Слева нет «{0}».", .en = "There is no “{0}” on the left."},
    {.id = "match.unknown_right", .ru = "Справа нет «{0}».", .en = "There is no “{0}” on the right."},
    {.id = "match.repeated", .ru = "Для «{0}» указано два ответа.", .en = "“{0}” is answered twice."},
    {.id = "match.typed", .ru = "«{0}» — «{1}»", .en = "“{0}” – “{1}”"},
    {.id = "match.pair_right", .ru = "«{0}»: верно", .en = "“{0}”: right"},
    {.id = "match.pair_wrong", .ru = "«{0}»: неверно, нужно «{1}»", .en = "“{0}”: wrong, “{1}” belongs to it"},
    {.id = "match.pair_missing", .ru = "«{0}»: нет ответа, нужно «{1}»", .en = "“{0}”: no answer, “{1}” belongs to it"},
    {.id = "match.arithmetic", .ru = "верных пар {0} из {1} → {2}", .en = "right pairs {0} of {1} → {2}"},
});

std::span<const messages::Entry> entries() { return kEntries; }

struct Pair {
  std::string left;
  std::string right;
};

// What to each left, in the spec's order; an empty text where there is no answer.
using Rights = std::vector<std::string>;

class MatchChecker : public Checker {
 public:
  MatchChecker(std::vector<Pair> pairs, std::set<std::string, std::less<>> rights, Settings::Scoring rule, ErrorTable table)
      : pairs_(std::move(pairs)), rights_(std::move(rights)), rule_(rule), table_(std::move(table)) {
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      index_.emplace(pairs_[i].left, i);
      left_labels_.add(pairs_[i].left);
    }
    for (const std::string& right : rights_) right_labels_.add(right);
  }

  Outcome check(const Answer& answer, const CheckContext& context) const override {
    const auto* text = std::get_if<TextAnswer>(&answer);
    const auto* mapping = std::get_if<MappingAnswer>(&answer);
    const bool blank = text != nullptr && trim_label(text->text).empty();
    if (mapping == nullptr && !blank) return wrong_shape(AnswerShape::kMapping, answer);
    Rights rights(pairs_.size());
    if (!blank) {
      if (auto problem = read(*mapping, rights)) return invalid(std::move(*problem));
    }
    return judge(rights, context);
  }

  Int128 credit_denominator() const override {
    if (rule_ == Settings::SCORING_BY_ERRORS) return table_.denominator();
    return rule_ == Settings::SCORING_PER_PAIR ? static_cast<Int128>(pairs_.size()) : 1;
  }

 private:
  std::optional<Message> read(const MappingAnswer& mapping, Rights& rights) const {
    std::vector<bool> seen(pairs_.size());
    for (const auto& [typed_left, typed_right] : mapping.pairs) {
      const auto left = left_labels_.find(typed_left);
      if (!left) return Message{"match.unknown_left", {visible(trim_label(typed_left))}};
      const auto at = index_.find(*left);
      if (seen[at->second]) return Message{"match.repeated", {*left}};
      seen[at->second] = true;
      const std::string_view typed = trim_label(typed_right);
      const auto right = right_labels_.find(typed);
      if (!right && !typed.empty()) return Message{"match.unknown_right", {visible(typed)}};
      rights[at->second] = right.value_or(std::string());
    }
    return std::nullopt;
  }

  Outcome judge(const Rights& rights, const CheckContext& context) const {
    Outcome out;
    std::size_t given = 0;
    std::size_t right = 0;
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      given += rights[i].empty() ? 0U : 1U;
      right += rights[i] == pairs_[i].right ? 1U : 0U;
    }
    if (given == 0) {
      out.status = Verdict::kNotAttempted;
      return out;
    }
    out.credit = credit_of(right);
    out.rule_id = rule_of(out.credit);
    out.answer_key = key_of(rights);
    const auto found = static_cast<std::int64_t>(right);
    const auto all = static_cast<std::int64_t>(pairs_.size());
    if (right == 0) out.feedback.push_back({"match.wrong", {}});
    if (right > 0 && right < pairs_.size()) out.feedback.push_back({"match.partial", {found, all}});
    if (context.explain) {
      out.trace = trace_of(rights);
      out.trace.push_back({"match.arithmetic", {found, all, out.credit}});
    }
    return out;
  }

  Ratio credit_of(std::size_t right) const {
    const std::size_t errors = pairs_.size() - right;
    if (rule_ == Settings::SCORING_BY_ERRORS) return table_.credit(errors);
    if (rule_ == Settings::SCORING_ALL_OR_NOTHING) return errors == 0 ? 1 : 0;
    return Ratio(static_cast<Int128>(right), static_cast<Int128>(pairs_.size()));
  }

  std::string key_of(const Rights& rights) const {
    std::string out;
    for (std::size_t i = 0; i < pairs_.size() && out.size() <= 256; ++i) {
      if (!rights[i].empty()) out += (out.empty() ? "" : "|") + pairs_[i].left + "=" + rights[i];
    }
    return cut_key(std::move(out));
  }

  std::vector<Message> trace_of(const Rights& rights) const {
    std::vector<Message> out;
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      if (!rights[i].empty()) out.push_back({"match.typed", {pairs_[i].left, rights[i]}});
    }
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      const auto& [left, right] = pairs_[i];
      if (rights[i] == right) {
        out.push_back({"match.pair_right", {left}});
      } else {
        out.push_back({rights[i].empty() ? "match.pair_missing" : "match.pair_wrong", {left, right}});
      }
    }
    return out;
  }

  std::vector<Pair> pairs_;
  std::unordered_map<std::string, std::size_t> index_;
  std::set<std::string, std::less<>> rights_;
  text::Labels left_labels_;
  text::Labels right_labels_;
  Settings::Scoring rule_;
  ErrorTable table_;
};

class Reader {
 public:
  explicit Reader(const Settings& settings) : settings_(settings) {}

  Made read() {
    Settings::Scoring rule = settings_.scoring();
    if (!Settings::Scoring_IsValid(rule) || settings_.pairs_size() > kMaxPairs || settings_.distractors_size() > kMaxPairs) {
      fail("OT177", "", {std::string("match")});
      return std::move(made_);
    }
    if (settings_.pairs_size() == 0) fail("OT190", "pairs", {std::string("match")});
    for (int i = 0; i < settings_.pairs_size(); ++i) pair(i);
    for (int i = 0; i < settings_.distractors_size(); ++i) distractor(i);
    const auto table = ErrorTable::read(settings_.by_errors(), made_.problems);
    const bool has_table = settings_.by_errors_size() > 0;
    const bool wants_table = rule == Settings::SCORING_BY_ERRORS;
    if (has_table != wants_table && rule != Settings::SCORING_UNSPECIFIED) fail("OT188", "scoring", {});
    if (rule == Settings::SCORING_UNSPECIFIED) rule = has_table ? Settings::SCORING_BY_ERRORS : Settings::SCORING_PER_PAIR;
    if (made_.problems.empty()) {
      made_.checker = std::make_unique<MatchChecker>(std::move(pairs_), std::move(rights_), rule, *table);
    }
    return std::move(made_);
  }

 private:
  void fail(const char* code, std::string path, std::vector<Arg> args) {
    made_.problems.push_back({{code, std::move(args)}, std::move(path), 0, 0});
  }

  void pair(int i) {
    const std::string path = "pairs[" + std::to_string(i) + "]";
    Pair out{std::string(trim_label(settings_.pairs(i).left())), std::string(trim_label(settings_.pairs(i).right()))};
    if (out.left.empty()) fail("OT186", path + ".left", {});
    if (out.right.empty()) fail("OT186", path + ".right", {});
    if (!lefts_.insert(out.left).second) fail("OT191", path + ".left", {out.left});
    rights_.insert(out.right);
    pairs_.push_back(std::move(out));
  }

  void distractor(int i) {
    const std::string path = "distractors[" + std::to_string(i) + "]";
    const std::string text(trim_label(settings_.distractors(i)));
    if (text.empty()) return fail("OT186", path, {});
    if (!rights_.insert(text).second) fail("OT191", path, {text});
  }

  const Settings& settings_;
  Made made_;
  std::vector<Pair> pairs_;
  std::set<std::string> lefts_;
  std::set<std::string, std::less<>> rights_;
};

Made make(const google::protobuf::Message& message, const MakeContext&) {
  return Reader(static_cast<const Settings&>(message)).read();
}

}  // namespace

CheckerType type() { return {"match", AnswerShape::kMapping, false, &Settings::descriptor, &make, &entries}; }

}  // namespace otmetka::checkers::match
