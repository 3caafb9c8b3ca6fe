// `otmetka verify`: a problem package's own submissions against what the package expects of them.
#include <cmath>
#include <iostream>
#include <set>

#include "checkers/catalog.h"
#include "checkers/program/judging.h"
#include "cli/commands.h"
#include "cli/programs_config.h"
#include "cli/table.h"
#include "engine/programs.h"
#include "packages/mark.h"
#include "packages/verify.h"
#include "queue/codec.h"

namespace otmetka::cli {
namespace {

using packages::VerifiedSubmission;

struct Options {
  std::string format;
  bool weak = false;
  std::vector<std::string> packages;
};

std::vector<sandbox::Language> languages_of(const sandbox::Workshop& workshop) {
  std::vector<sandbox::Language> out;
  for (const sandbox::LanguageState& state : workshop.languages()) out.push_back(*state.language);
  return out;
}

packages::Workbench workbench(sandbox::Workshop& workshop, engine::Programs& programs) {
  const auto for_each = [&programs](std::size_t n, const std::function<void(std::size_t)>& one) { programs.for_each(n, one); };
  return {.language = [&workshop](const std::string& id) { return workshop.language(id); },
          .judge = [&workshop, for_each](const checkers::program::Task& task, const checkers::program::SubmittedProgram& program,
                                         bool all) { return judge(task, program, workshop, {.all_tests = all, .for_each = for_each}); },
          .grade = [&workshop](const checkers::program::Judge& grader, const std::vector<std::string>& arguments,
                               const std::string& input) { return packages::run_grader(workshop, grader, arguments, input); }};
}

constexpr std::size_t kMostLogLines = 5;
constexpr std::size_t kMostExplained = 20;  // rows under one table

std::string first_lines(const std::string& log) {
  std::size_t end = 0;
  for (std::size_t lines = 0; lines < kMostLogLines && end != std::string::npos; ++lines) {
    end = log.find('\n', end == 0 ? 0 : end + 1);
  }
  return log.substr(0, std::min<std::size_t>(end, 2'000));
}

// What a teacher wants to know of a row that does not agree, a line each.
std::vector<std::string> reasons(const Context& context, const VerifiedSubmission& row) {
  std::vector<std::string> out;
  if (!row.compile_log.empty()) out.push_back(say(context, "program.compile_log", {checkers::quote(first_lines(row.compile_log))}));
  if (!row.failed) return out;
  out.push_back(say(context, "program.failed_on", {row.failed->test, std::string(verdict_name(row.failed->verdict))}));
  if (row.failed->detail) out.push_back(checkers::message_catalogue().render(*row.failed->detail, context.language));
  if (!row.failed->said.empty()) out.push_back(say(context, "program.said", {row.failed->test, row.failed->said}));
  return out;
}

void append_reasons(const Context& context, const VerifiedSubmission& row, std::string& out) {
  if (row.failed) {
    out += ",\"failed\":{\"test\":";
    queue::append_json_string(row.failed->test, out);
    out += ",\"verdict\":\"" + std::string(verdict_name(row.failed->verdict)) + "\",\"detail\":";
    const auto& detail = row.failed->detail;
    queue::append_json_string(detail ? checkers::message_catalogue().render(*detail, context.language) : std::string(), out);
    out += ",\"said\":";
    queue::append_json_string(row.failed->said, out);
    out += "}";
  }
  if (row.compile_log.empty()) return;
  out += ",\"compile_log\":";
  queue::append_json_string(first_lines(row.compile_log), out);
}

void print_json(const Context& context, const VerifiedSubmission& row) {
  std::string out = "{\"submission\":";
  queue::append_json_string(row.submission, out);
  out += ",\"expected\":[";
  for (std::size_t i = 0; i < row.expected.size(); ++i) out += (i == 0 ? "\"" : ",\"") + row.expected[i] + "\"";
  out += "],\"verdict\":\"" + row.verdict + "\",\"agrees\":" + (!row.agrees ? "null" : *row.agrees ? "true" : "false") + ",\"tests\":[";
  for (std::size_t i = 0; i < row.tests.size(); ++i) {
    const TestOutcome& test = row.tests[i];
    out += i == 0 ? "{\"id\":" : ",{\"id\":";
    queue::append_json_string(test.id, out);
    out += ",\"verdict\":\"" + std::string(verdict_name(test.verdict)) + "\",\"cpu_us\":" + std::to_string(test.cpu.count()) +
           ",\"wall_us\":" + std::to_string(test.wall.count()) + ",\"peak_bytes\":" + std::to_string(test.peak_bytes) + "}";
  }
  out += "]";
  append_reasons(context, row, out);
  std::cout << out << "}\n" << std::flush;
}

class ResultTable {
 public:
  ResultTable(const Context& context, bool scoring) : context_(context), scoring_(scoring), table_(heads()) {
    for (const std::size_t column : {4u, 5u, 6u}) {
      if (column != 6 || scoring) table_.right_align(column);
    }
  }

  void row(const VerifiedSubmission& row) {
    std::chrono::microseconds slowest{0};
    for (const TestOutcome& test : row.tests) slowest = std::max(slowest, test.cpu);
    std::string expected;
    for (const std::string& one : row.expected) expected += (expected.empty() ? "" : " ") + one;
    const std::string agrees = !row.agrees ? "-" : say(context_, *row.agrees ? "cli.verify.yes" : "cli.verify.no");
    std::vector<std::string> cells = {row.submission, std::move(expected), row.verdict, agrees};
    cells.push_back(row.tests.empty() ? "-" : std::to_string(row.tests.size()));
    cells.push_back(row.tests.empty() ? "-" : std::to_string(slowest.count() / 1'000));
    if (scoring_) cells.push_back(row.score ? number(*row.score) : "-");
    table_.row(std::move(cells));
    explain(row);
  }

  void print() {
    table_.print(std::cout, context_.colour_out);
    for (const std::string& line : why_) std::cout << line << '\n';
  }

 private:
  void explain(const VerifiedSubmission& row) {
    const std::vector<std::string> lines = reasons(context_, row);
    if (lines.empty() || explained_++ >= kMostExplained) return;
    why_.push_back(printable(row.submission) + ":");
    for (const std::string& line : lines) why_.push_back("  " + printable(line));
  }

  std::vector<std::string> heads() const {
    std::vector<std::string> out = {say(context_, "cli.verify.submission"), say(context_, "cli.verify.expected"),
                                    say(context_, "cli.verify.verdict"),    say(context_, "cli.verify.agrees"),
                                    say(context_, "cli.verify.tests"),      say(context_, "cli.verify.slowest")};
    if (scoring_) out.push_back(say(context_, "cli.verify.score"));
    return out;
  }

  std::string number(double value) const {
    const double most = 1e12;
    const auto micro = static_cast<std::int64_t>(std::llround(std::clamp(value, -most, most) * 1e6));
    return messages::number_text(Ratio(micro, 1'000'000), context_.language);
  }

  const Context& context_;
  bool scoring_;
  Table table_;
  std::vector<std::string> why_;  // under the table
  std::size_t explained_ = 0;
};

void print_totals(const Context& context, const packages::Package& package, const packages::Verification& done) {
  const Ratio limit(static_cast<std::int64_t>(std::llround(done.time_limit * 1e3)), 1'000);
  std::cerr << say(context, done.measured ? "cli.verify.totals_measured" : "cli.verify.totals",
                   {printable(package.name), done.agree, done.disagree, done.skipped, done.unknown, limit})
            << '\n';
}

bool has_accepted(const packages::Package& package) {
  return std::any_of(package.submissions.begin(), package.submissions.end(), [](const packages::PackageSubmission& one) {
    const auto& verdicts = one.expectation.verdicts;
    return std::find(verdicts.begin(), verdicts.end(), Verdict::kGraded) != verdicts.end();
  });
}

int verify_one(const Context& context, const Options& options, const packages::Package& package, const packages::Workbench& bench) {
  for (const Message& warning : package.warnings) warn(context, warning);
  if (package.submissions.empty()) warn(context, {"OT556", {package.path}});
  if (!package.submissions.empty() && !has_accepted(package)) {
    std::cerr << say(context, "cli.verify.no_accepted", {printable(package.path)}) << '\n';
  }
  const bool json = options.format == "jsonl";
  if (!json && options.packages.size() > 1) std::cout << printable(package.path) << '\n';
  ResultTable table(context, package.scoring);
  ProgressBar progress(context.terminal_err, package.name);
  std::uint64_t rows = 0;
  std::set<std::string> said;
  const auto done = packages::verify(package, bench, [&](const VerifiedSubmission& row) {
    progress.clear();
    for (const Message& note : row.notes) {
      if (said.insert(checkers::message_catalogue().render(note, context.language)).second) warn(context, note);
    }
    if (json) {
      print_json(context, row);
    } else {
      table.row(row);
    }
    progress.show(++rows, package.submissions.size());
  });
  progress.clear();
  if (!json) table.print();
  print_totals(context, package, done);
  return done.disagree == 0 ? kDone : kNo;
}

int run(const Context& context, const Options& options) {
  auto settings = workshop_options();
  if (!settings) return report(context, settings.failure());
  settings->allow_weak = settings->allow_weak || options.weak;
  engine::Programs programs(*settings);
  const auto workshop = programs.workshop();
  if (!workshop) return report(context, workshop.failure(), kNotAllowed);
  const std::vector<sandbox::Language> languages = languages_of(**workshop);
  const packages::Workbench bench = workbench(**workshop, programs);
  int worst = kDone;
  for (const std::string& path : options.packages) {
    const auto package = packages::read_package(path, languages);
    worst = std::max(worst, package ? verify_one(context, options, *package, bench) : report(context, package.failure()));
  }
  return worst;
}

}  // namespace

Command verify_command() {
  static Options options;
  return {.name = "verify",
          .summary_id = "cli.verify.summary",
          .options = {{.name = "--format",
                       .value_name = "FORMAT",
                       .help_id = "cli.option.format",
                       .choices = {"table", "jsonl"},
                       .text = &options.format},
                      {.name = "--allow-weak-sandbox", .help_id = "cli.verify.weak", .flag = &options.weak},
                      {.name = "PACKAGE", .help_id = "cli.verify.path", .required = true, .texts = &options.packages}},
          .run = [](const Context& context) { return run(context, options); }};
}

}  // namespace otmetka::cli
