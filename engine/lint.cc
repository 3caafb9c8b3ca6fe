#include "engine/lint.h"

#include <set>

#include "checkers/parts/parts.h"
#include "checkers/program/files.h"
#include "engine/grade_submission.h"

namespace otmetka::engine {
namespace {

Answer to_answer(const v1::SampleAnswer& give) {
  if (give.has_list()) {
    SequenceAnswer out;
    for (const std::string& element : give.list().elements()) out.elements.push_back(element);
    return out;
  }
  if (give.has_mapping()) {
    MappingAnswer out;
    for (const auto& entry : give.mapping().entries()) out.pairs.emplace_back(entry.key(), entry.value().text());
    return out;
  }
  return TextAnswer{give.text()};
}

bool has_note(const PartResult& part, const std::string& note) {
  for (const Message& message : part.feedback) {
    if (message.id == note || message.id.ends_with("." + note)) return true;
  }
  return false;
}

std::string or_dash(const std::string& name) { return name.empty() ? "—" : name; }

template <class Test>
bool any_part(const std::vector<PartResult>& parts, Test test) {
  for (const PartResult& part : parts) {
    if (test(part)) return true;
  }
  return false;
}

// Nothing in it was graded, and something was no answer at all: its zero says nothing of what is wrong.
bool could_not_be_read(const std::vector<PartResult>& parts) {
  const auto is = [&](Verdict verdict) { return any_part(parts, [&](const PartResult& part) { return part.status == verdict; }); };
  return is(Verdict::kInvalidInput) && !any_part(parts, [](const PartResult& part) {
           return consumes_attempt(part.status) && part.status != Verdict::kGated;
         });
}

struct LintContext {
  std::string_view locale;
  const std::string& folder;
  Programs* programs;
};

// Everything that is known of one item while its samples run.
class ItemLint {
 public:
  ItemLint(const CompiledItem& item, const v1::Item& message, const LintContext& context, std::string at, LintResult& out)
      : item_(item), message_(message), locale_(context.locale), context_(context), at_(std::move(at)), out_(out) {}

  void run() {
    for (int i = 0; i < message_.samples_size(); ++i) run_sample(i);
    if (message_.samples_size() == 0) {
      problem("OT234", {item_.id}, at_ + ".id");
    } else {
      if (!full_) problem("OT230", {item_.id}, at_ + ".samples");
      if (!none_) problem("OT231", {item_.id}, at_ + ".samples");
    }
    check_entries();
  }

 private:
  void problem(std::string code, std::vector<Arg> args, std::string path) {
    out_.problems.push_back({{std::move(code), std::move(args)}, std::move(path), 0, 0});
  }

  void run_sample(int index) {
    const v1::Sample& sample = message_.samples(index);
    const std::string path = at_ + ".samples[" + std::to_string(index) + "]";
    const std::string_view locale = sample.locale().empty() ? locale_ : std::string_view(sample.locale());
    auto responses = sample_responses(item_.id, sample.give());
    if (Status read = read_given_files(item_, context_.folder, responses); !read) {
      return problem(read.failure().message.id, read.failure().message.args, path + ".give");
    }
    checkers::CheckContext context{.locale = locale};
    if (item_.type->runs_programs) {
      if (context_.programs == nullptr) return;
      if (Status ready = provide_programs(context_.programs, context); !ready) return not_run(ready.failure(), path);
    }
    const auto graded = grade_item(item_, responses, context);
    if (!graded) return not_run(graded.failure(), path);
    const std::vector<PartResult>& parts = *graded;
    Ratio points;
    for (const PartResult& part : parts) {
      points += part.points;
      // An entry of a part is called PART.RULE.
      const std::string& id = part.part.value;
      hit_.insert(id == item_.id ? part.rule_id : id.substr(item_.id.size() + 1) + "." + part.rule_id);
    }
    const Ratio share = points / item_.points;
    full_ = full_ || share == Ratio(1);
    const bool unread = sample.status().empty() && could_not_be_read(parts);
    if (unread) problem("OT235", {}, path + ".give");
    none_ = none_ || (share <= Ratio(0) && !unread);
    ++out_.samples_run;
    if (judge_sample(sample, parts, share, path)) ++out_.samples_passed;
  }

  // A sample that could not be run says nothing of the spec: a missing compiler, a machine without a sandbox.
  void not_run(const Error& why, const std::string& path) {
    problem("OT236", {item_.id, why.code()}, path);
    full_ = none_ = true;
  }

  bool judge_sample(const v1::Sample& sample, const std::vector<PartResult>& parts, const Ratio& share,
                    const std::string& path) {
    const Ratio expected = ratio_of(sample.score().num(), sample.score().den()).value_or(Ratio());
    if (share != expected) {
      problem("OT170", {expected, share, std::string(verdict_name(parts.front().status)), or_dash(parts.front().rule_id)}, path + ".score");
      return false;
    }
    if (!sample.status().empty() &&
        !any_part(parts, [&](const PartResult& p) { return verdict_name(p.status) == sample.status(); })) {
      problem("OT171", {sample.status(), std::string(verdict_name(parts.front().status))}, path + ".status");
      return false;
    }
    if (!sample.tag().empty() && !any_part(parts, [&](const PartResult& p) { return p.tag == sample.tag(); })) {
      problem("OT172", {sample.tag(), or_dash(parts.front().tag)}, path + ".tag");
      return false;
    }
    if (!sample.note().empty() && !any_part(parts, [&](const PartResult& p) { return has_note(p, sample.note()); })) {
      problem("OT173", {sample.note()}, path + ".note");
      return false;
    }
    return true;
  }

  void check_entries() {
    const std::string settings = at_ + "." + std::string(item_.type->name);
    for (const checkers::Entry& entry : item_.checker->entries()) {
      const std::string path = settings + (entry.path.empty() ? "" : "." + entry.path);
      if (entry.example) {
        const auto outcome = item_.checker->check(*entry.example, {.locale = locale_});
        if (!outcome.rule_id.empty() && !checkers::parts::met(outcome, entry.rule_id)) {
          problem("OT233", {entry.rule_id, outcome.rule_id}, path);
          continue;
        }
      }
      const std::string_view rule = std::string_view(entry.rule_id).substr(entry.rule_id.rfind('.') + 1);
      const bool asked = rule.starts_with("accept") || rule.starts_with("reject");
      if (asked && !hit_.contains(entry.rule_id)) problem("OT232", {entry.rule_id}, path);
    }
  }

  const CompiledItem& item_;
  const v1::Item& message_;
  std::string_view locale_;
  const LintContext& context_;
  std::string at_;
  LintResult& out_;
  std::set<std::string> hit_;
  bool full_ = false;
  bool none_ = false;
};

}  // namespace

Status read_given_files(const CompiledItem& item, const std::string& folder, std::vector<Response>& responses) {
  if (item.type->shape != checkers::AnswerShape::kFiles) return ok_status();
  for (Response& response : responses) {
    const auto* text = std::get_if<TextAnswer>(&response.answer);
    if (text == nullptr || !checkers::program::is_reference(text->text)) continue;
    auto files = checkers::program::read_folder(folder, text->text);
    if (!files) return files.failure();
    FilesAnswer answer;
    for (sandbox::SourceFile& file : *files) answer.files.push_back({std::move(file.name), std::move(file.bytes), {}});
    response.answer = std::move(answer);
  }
  return ok_status();
}

std::vector<Response> sample_responses(const std::string& item_id, const v1::SampleAnswer& give) {
  std::vector<Response> out;
  bool nested = false;
  for (const auto& entry : give.mapping().entries()) {
    nested = nested || entry.value().has_list() || entry.value().has_mapping();
  }
  if (!nested) return {{PartId(item_id), to_answer(give)}};
  for (const auto& entry : give.mapping().entries()) {
    out.push_back({PartId(item_id + "." + entry.key()), to_answer(entry.value())});
  }
  return out;
}

LintResult lint(const CompiledSpec& spec, const std::string& folder, Programs* programs) {
  LintResult out;
  const LintContext context{spec.message.locale(), folder, programs};
  for (std::size_t i = 0; i < spec.items.size(); ++i) {
    ItemLint(spec.items[i], spec.message.items(static_cast<int>(i)), context, "items[" + std::to_string(i) + "]", out)
        .run();
  }
  return out;
}

}  // namespace otmetka::engine
