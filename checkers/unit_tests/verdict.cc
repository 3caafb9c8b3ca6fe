#include "checkers/unit_tests/verdict.h"

#include <charconv>

#include "checkers/program/test_run.h"

namespace otmetka::checkers::unit_tests {
namespace {

using sandbox::Ending;

struct WordRow {
  std::string_view word;
  Verdict verdict;
  std::string_view reason;
  bool tells_detail;  // "failed" would tell what was expected
};
constexpr WordRow kWords[] = {
    {"passed", Verdict::kGraded, "", false},
    {"failed", Verdict::kWrongAnswer, "wrong", false},
    {"error", Verdict::kRuntimeError, "error", true},
    {"skipped", Verdict::kWrongAnswer, "skipped", false},
    {"missing", Verdict::kWrongAnswer, "missing", false},
    {"replaced", Verdict::kTampered, "replaced", true},
    // Of a bridge only:
    {"stopped", Verdict::kRuntimeError, "stopped", false},
    {"nonsense", Verdict::kWrongAnswer, "nonsense", true},
    {"not_plain", Verdict::kWrongAnswer, "not_plain", true},
    {"argument", Verdict::kWrongAnswer, "argument", true},
    {"absent", Verdict::kRuntimeError, "absent", true},
};

std::string_view reason_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kTimeLimit: return "time_limit";
    case Verdict::kIdleLimit: return "idle_limit";
    case Verdict::kMemoryLimit: return "memory_limit";
    case Verdict::kOutputLimit: return "output_limit";
    case Verdict::kSecurityViolation: return "security";
    default: return "stopped";
  }
}

Judgement ended_by(Verdict verdict) { return {verdict, std::string(reason_of(verdict)), {}}; }

// nullopt: no word of ours.
std::optional<Result<Judgement>> judged(const Report& report) {
  if (report.word == "broken") return Result<Judgement>(retryable_error("OT621", {report.detail, std::string("python3-pytest")}));
  for (const WordRow& row : kWords) {
    if (row.word != report.word) continue;
    return Result<Judgement>(Judgement{row.verdict, std::string(row.reason), row.tells_detail ? report.detail : std::string()});
  }
  return std::nullopt;
}

const std::string* written_report(const sandbox::RunResult& run) {
  for (const sandbox::CollectedFile& file : run.files) {
    if (file.name == kReportFile && file.refused.empty()) return &file.bytes;
  }
  return nullptr;
}

// The tests' side has said nothing. It may have been kept busy past its own limits by what it was answered, or crashed on it;
// anything else is a fault of the teacher's file or of ours.
Result<Judgement> unsaid(const sandbox::RunResult& tests, Verdict of_program, const sandbox::Language& language) {
  if (of_program != Verdict::kGraded) return ended_by(of_program);
  const Verdict of_tests = program::verdict_of(tests, language);
  if (of_tests == Verdict::kTimeLimit || of_tests == Verdict::kIdleLimit || of_tests == Verdict::kMemoryLimit) return ended_by(of_tests);
  // `v[0]` of an empty vector, as a test may well write it.
  if (tests.ending == Ending::kSignalled) return Judgement{Verdict::kRuntimeError, "fell", {}};
  return error("OT622", {tests.err.substr(0, 400)});
}

}  // namespace

std::optional<Report> read_report(std::string_view bytes, std::string_view proof) {
  const auto line = bytes.substr(0, bytes.find('\n'));
  if (line.size() == bytes.size()) return std::nullopt;
  std::string_view rest = line;
  if (!proof.empty()) {
    if (!rest.starts_with(proof) || rest.substr(proof.size(), 1) != " ") return std::nullopt;
    rest.remove_prefix(proof.size() + 1);
  }
  const auto space = rest.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  std::size_t length = 0;
  const std::string_view digits = rest.substr(space + 1);
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  const std::string_view detail = bytes.substr(line.size() + 1);
  if (problem != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  if (length > kMostDetail || detail.size() != length) return std::nullopt;
  return Report{std::string(rest.substr(0, space)), std::string(detail)};
}

Result<Judgement> judge_inside(const sandbox::RunResult& run, const sandbox::Language& language, std::string_view proof) {
  if (run.ending == Ending::kNotStarted) return error("OT564", {language.title, run.detail});
  const Verdict ended = program::verdict_of(run, language);
  if (ended != Verdict::kGraded && ended != Verdict::kRuntimeError) return ended_by(ended);
  const auto report = read_report(run.out, proof);
  const auto said = report ? judged(*report) : std::nullopt;
  const bool was_cut = run.ending == Ending::kSignalled;
  if (!said && !run.out.empty() && !was_cut) return Judgement{Verdict::kTampered, "forged", {}};
  if (ended == Verdict::kRuntimeError) return ended_by(ended);
  return said ? *said : Result<Judgement>(Judgement{Verdict::kRuntimeError, "no_report", {}});
}

Result<Judgement> judge_bridge(const sandbox::PairResult& pair, const sandbox::Language& language) {
  for (const sandbox::RunResult* run : {&pair.program, &pair.interactor}) {
    if (run->ending == Ending::kNotStarted) return error("OT564", {language.title, run->detail});
  }
  const Verdict ended = program::verdict_of(pair.program, language);
  const std::string* written = written_report(pair.interactor);
  const auto report = written == nullptr ? std::nullopt : read_report(*written, {});
  if (!report) return unsaid(pair.interactor, ended, language);
  const auto said = judged(*report);
  if (!said) return error("OT622", {report->word});
  // A comparison that failed while the program was still there is the verdict; what it does afterwards changes nothing.
  const bool lost_first = pair.interactor_first && report->word != "passed" && report->word != "stopped";
  if (ended != Verdict::kGraded && !lost_first) return ended_by(ended);
  return *said;
}

}  // namespace otmetka::checkers::unit_tests
