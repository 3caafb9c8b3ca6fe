#include "checkers/unit_tests/unit_tests.h"

#include <algorithm>
#include <functional>

#include "checkers/credit.h"
#include "checkers/unit_tests/messages.h"
#include "checkers/unit_tests/reported_tests.h"
#include "checkers/unit_tests/runs.h"
#include "checkers/unit_tests/settings.h"
#include "model/text.h"

namespace otmetka::checkers::unit_tests {
namespace {

using sandbox::SourceFile;

constexpr std::size_t kMostTold = 20;

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

// One test's place in the outcome.
struct Slot {
  bool run = false;
  bool repeated = false;
  std::string told_as;  // its name in the feedback; empty: not told by itself
  Judgement judgement;
  TestOutcome outcome;
};

void fill(Judgement judgement, Slot& slot) {
  slot.run = true;
  slot.outcome.verdict = judgement.verdict;
  if (judgement.hidden) {
    slot.told_as.clear();
    slot.outcome.shown = false;
  }
  slot.judgement = std::move(judgement);
}

void measure(const sandbox::RunResult& run, TestOutcome& outcome) {
  outcome.cpu = std::chrono::ceil<std::chrono::microseconds>(run.cpu);
  outcome.wall = std::chrono::ceil<std::chrono::microseconds>(run.wall);
  outcome.peak_bytes = static_cast<std::int64_t>(run.peak_bytes);
}

class UnitTestsChecker : public Checker {
 public:
  explicit UnitTestsChecker(Plan plan) : plan_(std::move(plan)) {
    for (std::size_t i = 0; i < plan_.tests.size(); ++i) (plan_.tests[i].gate ? gates_ : others_).push_back(i);
  }

  Outcome check(const Answer& answer, const CheckContext& context) const override {
    std::vector<SourceFile> given;
    if (auto problem = read(answer, given)) return invalid(std::move(*problem));
    Outcome out;
    if (given.empty()) {
      out.status = Verdict::kNotAttempted;
      return out;
    }
    if (context.workshop == nullptr) {
      out.failure = retryable_error("OT566");
      return out;
    }
    Runs runs(plan_, given, *context.workshop);
    const auto compiled = runs.compile();
    if (!compiled) {
      out.failure = compiled.failure();
    } else if (*compiled) {
      run(runs, context, out);
    } else {
      out.status = Verdict::kCompileError;
      out.rule_id = rule_of(out.credit);
      out.answer_key = std::string(verdict_name(out.status));
      out.feedback = {{"unit_tests.compile_error", {}}, {"unit_tests.compile_log", {quote(runs.log())}}};
    }
    return out;
  }

  Int128 credit_denominator() const override {
    Int128 out = 1;
    const std::int64_t parts = plan_.report == ReportFormat::kResultsJson ? kParts : 1;
    for (const PlannedTest& test : plan_.tests) out = common_denominator(out, (test.share * Ratio(1, parts)).den());
    return out;
  }

 private:
  std::optional<Message> read(const Answer& answer, std::vector<SourceFile>& given) const {
    if (const auto* text = std::get_if<TextAnswer>(&answer)) {
      if (is_blank(text->text)) return std::nullopt;
      if (plan_.submit.size() != 1) return Message{"unit_tests.which_file", {joined(plan_.submit)}};
      given.push_back({plan_.submit[0], text->text});
      return std::nullopt;
    }
    const auto* files = std::get_if<FilesAnswer>(&answer);
    if (files == nullptr) return wrong_shape(AnswerShape::kFiles, answer).feedback.front();
    for (const SubmittedFile& file : files->files) {
      if (std::find(plan_.submit.begin(), plan_.submit.end(), file.name) == plan_.submit.end()) {
        return Message{"unit_tests.unknown_file", {quote(file.name), joined(plan_.submit)}};
      }
      if (!file.blob_sha256.empty()) return Message{"unit_tests.blob", {file.name}};
      const bool again = std::any_of(given.begin(), given.end(), [&](const SourceFile& old) { return old.name == file.name; });
      if (again) return Message{"unit_tests.same_file", {file.name}};
      given.push_back({file.name, file.bytes});
    }
    return std::nullopt;
  }

  // Gates first; the first that fails ends it.
  void run(const Runs& runs, const CheckContext& context, Outcome& out) const {
    std::vector<Slot> slots(plan_.tests.size());
    for (std::size_t i = 0; i < slots.size(); ++i) {
      slots[i].outcome = {.id = plan_.tests[i].id, .verdict = Verdict::kGated, .cpu = {}, .wall = {}, .peak_bytes = 0, .shown = true};
      slots[i].told_as = plan_.tests[i].id;
    }
    const bool by_script = plan_.report != ReportFormat::kHarness;
    if (by_script) out.failure = run_script(runs, slots, out);
    std::optional<std::size_t> failed_gate;
    for (const std::size_t i : gates_) {
      if (!by_script) out.failure = run_one(runs, i, slots[i]);
      if (out.failure) return;
      if (slots[i].judgement.verdict != Verdict::kGraded) {
        failed_gate = i;
        break;
      }
    }
    if (!failed_gate && !by_script) out.failure = run_others(runs, context, slots);
    if (out.failure) return;
    count(slots, failed_gate, out);
    tell(slots, failed_gate, out);
    if (context.explain) explain(slots, out);
    for (Slot& slot : slots) out.tests.push_back(std::move(slot.outcome));
  }

  // All tests at once. What befell them together is told once, under the script's name; what it took stands with the first.
  std::optional<Error> run_script(const Runs& runs, std::vector<Slot>& slots, Outcome& out) const {
    auto ran = runs.run_script();
    if (!ran) return ran.failure();
    for (std::size_t i = 0; i < slots.size(); ++i) {
      if (ran->whole) slots[i].told_as = i == 0 ? plan_.tests[i].module + ".py" : std::string();
      if (ran->whole && i > 0) ran->judgements[i].detail.clear();
      fill(std::move(ran->judgements[i]), slots[i]);
    }
    measure(ran->of_answer, slots[0].outcome);
    if (!ran->unknown.empty()) {
      if (ran->unknown.size() > kMostTold) ran->unknown.resize(kMostTold);
      out.trace.push_back({"unit_tests.unknown_tests", {quote(joined(ran->unknown))}});
    }
    return std::nullopt;
  }

  std::optional<Error> run_one(const Runs& runs, std::size_t i, Slot& slot) const {
    auto ran = runs.run(plan_.tests[i]);
    if (!ran) return ran.failure();
    slot.repeated = ran->repeated;
    measure(ran->of_answer, slot.outcome);
    fill(std::move(ran->judgement), slot);
    return std::nullopt;
  }

  std::optional<Error> run_others(const Runs& runs, const CheckContext& context, std::vector<Slot>& slots) const {
    std::vector<std::optional<Error>> failures(others_.size());
    const auto one = [&](std::size_t k) { failures[k] = run_one(runs, others_[k], slots[others_[k]]); };
    if (context.for_each) {
      context.for_each(others_.size(), one);
    } else {
      for (std::size_t k = 0; k < others_.size(); ++k) one(k);
    }
    const auto failed = std::find_if(failures.begin(), failures.end(), [](const auto& failure) { return failure.has_value(); });
    return failed == failures.end() ? std::nullopt : *failed;
  }

  void count(const std::vector<Slot>& slots, std::optional<std::size_t> failed_gate, Outcome& out) const {
    bool tampered = false;
    for (std::size_t i = 0; i < slots.size(); ++i) {
      const Verdict verdict = slots[i].outcome.verdict;
      tampered = tampered || verdict == Verdict::kTampered;
      if (verdict == Verdict::kGraded) {
        out.credit += plan_.tests[i].share;
        continue;
      }
      out.credit += plan_.tests[i].share * slots[i].judgement.part;
      out.answer_key += (out.answer_key.empty() ? "" : "|") + plan_.tests[i].id;
      if (out.status == Verdict::kGraded) out.status = verdict;
    }
    if (failed_gate) out.status = slots[*failed_gate].outcome.verdict;
    if (tampered) out.status = Verdict::kTampered;
    if (tampered || failed_gate) out.credit = Ratio();
    out.rule_id = rule_of(out.credit);
    out.answer_key = cut_key(std::move(out.answer_key));
  }

  void tell(const std::vector<Slot>& slots, std::optional<std::size_t> failed_gate, Outcome& out) const {
    const auto all = static_cast<std::int64_t>(slots.size());
    const auto has_passed = [](const Slot& slot) { return slot.outcome.verdict == Verdict::kGraded; };
    const auto passed = std::count_if(slots.begin(), slots.end(), has_passed);
    if (passed == all) return out.feedback.push_back({"unit_tests.passed", {all}});
    if (failed_gate) {
      out.feedback.push_back({"unit_tests.gate", {plan_.tests[*failed_gate].id}});
    } else {
      out.feedback.push_back({"unit_tests.partly", {static_cast<std::int64_t>(passed), all}});
    }
    std::size_t told = 0;
    for (std::size_t i = 0; i < slots.size(); ++i) {
      const Judgement& judgement = slots[i].judgement;
      if (!slots[i].run || judgement.verdict == Verdict::kGraded || slots[i].told_as.empty() || ++told > kMostTold) continue;
      out.feedback.push_back({"unit_tests." + judgement.reason, {slots[i].told_as}});
      if (!judgement.part.is_zero()) out.feedback.back().args.emplace_back(judgement.part);
    }
    if (told > kMostTold) out.feedback.push_back({"unit_tests.more", {static_cast<std::int64_t>(told - kMostTold)}});
  }

  void explain(const std::vector<Slot>& slots, Outcome& out) const {
    for (std::size_t i = 0; i < slots.size(); ++i) {
      const Slot& slot = slots[i];
      const std::string& id = plan_.tests[i].id;
      if (!slot.run) {
        out.trace.push_back({"unit_tests.not_run", {id}});
        continue;
      }
      const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(slot.outcome.cpu).count();
      const std::string verdict(verdict_name(slot.outcome.verdict));
      const std::int64_t kibibytes = slot.outcome.peak_bytes / 1'024;
      out.trace.push_back({"unit_tests.test", {id, verdict, plan_.tests[i].share, std::int64_t{milliseconds}, kibibytes}});
      if (!slot.judgement.detail.empty()) out.trace.push_back({"unit_tests.detail", {id, quote(slot.judgement.detail)}});
    }
    const auto is_repeated = [](const Slot& slot) { return slot.repeated; };
    if (std::any_of(slots.begin(), slots.end(), is_repeated)) out.trace.push_back({"unit_tests.repeated", {}});
    out.trace.push_back({"unit_tests.arithmetic", {out.credit}});
  }

  Plan plan_;
  std::vector<std::size_t> gates_, others_;
};

Made make(const google::protobuf::Message& message, const MakeContext& context) {
  ReadPlan read = read_plan(static_cast<const v1::UnitTestsSettings&>(message), context.folder);
  Made out;
  out.problems = std::move(read.problems);
  if (read.plan) out.checker = std::make_unique<UnitTestsChecker>(std::move(*read.plan));
  return out;
}

Status embed(google::protobuf::Message& message, const std::string& folder, const NoteFile& note) {
  return embed_files(static_cast<v1::UnitTestsSettings&>(message), folder, note);
}

}  // namespace

CheckerType type() { return {"unit_tests", AnswerShape::kFiles, true, &v1::UnitTestsSettings::descriptor, &make, &entries, &embed}; }

}  // namespace otmetka::checkers::unit_tests
