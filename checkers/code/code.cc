#include "checkers/code/code.h"

#include <algorithm>

#include "checkers/credit.h"
#include "checkers/program/judging.h"
#include "checkers/program/messages.h"
#include "checkers/code/package_item.h"
#include "checkers/code/settings.h"

namespace otmetka::checkers::code {
namespace {

using namespace program;

constexpr std::int64_t kMostShownTests = 20;

bool is_blank(const Answer& answer) {
  const auto* text = std::get_if<TextAnswer>(&answer);
  return text != nullptr && text->text.find_first_not_of(" \t\r\n") == std::string::npos;
}

class ProgramChecker : public Checker {
 public:
  explicit ProgramChecker(Task task) : own_task_(std::move(task)), task_(own_task_) {}
  explicit ProgramChecker(HeldPackage held) : held_(std::move(held)), task_(held_->package.task) {}

  Outcome check(const Answer& answer, const CheckContext& context) const override {
    Outcome out;
    if (is_blank(answer)) {
      out.status = Verdict::kNotAttempted;
      return out;
    }
    auto program = read(answer);
    if (!program.problem.id.empty()) return invalid(std::move(program.problem));
    if (context.workshop == nullptr) {
      out.failure = retryable_error("OT566");
      return out;
    }
    name_as_compilers_want(*context.workshop, program.submitted);
    auto judged = judge(task_, program.submitted, *context.workshop, {.all_tests = false, .for_each = context.for_each});
    if (judged && judged->refused) return invalid(std::move(*judged->refused));
    std::optional<packages::Mark> mark;
    if (judged && held_) {
      auto marked = mark_of(held_->package, held_->worth, *judged, grader_in(*context.workshop, held_->package));
      if (!marked) judged = marked.failure();
      if (marked) mark = std::move(*marked);
    }
    if (!judged) {
      out.failure = judged.failure();
      return out;
    }
    if (mark) {
      judged->verdict = mark->verdict;
      judged->credit = mark->credit;
    }
    out = outcome_of(*judged, context);
    if (context.explain && mark && mark->score) out.trace.push_back({"program.score", {*mark->score, held_->worth}});
    return out;
  }

  Int128 credit_denominator() const override {
    if (held_) return packages::mark_denominator(held_->package, held_->worth);
    Int128 all = task_.judge ? 1'000'000 : 1;  // a judge of the task's own may give any share, to the millionth
    Ratio points;
    for (const Group& group : task_.groups) points += group.points;
    for (std::size_t group = 0; group < task_.groups.size(); ++group) {
      Ratio weights;
      for (const Test& test : task_.tests) {
        if (test.group == group) weights += test.weight;
      }
      if (weights.is_zero()) continue;
      const Ratio share = task_.groups[group].points / points;
      all = common_multiple(all, share.den(), kMost);
      if (task_.groups[group].aggregate == Group::Aggregate::kMin) continue;
      for (const Test& test : task_.tests) {
        if (test.group == group) all = common_multiple(all, (share * test.weight / weights).den(), kMost);
      }
    }
    return all;
  }

 private:
  static constexpr Int128 kMost = 1'000'000'000'001;

  struct Read {
    SubmittedProgram submitted;
    Message problem;
  };

  // A text is a program too, where one language is accepted.
  Read read(const Answer& answer) const {
    Read out;
    if (const auto* text = std::get_if<TextAnswer>(&answer)) {
      out.submitted.language = task_.languages.size() == 1 ? task_.languages[0] : std::string();
      const std::string name = file_name_for(out.submitted.language);
      if (name.empty()) {
        out.problem = {"program.bare_text", {}};
      } else {
        out.submitted.files.push_back({name, text->text});
      }
      return out;
    }
    const auto* files = std::get_if<FilesAnswer>(&answer);
    if (files == nullptr) {
      out.problem = wrong_shape(AnswerShape::kFiles, answer).feedback.front();
      return out;
    }
    for (const SubmittedFile& file : files->files) {
      if (!file.blob_sha256.empty()) out.problem = {"program.blob", {quote(file.name)}};
      out.submitted.files.push_back({file.name, file.bytes});
    }
    return out;
  }

  static std::string file_name_for(const std::string& language) {
    for (const sandbox::Language& known : sandbox::built_in_languages()) {
      if (known.id == language) return known.main.empty() ? "main" + known.endings.front() : known.main;
    }
    return {};
  }

  // Learners call their files as they like, and a text has no name.
  void name_as_compilers_want(const sandbox::Workshop& workshop, SubmittedProgram& program) const {
    std::vector<sandbox::Language> languages;
    for (const sandbox::LanguageState& state : workshop.languages()) languages.push_back(*state.language);
    use_usual_endings(program.files, languages);
    if (!held_) {
      for (const sandbox::Language& language : languages) packages::name_after_class(program.files, language);
      return;
    }
    if (program.language.empty()) program.language = packages::language_of(program.files, languages).id;
    if (const auto* state = workshop.language(program.language)) packages::choose_main_file(program, *state->language, task_);
  }

  Outcome outcome_of(Judged& judged, const CheckContext& context) const {
    Outcome out;
    out.status = judged.verdict;
    out.credit = judged.credit;
    out.rule_id = rule_of(out.credit);
    Counts counts{.all = static_cast<std::int64_t>(judged.tests.size())};
    for (std::size_t i = 0; i < judged.tests.size(); ++i) {
      TestReport& test = judged.tests[i];
      test.outcome.shown = task_.tests[i].show != Visibility::kNever;
      if (is_whole(test)) ++counts.whole;
      if (is_part(test)) ++counts.part;
      if (test.run) out.tests.push_back(test.outcome);
    }
    const std::string parts = counts.part == 0 ? std::string() : "+" + std::to_string(counts.part);
    out.answer_key = cut_key(std::string(verdict_name(judged.verdict)) + " " + std::to_string(counts.whole) + parts + "/" +
                             std::to_string(counts.all));
    tell(judged, counts, out);
    if (context.explain) explain(judged, out);
    return out;
  }

  struct Counts {
    std::int64_t whole = 0, part = 0, all = 0;
  };

  // A judge of the task's own may give a share of a test.
  static bool is_whole(const TestReport& test) { return test.run && test.outcome.verdict == Verdict::kGraded && test.credit == Ratio(1); }
  static bool is_part(const TestReport& test) { return test.run && test.outcome.verdict == Verdict::kGraded && test.credit != Ratio(1); }

  void tell(const Judged& judged, const Counts& counts, Outcome& out) const {
    if (judged.verdict == Verdict::kCompileError) {
      out.feedback.push_back({"program.compile_error", {}});
      if (judged.compile_limit) out.feedback.push_back(*judged.compile_limit);
      out.feedback.push_back({"program.compile_log", {quote(judged.compile_log)}});
      return;
    }
    if (counts.whole == counts.all) {
      out.feedback.push_back({"program.passed", {counts.all}});
      return;
    }
    out.feedback.push_back({"program.partly", {counts.whole, counts.all}});
    if (counts.part > 0) out.feedback.push_back({"program.in_part", {counts.part}});
    std::int64_t told = 0;
    bool hidden = false;
    for (std::size_t i = 0; i < judged.tests.size(); ++i) {
      const TestReport& test = judged.tests[i];
      if (!test.run || is_whole(test)) continue;
      if (task_.tests[i].show == Visibility::kNever) {
        hidden = hidden || !is_part(test);
      } else {
        tell_of(test, task_.tests[i], ++told <= kMostShownTests, out);
      }
    }
    if (hidden) out.feedback.push_back({"program.hidden_failed", {}});
    const bool flooded = std::any_of(judged.tests.begin(), judged.tests.end(), [](const TestReport& test) { return test.err_flooded; });
    if (flooded) out.feedback.push_back({"program.err_flooded", {std::int64_t{sandbox::kMostErrorBytes >> 10}}});
  }

  static void tell_of(const TestReport& test, const Test& planned, bool by_name, Outcome& out) {
    if (is_part(test)) {
      if (by_name) out.feedback.push_back({"program.part_of", {test.outcome.id, test.credit}});
      return;
    }
    if (by_name) {
      out.feedback.push_back({"program.failed_on", {test.outcome.id, std::string(verdict_name(test.outcome.verdict))}});
      // What differs tells of the test's answer: only of a test that is open.
      if (planned.show == Visibility::kAlways && test.detail) out.feedback.push_back(*test.detail);
    }
    if (by_name && !test.told.empty()) out.feedback.push_back({"program.told", {test.told}});
    if (!planned.say.empty()) out.feedback.push_back({"program.say", {planned.say}});
  }

  void explain(const Judged& judged, Outcome& out) const {
    out.trace.push_back({"program.language", {judged.language}});
    if (judged.verdict == Verdict::kCompileError) out.trace.push_back({"program.compile_log", {quote(judged.compile_log)}});
    for (std::size_t i = 0; i < judged.tests.size(); ++i) {
      const TestReport& test = judged.tests[i];
      if (!test.run) {
        out.trace.push_back({"program.test_skipped", {test.outcome.id}});
        continue;
      }
      out.trace.push_back({"program.test",
                           {test.outcome.id, std::string(verdict_name(test.outcome.verdict)), test.outcome.cpu.count() / 1'000,
                            test.outcome.peak_bytes / 1'024}});
      if (task_.tests[i].show != Visibility::kAlways) continue;
      if (test.detail) out.trace.push_back(*test.detail);
      if (!test.said.empty()) out.trace.push_back({"program.said", {test.outcome.id, test.said}});
    }
    if (judged.repeated) out.trace.push_back({"program.repeated", {}});
    out.trace.push_back({"program.credit", {out.credit}});
  }

  Task own_task_;
  std::optional<HeldPackage> held_;  // then the task is the package's
  const Task& task_;
};

Made make(const google::protobuf::Message& message, const MakeContext& context) {
  const auto& settings = static_cast<const v1::CodeSettings&>(message);
  Made out;
  if (settings.package_size() > 0) {
    auto held = held_package(settings);
    if (!held) out.problems.push_back({held.failure().message, "", 0, 0});
    if (held) out.checker = std::make_unique<ProgramChecker>(std::move(*held));
    return out;
  }
  ReadTask read = read_task(settings, context.folder);
  out.problems = std::move(read.problems);
  if (read.task) out.checker = std::make_unique<ProgramChecker>(std::move(*read.task));
  return out;
}

Status embed(google::protobuf::Message& message, const std::string& folder, const NoteFile& note) {
  return embed_files(static_cast<v1::CodeSettings&>(message), folder, note);
}

}  // namespace

CheckerType type() { return {"code", AnswerShape::kFiles, true, &v1::CodeSettings::descriptor, &make, &entries, &embed}; }

}  // namespace otmetka::checkers::code
