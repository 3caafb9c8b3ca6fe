#include "checkers/regex/rules.h"

#include <algorithm>
#include <utility>

#include "checkers/catalog.h"
#include "checkers/credit.h"
#include "checkers/text/normalize.h"
#include "model/text.h"

namespace otmetka::checkers::regex {
namespace {

constexpr int kMaxDepth = 4;
using Captures = google::protobuf::RepeatedPtrField<v1::RegexCapture>;

class Reader {
 public:
  Reader(const v1::RegexSettings& settings, const MakeContext& context, std::vector<Problem>& problems)
      : settings_(settings), context_(context), problems_(problems) {}

  std::optional<Rules> run() {
    out_.as_typed = settings_.as_typed();
    Rule first;
    first.id = "answer";
    first.path = "match";
    first.score = 1;
    read_rule(settings_.match(), settings_.where(), "", std::move(first), out_.accepts);
    for (int i = 0; i < settings_.accept_size(); ++i) {
      read_entry(settings_.accept(i), "accept[" + std::to_string(i) + "]", 1, out_.accepts);
    }
    for (int i = 0; i < settings_.reject_size(); ++i) {
      const std::string id = "reject[" + std::to_string(i) + "]";
      if (!settings_.reject(i).where().empty()) fail({"OT183", {}}, id + ".where");
      read_entry(settings_.reject(i), id, 0, out_.rejects);
    }
    if (failed_) return std::nullopt;
    return std::move(out_);
  }

 private:
  void fail(Message message, std::string path) {
    problems_.push_back({std::move(message), std::move(path), 0, 0});
    failed_ = true;
  }

  void read_entry(const v1::RegexEntry& entry, const std::string& id, Ratio score, std::vector<Rule>& to) {
    Rule rule;
    rule.id = id;
    rule.path = id + ".match";
    rule.score = score;
    if (entry.has_score()) {
      const std::optional<Ratio> given = read_ratio(entry.score());
      if (!given || *given < Ratio(0) || *given > Ratio(1)) return fail({"OT165", {}}, id + ".score");
      rule.score = *given;
    }
    rule.tag = entry.tag();
    if (entry.has_say()) rule.say = Message{"say", {entry.say().ru(), entry.say().en()}};
    read_rule(entry.match(), entry.where(), id + ".", std::move(rule), to);
  }

  void read_rule(const std::string& match, const Captures& where, const std::string& prefix, Rule rule, std::vector<Rule>& to) {
    if (match.empty()) return fail({"OT185", {}}, rule.path);
    rule.shown = match;
    rule.pattern = compile(match, rule.path);
    if (rule.pattern == nullptr) return;
    std::vector<Ratio> weights;
    for (int i = 0; i < where.size(); ++i) {
      const std::string path = prefix + "where[" + std::to_string(i) + "]";
      if (auto capture = read_capture(where[i], *rule.pattern, path)) {
        weights.push_back(capture->share);
        rule.last_group = std::max(rule.last_group, capture->group);
        rule.captures.push_back(std::move(*capture));
      }
    }
    const auto shares = shares_of(std::move(weights));
    if (!shares) return fail({"OT184", {}}, prefix + "where");
    for (std::size_t i = 0; i < rule.captures.size(); ++i) rule.captures[i].share = (*shares)[i];
    to.push_back(std::move(rule));
  }

  // Problems speak of the expression as written; what is matched is its NFC, like the answer.
  std::unique_ptr<const text::Pattern> compile(const std::string& match, const std::string& path) {
    std::vector<text::PatternProblem> found;
    const text::Pattern::Options options{.ignore_case = settings_.ignore_case()};
    auto pattern = text::Pattern::compile(match, options, found);
    if (pattern != nullptr) {
      found = text::suspicious(match);
      for (text::PatternProblem& p : text::forgotten_yo(match, settings_.ignore_case())) found.push_back(std::move(p));
      if (pattern->covers("")) found.push_back({{"OT270", {}}, 0, 0});
    }
    for (text::PatternProblem& p : found) problems_.push_back({std::move(p.message), path, p.offset, p.length});
    failed_ = failed_ || pattern == nullptr;
    if (pattern == nullptr || settings_.as_typed()) return pattern;
    const text::Normalizer compose({.keep_case = true, .keep_yo = true, .keep_punctuation = true, .keep_spaces = true},
                                   text::Script::kNone);
    text::Normalized composed;
    if (!compose.normalize(match, composed) || composed.text == match) return pattern;
    pattern = text::Pattern::compile(composed.text, options, found);
    if (pattern == nullptr) fail({"OT149", {std::string("NFC")}}, path);
    return pattern;
  }

  std::optional<Capture> read_capture(const v1::RegexCapture& settings, const text::Pattern& pattern, const std::string& path) {
    Capture capture;
    capture.name = settings.name();
    capture.group = pattern.group_number(capture.name);
    if (capture.group == 0) {
      fail({pattern.group_names().empty() ? "OT181" : "OT180", {capture.name, joined(pattern.group_names())}}, path);
      return std::nullopt;
    }
    capture.share = 1;
    if (settings.has_weight()) {
      const std::optional<Ratio> weight = read_ratio(settings.weight());
      if (!weight || *weight <= Ratio(0)) {
        fail({"OT184", {}}, path + ".weight");
        return std::nullopt;
      }
      capture.share = *weight;
    }
    capture.checker = make_nested(settings.kind(), path);
    if (capture.checker == nullptr) return std::nullopt;
    return capture;
  }

  std::unique_ptr<const Checker> make_nested(const google::protobuf::Any& kind, const std::string& path) {
    const std::string& url = kind.type_url();
    const CheckerType* type = find_type(std::string_view(url).substr(url.rfind('/') + 1));
    if (type == nullptr || type->shape != AnswerShape::kText || type->runs_programs || context_.depth >= kMaxDepth) {
      fail({"OT182", {type == nullptr ? url : std::string(type->name)}}, path);
      return nullptr;
    }
    const std::unique_ptr<google::protobuf::Message> nested(
        google::protobuf::MessageFactory::generated_factory()->GetPrototype(type->settings())->New());
    if (!kind.UnpackTo(nested.get())) {
      fail({"OT182", {std::string(type->name)}}, path);
      return nullptr;
    }
    MakeContext inner = context_;
    ++inner.depth;
    Made made = type->make(*nested, inner);
    const std::string prefix = path + "." + std::string(type->name);
    for (Problem& problem : made.problems) {
      problem.path = problem.path.empty() ? prefix : prefix + "." + problem.path;
      problems_.push_back(std::move(problem));
    }
    failed_ = failed_ || made.checker == nullptr;
    return std::move(made.checker);
  }

  const v1::RegexSettings& settings_;
  const MakeContext& context_;
  std::vector<Problem>& problems_;
  Rules out_;
  bool failed_ = false;
};

}  // namespace

std::optional<Rules> read_rules(const v1::RegexSettings& settings, const MakeContext& context, std::vector<Problem>& problems) {
  return Reader(settings, context, problems).run();
}

}  // namespace otmetka::checkers::regex
