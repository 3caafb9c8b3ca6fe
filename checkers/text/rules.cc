#include "checkers/text/rules.h"

#include <algorithm>
#include <utility>

#include "checkers/credit.h"
#include "checkers/text/typos.h"

namespace otmetka::checkers::text {
namespace {

using Settings = v1::TextSettings;

std::string indexed(const char* field, int i) { return std::string(field) + "[" + std::to_string(i) + "]"; }

class Reader {
 public:
  Reader(const Settings& settings, std::vector<Problem>& problems) : settings_(settings), problems_(problems) {}

  std::optional<Rules> run() {
    read_options();
    out_.plain = Normalizer(options_, Script::kNone);
    out_.typos = settings_.typos();
    if (out_.typos < 0 || out_.typos > kMaxTypos) fail({"OT166", {std::int64_t{kMaxTypos}}}, "typos");
    if (settings_.answer().empty()) fail({"OT160", {}}, "answer");
    for (int i = 0; i < settings_.answer_size(); ++i) read_answer(i);
    for (int i = 0; i < settings_.accept_size(); ++i) read_entry(settings_.accept(i), indexed("accept", i), false);
    for (int i = 0; i < settings_.reject_size(); ++i) read_entry(settings_.reject(i), indexed("reject", i), true);
    if (failed_) return std::nullopt;
    return std::move(out_);
  }

 private:
  void fail(Message message, std::string path) {
    problems_.push_back({std::move(message), std::move(path), 0, 0});
    failed_ = true;
  }

  void read_options() {
    for (const int keep : settings_.keep()) {
      options_.keep_case = options_.keep_case || keep == Settings::KEEP_CASE;
      options_.keep_yo = options_.keep_yo || keep == Settings::KEEP_YO;
      options_.keep_punctuation = options_.keep_punctuation || keep == Settings::KEEP_PUNCTUATION;
      options_.keep_spaces = options_.keep_spaces || keep == Settings::KEEP_SPACES;
    }
    if (settings_.preset() != Settings::PRESET_EGE) return;
    options_.remove_spaces = true;
    if (options_.keep_spaces) fail({"OT164", {std::string("spaces")}}, "keep");
    if (options_.keep_yo) fail({"OT164", {std::string("yo")}}, "keep");
  }

  void read_answer(int i) {
    Rule rule;
    rule.id = settings_.answer_size() == 1 ? "answer" : indexed("answer", i);
    rule.path = indexed("answer", i);
    rule.credit = 1;
    read_text(settings_.answer(i), std::move(rule));
  }

  void read_entry(const v1::TextEntry& entry, std::string id, bool is_reject) {
    Rule rule;
    rule.id = id;
    rule.is_reject = is_reject;
    rule.is_pattern = !entry.pattern().empty();
    rule.path = id + (rule.is_pattern ? ".pattern" : ".value");
    rule.credit = is_reject ? 0 : 1;
    if (entry.has_score()) {
      const std::optional<Ratio> score = read_ratio(entry.score());
      if (!score || *score < Ratio(0) || *score > Ratio(1)) return fail({"OT165", {}}, id + ".score");
      rule.credit = *score;
    }
    rule.tag = entry.tag();
    if (entry.has_say()) rule.say = Message{"say", {entry.say().ru(), entry.say().en()}};
    if (entry.value().empty() == entry.pattern().empty()) {
      return fail({entry.value().empty() ? "OT162" : "OT163", {}}, std::move(id));
    }
    if (rule.is_pattern) {
      read_pattern(entry.pattern(), std::move(rule));
    } else {
      read_text(entry.value(), std::move(rule));
    }
  }

  Table& table_for(Script script) {
    for (Table& table : out_.tables) {
      if (table.normalizer.target() == script) return table;
    }
    return out_.tables.emplace_back(Normalizer(options_, script));
  }

  RuleIndex add(Rule rule) {
    out_.rules.push_back(std::move(rule));
    return static_cast<RuleIndex>(out_.rules.size() - 1);
  }

  void read_text(const std::string& text, Rule rule) {
    Table& table = table_for(script_of(text));
    Normalized key;
    Normalized plain;
    if (!table.normalizer.normalize(text, key) || !out_.plain.normalize(text, plain)) return fail({"OT161", {}}, rule.path);
    if (key.text.find_first_not_of(' ') == std::string::npos) return fail({"OT160", {}}, rule.path);
    rule.shown = text;
    rule.plain = std::move(plain.text);
    rule.has_lookalikes = contains(key.changed, Step::kLookalikes);
    const std::string path = rule.path;
    const RuleIndex index = add(std::move(rule));
    if (out_.typos > 0 && forgives_typos(key.text)) {
      table.forgiving.push_back({graphemes(key.text), index});
      table.longest_forgiving = std::max(table.longest_forgiving, table.forgiving.back().key.size());
    } else if (out_.typos > 0) {
      problems_.push_back({{"OT260", {text}}, path, 0, 0});
    }
    const auto [known, is_new] = table.literals.try_emplace(std::move(key.text), index);
    if (!is_new && out_.wins(index, known->second)) known->second = index;
  }

  void read_pattern(const std::string& pattern, Rule rule) {
    std::vector<PatternProblem> found;
    const Pattern::Options ignore_case{.ignore_case = !options_.keep_case};
    const auto as_written = Pattern::compile(pattern, ignore_case, found);
    if (as_written != nullptr) {
      found = suspicious(pattern);
      const Lost lost{.punctuation = !options_.keep_punctuation, .spaces = !options_.keep_spaces && !options_.remove_spaces,
                      .eszett = !options_.keep_case};
      for (PatternProblem& p : never_met(pattern, lost)) found.push_back(std::move(p));
      if (as_written->covers("")) found.push_back({{"OT270", {}}, 0, 0});
    }
    for (PatternProblem& p : found) problems_.push_back({std::move(p.message), rule.path, p.offset, p.length});
    if (as_written == nullptr) {
      failed_ = true;
      return;
    }
    const Script script = script_of_pattern(pattern);
    auto compiled = Pattern::compile(normalize_pattern(pattern, options_, script), ignore_case, found);
    if (compiled == nullptr) return fail({"OT161", {}}, rule.path);
    rule.shown = pattern;
    table_for(script).patterns.push_back({std::move(compiled), add(std::move(rule))});
  }

  const Settings& settings_;
  std::vector<Problem>& problems_;
  NormalizeOptions options_;
  Rules out_;
  bool failed_ = false;
};

}  // namespace

std::optional<Rules> read_rules(const v1::TextSettings& settings, std::vector<Problem>& problems) {
  return Reader(settings, problems).run();
}

}  // namespace otmetka::checkers::text
