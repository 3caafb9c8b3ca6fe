#include "checkers/program/judging.h"

#include <algorithm>
#include <cmath>

#include "checkers/checker.h"
#include "checkers/program/compile_limit.h"
#include "checkers/program/test_run.h"

namespace otmetka::checkers::program {
namespace {

using sandbox::SourceFile;

constexpr std::size_t kMostFiles = 200;
constexpr std::chrono::nanoseconds kMostTime = std::chrono::minutes(10);

std::chrono::nanoseconds times(std::chrono::nanoseconds time, double factor) {
  return std::min(std::chrono::nanoseconds(static_cast<std::int64_t>(std::ceil(static_cast<double>(time.count()) * factor))), kMostTime);
}

class Judging {
 public:
  Judging(const Task& task, const SubmittedProgram& answer, sandbox::Workshop& workshop, const JudgingOptions& options)
      : task_(task), answer_(answer), workshop_(workshop), options_(options) {}

  Result<Judged> run() {
    if (auto refused = choose_language()) {
      out_.verdict = Verdict::kInvalidInput;
      out_.refused = std::move(*refused);
      return std::move(out_);
    }
    auto compiled = compile();
    if (!compiled) return compiled.failure();
    out_.compile_log = compiled->log;
    if (!compiled->executable) {
      out_.verdict = Verdict::kCompileError;
      out_.compile_limit = compile_limit(*compiled, *language_);
      return std::move(out_);
    }
    auto judge = compile_judge();
    if (!judge) return judge.failure();
    const TestContext context{task_, workshop_, *compiled->executable, judge->get(), limits_of(*language_)};
    if (Status ran = run_groups(context); !ran) return ran.failure();
    count();
    return std::move(out_);
  }

 private:
  std::optional<Message> choose_language() {
    if (answer_.files.empty()) return Message{"program.no_files", {}};
    if (answer_.files.size() > kMostFiles) return Message{"program.too_many_files", {static_cast<std::int64_t>(kMostFiles)}};
    for (const SourceFile& file : answer_.files) {
      if (!is_file_name(file.name)) return Message{"program.bad_file_name", {quote(file.name)}};
      if (is_binary(file.bytes)) return Message{"program.no_source", {quote(file.name)}};
    }
    std::uint64_t bytes = 0;
    for (const SourceFile& file : answer_.files) bytes += file.bytes.size();
    if (task_.code_bytes && bytes > *task_.code_bytes) {
      return Message{"program.too_much_code", {static_cast<std::int64_t>(*task_.code_bytes)}};
    }
    const sandbox::LanguageState* state = answer_.language.empty() ? by_names() : workshop_.language(answer_.language);
    if (state == nullptr)
      return Message{"program.unknown_language", {quote(answer_.language.empty() ? answer_.files[0].name : answer_.language)}};
    const auto& accepted = task_.languages;
    language_ = state->language;
    if (!accepted.empty() && std::find(accepted.begin(), accepted.end(), language_->id) == accepted.end()) {
      return Message{"program.language_not_accepted", {language_->title}};
    }
    out_.language = language_->id;
    return std::nullopt;
  }

  // Of several languages with the same ending the accepted one; a header alone says nothing.
  const sandbox::LanguageState* by_names() const {
    for (const SourceFile& file : answer_.files) {
      for (const std::string& id : task_.languages) {
        const auto* state = workshop_.language(id);
        const auto fits = [&](const std::string& ending) { return file.name.size() > ending.size() && file.name.ends_with(ending); };
        if (state != nullptr && std::any_of(state->language->endings.begin(), state->language->endings.end(), fits)) return state;
      }
      if (const auto* state = workshop_.language_of(file.name)) return state;
    }
    return nullptr;
  }

  static bool is_file_name(const std::string& name) {
    return !name.empty() && name.size() <= 100 && name[0] != '.' && name[0] != '-' && name[0] != '@' &&
           std::none_of(name.begin(), name.end(), [](char c) { return c == '/' || c == '\\' || static_cast<unsigned char>(c) < 0x20; });
  }

  // What others have compiled already: of an executable or a library, an archive, a class of Java's.
  static bool is_binary(std::string_view bytes) {
    using namespace std::string_view_literals;
    return bytes.starts_with("\x7F" "ELF") || bytes.starts_with("!<arch>\n") || bytes.starts_with("\xCA\xFE\xBA\xBE"sv);
  }

  // What the task puts beside every program goes before: a learner's `main` does not take the place of a driver.
  Result<sandbox::Compiled> compile() {
    std::vector<SourceFile> beside = task_.for_all;
    if (const auto added = task_.added.find(language_->id); added != task_.added.end()) put_beside(added->second, beside);
    const std::string entry = answer_.entry.empty() ? driver_among(beside) : answer_.entry;
    std::vector<SourceFile> files = answer_.files;
    put_beside(beside, files);
    return workshop_.compile(*language_, files, {}, entry);
  }

  std::string driver_among(const std::vector<SourceFile>& beside) const {
    std::vector<const SourceFile*> sources;
    for (const SourceFile& file : beside) {
      if (is_source(*language_, file)) sources.push_back(&file);
    }
    const SourceFile* driver = entry_of(*language_, sources);
    return driver == nullptr ? std::string() : driver->name;
  }

  static void put_beside(const std::vector<SourceFile>& added, std::vector<SourceFile>& files) {
    for (const SourceFile& file : added) {
      std::erase_if(files, [&](const SourceFile& own) { return own.name == file.name; });
      files.push_back(file);
    }
  }

  Result<std::shared_ptr<const sandbox::Executable>> compile_judge() {
    if (!task_.judge) return std::shared_ptr<const sandbox::Executable>();
    const auto* state = workshop_.language(task_.judge->language);
    if (state == nullptr) return error("OT565", {std::string(), task_.judge->language});
    auto compiled = workshop_.compile(*state->language, task_.judge->files);
    if (!compiled) return compiled.failure();
    if (!compiled->executable) return error("OT567", {quote(compiled->log.substr(0, 500))});
    return compiled->executable;
  }

  sandbox::Limits limits_of(const sandbox::Language& language) const {
    sandbox::Limits limits = task_.limits;
    const auto own = task_.time_factor.find(language.id);
    const double factor = own != task_.time_factor.end() ? own->second : task_.same_time ? 1 : language.time_factor;
    limits.cpu = times(limits.cpu, factor);
    limits.wall = times(limits.wall, factor);
    return limits;
  }

  Status run_groups(const TestContext& context) {
    out_.tests.resize(task_.tests.size());
    for (std::size_t i = 0; i < task_.tests.size(); ++i) out_.tests[i].outcome.id = task_.tests[i].id;
    for (std::size_t group = 0; group < task_.groups.size(); ++group) {
      if (!options_.all_tests && (failed_ && task_.all_or_nothing)) break;
      if (!options_.all_tests && !has_all(task_.groups[group].depends)) continue;
      if (Status ran = run_group(context, group); !ran) return ran;
    }
    return ok_status();
  }

  // As many at once as there are slots; what stands behind the first failure where that ends the group is as if it had not
  // been run, so that the outcome does not hang on how many run at once.
  Status run_group(const TestContext& context, std::size_t group) {
    std::vector<std::size_t> mine;
    for (std::size_t i = 0; i < task_.tests.size(); ++i) {
      if (task_.tests[i].group == group) mine.push_back(i);
    }
    const bool stops = !options_.all_tests && (task_.groups[group].stop_at_failure || task_.all_or_nothing);
    const std::size_t batch = !options_.for_each ? 1 : stops ? workshop_.sandbox().slots() : std::max<std::size_t>(mine.size(), 1);
    for (std::size_t begin = 0; begin < mine.size(); begin += batch) {
      const auto part = std::span(mine).subspan(begin, std::min(batch, mine.size() - begin));
      if (Status ran = run_tests(context, part); !ran) return ran;
      for (std::size_t k = 0; k < part.size(); ++k) {
        if (out_.tests[part[k]].outcome.verdict == Verdict::kGraded) continue;
        failed_ = true;
        if (!stops) continue;
        for (const std::size_t behind : part.subspan(k + 1)) forget(behind);
        return ok_status();
      }
    }
    return ok_status();
  }

  void forget(std::size_t test) {
    out_.tests[test] = {};
    out_.tests[test].outcome.id = task_.tests[test].id;
  }

  Status run_tests(const TestContext& context, std::span<const std::size_t> tests) {
    std::vector<Status> statuses(tests.size(), ok_status());
    std::vector<char> repeated(tests.size(), 0);
    const bool may_repeat = !out_.repeated;
    const auto one = [&](std::size_t k) {
      auto ran = run_test(context, task_.tests[tests[k]], {.may_repeat = may_repeat && k == 0});
      if (!ran) {
        statuses[k] = ran.failure();
        return;
      }
      out_.tests[tests[k]] = std::move(ran->report);
      repeated[k] = ran->repeated ? 1 : 0;
    };
    if (options_.for_each && tests.size() > 1) {
      options_.for_each(tests.size(), one);
    } else {
      for (std::size_t k = 0; k < tests.size(); ++k) one(k);
    }
    for (std::size_t k = 0; k < tests.size(); ++k) {
      if (!statuses[k]) return statuses[k];
      out_.repeated = out_.repeated || repeated[k] != 0;
    }
    return ok_status();
  }

  bool has_all(const std::vector<std::size_t>& groups) const {
    return std::all_of(groups.begin(), groups.end(),
                       [&](std::size_t group) { return share_of(group) == Ratio(1) && has_all(task_.groups[group].depends); });
  }

  // Of the group's points; a group without tests has them all.
  Ratio share_of(std::size_t group) const {
    Ratio sum, weights, least(1);
    for (std::size_t i = 0; i < task_.tests.size(); ++i) {
      if (task_.tests[i].group != group) continue;
      const Ratio credit = out_.tests[i].run ? out_.tests[i].credit : Ratio(0);
      sum += credit * task_.tests[i].weight;
      weights += task_.tests[i].weight;
      least = std::min(least, credit);
    }
    if (weights.is_zero()) return Ratio(1);
    return task_.groups[group].aggregate == Group::Aggregate::kMin ? least : sum / weights;
  }

  void count() {
    for (const TestReport& test : out_.tests) {
      if (!test.run || test.outcome.verdict == Verdict::kGraded) continue;
      out_.verdict = test.outcome.verdict;
      break;
    }
    Ratio got, all;
    for (std::size_t group = 0; group < task_.groups.size(); ++group) {
      all += task_.groups[group].points;
      if (has_all(task_.groups[group].depends)) got += task_.groups[group].points * share_of(group);
    }
    const bool nothing = task_.all_or_nothing && out_.verdict != Verdict::kGraded;
    out_.credit = nothing || all.is_zero() ? Ratio(0) : got / all;
    // A judge's shares times the weights would make fractions without end: to the millionth, as the shares are.
    const bool shared = std::any_of(out_.tests.begin(), out_.tests.end(),
                                    [](const TestReport& test) { return !test.credit.is_zero() && test.credit != Ratio(1); });
    if (shared) out_.credit = round_to(out_.credit, Ratio(1, 1'000'000), Rounding::kHalfUp);
    if (task_.scoring) out_.score = score();
  }

  // A judge's own scores where it gave some, else the test's weight for a test that passed.
  double score() const {
    double sum = 0;
    for (std::size_t group = 0; group < task_.groups.size(); ++group) {
      if (!has_all(task_.groups[group].depends)) continue;
      double own = 0, least = HUGE_VAL;
      for (std::size_t i = 0; i < task_.tests.size(); ++i) {
        if (task_.tests[i].group != group) continue;
        const double weight = static_cast<double>(static_cast<std::int64_t>(task_.tests[i].weight.num())) /
                              static_cast<double>(static_cast<std::int64_t>(task_.tests[i].weight.den()));
        const double one = out_.tests[i].score ? *out_.tests[i].score : out_.tests[i].run && out_.tests[i].credit == Ratio(1) ? weight : 0;
        own += one;
        least = std::min(least, one);
      }
      const bool min = task_.groups[group].aggregate == Group::Aggregate::kMin;
      sum += min ? (least == HUGE_VAL ? 0 : least) : own;
    }
    return sum;
  }

  const Task& task_;
  const SubmittedProgram& answer_;
  sandbox::Workshop& workshop_;
  const JudgingOptions& options_;
  const sandbox::Language* language_ = nullptr;
  bool failed_ = false;
  Judged out_;
};

}  // namespace

Result<Judged> judge(const Task& task, const SubmittedProgram& answer, sandbox::Workshop& workshop, const JudgingOptions& options) {
  assert(!task.groups.empty());
  return Judging(task, answer, workshop, options).run();
}

}  // namespace otmetka::checkers::program
