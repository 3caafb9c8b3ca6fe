#include "checkers/program/test_run.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "checkers/checker.h"
#include "checkers/program/compare.h"
#include "checkers/program/excerpt.h"
#include "checkers/program/judge_reply.h"

namespace otmetka::checkers::program {
namespace {

using sandbox::Ending;
using sandbox::MemoryFile;
using std::chrono::milliseconds;
using File = std::shared_ptr<const MemoryFile>;

constexpr std::uint64_t kMostTestBytes = 1u << 30;
constexpr std::size_t kMostJudgeMessage = 1'024;
constexpr int kBrokenPipe = 13;  // SIGPIPE

// A judge is the teacher's, but its input is not: it has limits of its own.
sandbox::Limits judge_limits(const sandbox::Limits& of_program) {
  sandbox::Limits limits;
  limits.cpu = std::chrono::seconds(30);
  limits.wall = of_program.wall + std::chrono::seconds(30);
  limits.memory_bytes = std::uint64_t{2} << 30;  // this and the output are what the problem package format calls typical
  limits.processes = 16;
  limits.output_bytes = 8u << 20;
  limits.file_bytes = 64u << 20;
  return limits;
}

Result<File> open(const Data& data) {
  return data.path.empty() ? MemoryFile::make(data.bytes) : MemoryFile::open(data.path, kMostTestBytes);
}

Result<std::string> read(const Data& data) {
  if (data.path.empty()) return data.bytes;
  auto file = open(data);
  if (!file) return file.failure();
  auto text = (*file)->text();
  if (!text) return retryable_error("OT362", {data.path, std::string("read")});
  return std::move(*text);
}

const std::string* collected(const sandbox::RunResult& run, std::string_view name) {
  for (const sandbox::CollectedFile& file : run.files) {
    if (file.name == name && file.refused.empty()) return &file.bytes;
  }
  return nullptr;
}

std::int64_t to_ms(std::chrono::nanoseconds time) { return std::chrono::ceil<milliseconds>(time).count(); }

Message how_it_ended(const sandbox::RunResult& run, Verdict verdict, const sandbox::Limits& limits) {
  switch (verdict) {
    case Verdict::kTimeLimit: return {"program.time_limit", {to_ms(run.cpu), to_ms(limits.cpu)}};
    case Verdict::kIdleLimit: return {"program.idle_limit", {to_ms(run.wall), to_ms(limits.wall)}};
    case Verdict::kMemoryLimit: return {"program.memory_limit", {static_cast<std::int64_t>(limits.memory_bytes >> 20)}};
    case Verdict::kOutputLimit: return {"program.output_limit", {static_cast<std::int64_t>(limits.output_bytes >> 10)}};  // KiB
    case Verdict::kSecurityViolation: return {"program.security", {}};
    default: break;
  }
  if (run.process_limit_hit) return {"program.too_many_processes", {static_cast<std::int64_t>(limits.processes)}};
  if (run.ending == Ending::kSignalled) return {"program.signal", {std::int64_t{run.code}}};
  return {"program.exit_status", {std::int64_t{run.code}}};
}

class TestRunner {
 public:
  TestRunner(const TestContext& context, const Test& test, const RunSettings& settings)
      : context_(context), test_(test), settings_(settings) {}

  Result<TestRun> run() {
    auto input = open(test_.in);
    if (!input) return input.failure();
    input_ = std::move(*input);
    out_.report.outcome.id = test_.id;
    out_.report.run = true;
    for (int pass = 1;; ++pass) {
      if (Status done = run_pass(); !done) return done.failure();
      if (next_input_ == nullptr) return std::move(out_);
      if (pass >= context_.task.passes) return error("OT565", {test_.id, "nextpass.in after " + std::to_string(pass) + " passes"});
      input_ = std::exchange(next_input_, nullptr);
    }
  }

 private:
  Status run_pass() {
    out_.report.credit = Ratio(0);
    out_.report.score.reset();
    out_.report.said.clear();
    out_.report.told.clear();
    return talks() ? interact() : run_alone();
  }

  bool talks() const { return context_.judge != nullptr && context_.task.judge->interactive; }

  Result<sandbox::Program> program() const {
    sandbox::Program ready = context_.workshop.program(context_.program, context_.limits, test_.arguments);
    for (const auto& beside : test_.files) {
      auto file = open(beside.second);
      if (!file) return file.failure();
      std::erase_if(ready.files, [&](const sandbox::InputFile& own) { return own.name == beside.first; });
      ready.files.push_back({beside.first, std::move(*file)});
    }
    return ready;
  }

  Status run_alone() {
    auto ready = program();
    if (!ready) return ready.failure();
    ready->input = input_;
    auto ran = context_.workshop.sandbox().run(*ready);
    if (!ran) return ran.failure();
    if (settings_.may_repeat && is_close(*ran)) {
      if (auto again = context_.workshop.sandbox().run_alone(*ready)) {
        if (!*again) return again->failure();
        ran = std::move(*again);
        out_.repeated = true;
      }
    }
    if (Status ended = take_end(*ran); !ended || out_.report.outcome.verdict != Verdict::kGraded) return ended;
    return context_.judge != nullptr && !test_.comparison ? ask_judge(ran->out) : hold_against_answer(ran->out);
  }

  // Within a tenth of the limit on either side; or the clock struck while the program was at work, and others with it.
  bool is_close(const sandbox::RunResult& run) const {
    if (run.ending == Ending::kIdleLimit) return 4 * run.cpu >= run.wall;
    if (run.ending != Ending::kTimeLimit && run.ending != Ending::kExited) return false;
    const auto limit = context_.limits.cpu;
    return 10 * run.cpu >= 9 * limit && 10 * run.cpu <= 11 * limit;
  }

  Status take_end(const sandbox::RunResult& run) {
    if (run.ending == Ending::kNotStarted) return error("OT564", {context_.program.language->title, run.detail});
    TestOutcome& outcome = out_.report.outcome;
    outcome.verdict = verdict_of(run, *context_.program.language);
    outcome.cpu = std::max(outcome.cpu, std::chrono::ceil<std::chrono::microseconds>(run.cpu));  // of the longest pass
    outcome.wall = std::max(outcome.wall, std::chrono::ceil<std::chrono::microseconds>(run.wall));
    outcome.peak_bytes = std::max(outcome.peak_bytes, static_cast<std::int64_t>(run.peak_bytes));
    sandbox::Limits limits = context_.limits;
    if (talks()) limits.output_bytes = std::max(limits.output_bytes, sandbox::kMostTalkBytes);
    if (outcome.verdict != Verdict::kGraded) out_.report.detail = how_it_ended(run, outcome.verdict, limits);
    out_.report.err_flooded = outcome.verdict == Verdict::kRuntimeError && run.err_cut;
    if (outcome.verdict == Verdict::kRuntimeError && !run.err.empty()) out_.report.said = quote(run.err.substr(0, kMostJudgeMessage));
    return ok_status();
  }

  Status hold_against_answer(std::string_view output) {
    const auto answer = read(test_.out);
    if (!answer) return answer.failure();
    const Comparison& how = test_.comparison ? *test_.comparison : context_.task.comparison;
    if (auto difference = compare(output, *answer, how)) {
      out_.report.outcome.verdict = Verdict::kWrongAnswer;
      out_.report.detail = std::move(*difference);
    } else {
      out_.report.credit = Ratio(1);
    }
    return ok_status();
  }

  bool is_kattis() const { return context_.task.judge->protocol == Judge::Protocol::kKattis; }

  Result<sandbox::Program> judge_program() const {
    auto answer = open(test_.out);
    if (!answer) return answer.failure();
    std::vector<std::string> arguments = {"input", "output", "answer"};  // an interactor writes to the second, for nobody
    if (is_kattis()) {
      arguments = {"input", "answer", "./"};
      arguments.insert(arguments.end(), test_.validator_flags.begin(), test_.validator_flags.end());
    }
    sandbox::Program ready = context_.workshop.program(*context_.judge, judge_limits(context_.limits), arguments);
    ready.files.push_back({"input", input_});
    ready.files.push_back({"answer", std::move(*answer)});
    ready.collect = {"judgemessage.txt", "score.txt", "score_multiplier.txt", "teammessage.txt"};
    ready.collect_bytes = 64u << 10;
    if (context_.task.passes > 1) {
      ready.collect = {"*"};
      ready.collect_bytes = ready.limits.file_bytes;
      ready.files.insert(ready.files.end(), feedback_.begin(), feedback_.end());
    }
    return ready;
  }

  Status ask_judge(const std::string& output) {
    auto ready = judge_program();
    if (!ready) return ready.failure();
    auto file = MemoryFile::make(output);
    if (!file) return file.failure();
    if (is_kattis()) {
      ready->input = std::move(*file);
    } else {
      ready->files.push_back({"output", std::move(*file)});
    }
    const auto ran = context_.workshop.sandbox().run(*ready);
    if (!ran) return ran.failure();
    auto said = read_judge(*ran);
    if (!said) return said.failure();
    return take_verdict(std::move(*said));
  }

  // A rejection before the program has ended is the verdict; else a program that failed of itself has failed of itself.
  Status interact() {
    auto judge = judge_program();
    if (!judge) return judge.failure();
    auto ready = program();
    if (!ready) return ready.failure();
    const auto settles = [this](const sandbox::RunResult& interactor) { return rejects(interactor); };
    auto pair = context_.workshop.sandbox().run_pair(*ready, *judge, settles);
    if (!pair) return pair.failure();
    if (settings_.may_repeat && is_close(pair->program)) {
      if (auto again = context_.workshop.sandbox().run_pair_alone(*ready, *judge, settles)) {
        if (!*again) return again->failure();
        pair = std::move(*again);
        out_.repeated = true;
      }
    }
    if (Status ended = take_end(pair->program); !ended || pair->program.ending == Ending::kOutputLimit) return ended;
    const bool own_failure = out_.report.outcome.verdict != Verdict::kGraded;
    const bool judged = pair->interactor.ending == Ending::kExited;
    // A program that wrote to nobody was left by the interactor, whichever of the two ends was noticed first.
    const bool left = pair->interactor_first || (pair->program.ending == Ending::kSignalled && pair->program.code == kBrokenPipe);
    if (own_failure && !(left && judged)) return ok_status();
    if (!own_failure && !pair->interactor_first && found_nobody(pair->interactor)) {
      return take_verdict({.verdict = Verdict::kWrongAnswer, .credit = {}, .score = {}, .message = {}});
    }
    auto said = read_judge(pair->interactor);
    // Whether one line too many finds the interactor gone is chance: where it has accepted, that is the verdict either way.
    const bool talked_on = said && said->verdict == Verdict::kGraded && found_nobody(pair->program);
    if (own_failure && !talked_on && (!said || said->verdict == Verdict::kGraded)) return ok_status();
    if (!said) return said.failure();
    if (talked_on) out_.report.detail.reset();
    return take_verdict(std::move(*said));
  }

  bool rejects(const sandbox::RunResult& interactor) const {
    if (interactor.ending != Ending::kExited) return false;
    const auto said = reply_of(interactor);
    return said && said->verdict == Verdict::kWrongAnswer;
  }

  // The program left the conversation, and the interactor fell over what it still had to say.
  static bool found_nobody(const sandbox::RunResult& run) {
    if (run.ending == Ending::kSignalled) return run.code == kBrokenPipe;
    if (run.ending == Ending::kExited && run.code == 128 + kBrokenPipe) return true;  // as a shell tells it
    return run.ending == Ending::kExited && run.code != 0 && run.err.find("Broken") != std::string::npos &&
           (run.err.find("BrokenPipe") != std::string::npos || run.err.find("Broken pipe") != std::string::npos);
  }

  Result<JudgeSaid> reply_of(const sandbox::RunResult& run) const {
    if (!is_kattis()) return read_testlib(run.code, run.err);
    const auto text = [&](const char* name) {
      const std::string* bytes = collected(run, name);
      return bytes == nullptr ? std::string_view() : std::string_view(*bytes);
    };
    return read_kattis(run.code, text("judgemessage.txt"), text("score.txt"), context_.task.scoring, text("score_multiplier.txt"));
  }

  Result<JudgeSaid> read_judge(const sandbox::RunResult& run) {
    if (run.ending != Ending::kExited) {
      const Message how = how_it_ended(run, verdict_of(run, *context_.judge->language), judge_limits(context_.limits));
      return error("OT565", {test_.id, how.id.substr(how.id.find('.') + 1)});
    }
    auto said = reply_of(run);
    if (said && said->verdict == Verdict::kGraded && context_.task.passes > 1) {
      if (Status kept = keep_feedback(run); !kept) return kept.failure();
    }
    if (said) {
      if (const std::string* told = is_kattis() ? collected(run, "teammessage.txt") : nullptr) {
        out_.report.told = excerpt_of_message(*told, kMostJudgeMessageBytes);
      }
      return said;
    }
    Error failed = said.failure();
    if (!failed.message.args.empty()) failed.message.args[0] = test_.id;
    return failed;
  }

  // What the judge finds in its folder in the next pass, if it has asked for one: all that it has left there now.
  Status keep_feedback(const sandbox::RunResult& run) {
    feedback_.clear();
    for (const sandbox::CollectedFile& file : run.files) {
      const auto is_its_own = [&](const sandbox::InputFile& own) { return own.name == file.name; };
      const bool is_given = file.name == "input" || file.name == "answer" ||
                            std::any_of(context_.judge->files.begin(), context_.judge->files.end(), is_its_own);
      if (is_given || !file.refused.empty()) continue;
      auto bytes = MemoryFile::make(file.bytes);
      if (!bytes) return bytes.failure();
      if (file.name == "nextpass.in") {
        next_input_ = std::move(*bytes);
      } else {
        feedback_.push_back({file.name, std::move(*bytes)});
      }
    }
    return ok_status();
  }

  Status take_verdict(JudgeSaid said) {
    out_.report.outcome.verdict = said.verdict;
    out_.report.credit = said.credit;
    out_.report.score = said.score;
    if (!said.message.empty()) out_.report.said = quote(said.message.substr(0, kMostJudgeMessage));
    if (said.verdict != Verdict::kGraded) out_.report.detail = Message{"program.judge_rejected", {}};
    return ok_status();
  }

  const TestContext& context_;
  const Test& test_;
  const RunSettings& settings_;
  File input_;       // of this pass
  File next_input_;  // null: the judge has not asked for another pass
  std::vector<sandbox::InputFile> feedback_;
  TestRun out_;
};

}  // namespace

Verdict verdict_of(const sandbox::RunResult& run, const sandbox::Language& language) {
  switch (run.ending) {
    case Ending::kMemoryLimit: return Verdict::kMemoryLimit;
    case Ending::kTimeLimit: return Verdict::kTimeLimit;
    case Ending::kIdleLimit: return Verdict::kIdleLimit;
    case Ending::kOutputLimit: return Verdict::kOutputLimit;
    case Ending::kSecurity: return Verdict::kSecurityViolation;
    case Ending::kSignalled: return Verdict::kRuntimeError;
    case Ending::kNotStarted: return Verdict::kInfraError;
    case Ending::kCancelled: return Verdict::kGraded;  // nothing that it did
    case Ending::kExited: break;
  }
  if (run.code == 0) return Verdict::kGraded;
  return sandbox::runtime_ran_out(run, language) ? Verdict::kMemoryLimit : Verdict::kRuntimeError;
}

Result<TestRun> run_test(const TestContext& context, const Test& test, const RunSettings& settings) {
  return TestRunner(context, test, settings).run();
}

}  // namespace otmetka::checkers::program
