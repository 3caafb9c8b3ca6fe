// `otmetka grade`: files and folders of answers, one row out for one row in.
#include <algorithm>
#include <charconv>
#include <iostream>
#include <sstream>

#include "cli/commands.h"
#include "cli/grade_rows.h"
#include "cli/output_file.h"
#include "cli/programs_config.h"
#include "cli/spec_input.h"
#include "cli/table.h"
#include "engine/answers/answers_reader.h"
#include "engine/answers/json_lines.h"
#include "engine/answers_lane.h"
#include "engine/ordered_pipeline.h"

namespace otmetka::cli {
namespace {

namespace answers = engine::answers;

constexpr std::size_t kRowsAJob = 256;       // rows that are read one by one
constexpr std::size_t kTableChunk = 1'000;   // rows whose widths lay out a table

struct Options {
  std::string spec;
  std::string format;
  std::string output;
  std::string jobs;
  std::string fail_under;
  bool explain = false;
  std::vector<std::string> answers;
};

struct Totals {
  std::int64_t rows = 0;
  std::int64_t failed = 0;
  Ratio raw;  // of all that did not fail
};

// What those that were graded got of the maximum, exactly; nullopt: none was.
std::optional<Ratio> mean_share(const Totals& totals, const Ratio& maximum) {
  const std::int64_t graded = totals.rows - totals.failed;
  if (graded == 0) return std::nullopt;
  return maximum > Ratio(0) ? totals.raw / (maximum * Ratio(graded)) : Ratio(0);
}

// Some rows: lines not yet decoded, or submissions that a reader has made already.
class GradeJob : public engine::Job {
 public:
  GradeJob(const RowMaker& maker, std::size_t file_no, const answers::JsonLinesReader& reader, answers::LineBlock block)
      : maker_(maker), file_no_(file_no), reader_(&reader), block_(std::move(block)) {}
  GradeJob(const RowMaker& maker, std::size_t file_no, std::vector<answers::Row> rows)
      : maker_(maker), file_no_(file_no), rows_(std::move(rows)) {}

  void run() override {
    for (const auto& line : block_.lines) grade(reader_->decode(block_, line));
    for (const answers::Row& row : rows_) grade(row);
    block_ = {};
    rows_.clear();
  }

  std::string text;                              // of the forms that stream
  std::vector<std::vector<std::string>> cells;   // of a table
  Totals totals;
  answers::Extent extent;  // of its file, once these rows have been read

 private:
  void grade(const answers::Row& row) {
    GradedRow graded = maker_.make(row, file_no_);
    ++totals.rows;
    totals.failed += graded.failed ? 1 : 0;
    totals.raw += graded.raw;
    text += graded.text;
    if (!graded.cells.empty()) cells.push_back(std::move(graded.cells));
  }

  const RowMaker& maker_;
  std::size_t file_no_;
  const answers::JsonLinesReader* reader_ = nullptr;
  answers::LineBlock block_;
  std::vector<answers::Row> rows_;
};

class Grading {
 public:
  Grading(const Context& context, const Options& options, const engine::CompiledSpec& spec, RowForm form, OutputFile& out,
          engine::Programs& programs)
      : context_(context), options_(options), spec_(spec), form_(form), out_(out), maker_(context, spec, form, options.explain, &programs),
        table_(maker_.heads()), progress_(context.terminal_err, say(context, "cli.grade.progress")) {
    for (std::size_t column = 1; column < 5; ++column) table_.right_align(column);
  }

  Status run(int jobs) {
    if (form_ == RowForm::kCsv) {
      if (Status head = out_.write(maker_.csv_head()); !head) return head;
    }
    for (const std::string& path : options_.answers) {
      ++file_no_;
      if (Status done = grade_file(path, jobs); !done) return done;
    }
    return flush_table();
  }

  const Totals& totals() const { return totals_; }

 private:
  Status grade_file(const std::string& path, int jobs) {
    auto reader = answers::open_answers(path, engine::answer_shapes(spec_));
    if (!reader) return reader.failure();
    broken_off_ = false;
    Status written = ok_status();
    engine::run_ordered(
        jobs, [&] { return next_job(**reader); },
        [&](engine::Job& job) {
          written = take(static_cast<GradeJob&>(job));
          return written.ok();
        });
    for (const Message& notice : (*reader)->notices()) warn(context_, notice);
    return written;
  }

  std::unique_ptr<engine::Job> next_job(answers::AnswersReader& reader) {
    auto job = next_rows(reader);
    if (job != nullptr) job->extent = reader.extent();
    return job;
  }

  std::unique_ptr<GradeJob> next_rows(answers::AnswersReader& reader) {
    if (auto* lines = reader.json_lines()) return next_block(*lines);
    std::vector<answers::Row> rows;
    while (rows.size() < (spec_.runs_programs ? 1 : kRowsAJob)) {
      auto row = reader.next();
      if (!row) break;
      rows.push_back(std::move(*row));
    }
    return rows.empty() ? nullptr : std::make_unique<GradeJob>(maker_, file_no_, std::move(rows));
  }

  std::unique_ptr<GradeJob> next_block(answers::JsonLinesReader& reader) {
    answers::LineBlock block;
    if (reader.next_block(block)) return std::make_unique<GradeJob>(maker_, file_no_, reader, std::move(block));
    if (!reader.failure() || broken_off_) return nullptr;
    broken_off_ = true;
    return std::make_unique<GradeJob>(maker_, file_no_, std::vector<answers::Row>{{*reader.failure(), {}, {}}});
  }

  Status take(GradeJob& job) {
    totals_.rows += job.totals.rows;
    totals_.failed += job.totals.failed;
    totals_.raw += job.totals.raw;
    for (auto& cells : job.cells) table_.row(std::move(cells));
    if (table_.rows() >= kTableChunk) {
      if (Status flushed = flush_table(); !flushed) return flushed;
    }
    if (Status written = write(job.text); !written) return written;
    show_progress(job.extent);
    return ok_status();
  }

  // The files count alike, whatever their sizes.
  void show_progress(const answers::Extent& extent) {
    constexpr std::uint64_t kSteps = 1'000;
    const std::uint64_t within = extent.whole == 0 ? 0 : std::min(kSteps, extent.done * kSteps / extent.whole);
    const std::uint64_t whole = extent.whole == 0 ? 0 : kSteps * options_.answers.size();
    progress_.show(static_cast<std::uint64_t>(totals_.rows), kSteps * (file_no_ - 1) + within, whole);
  }

  Status write(const std::string& text) {
    if (!text.empty() && out_.is_terminal()) progress_.clear();
    return out_.write(text);
  }

  Status flush_table() {
    if (form_ != RowForm::kTable || options_.explain) return ok_status();
    std::ostringstream text;
    table_.print(text, context_.colour_out && options_.output.empty());
    return write(text.str());
  }

  const Context& context_;
  const Options& options_;
  const engine::CompiledSpec& spec_;
  RowForm form_;
  OutputFile& out_;
  RowMaker maker_;
  Table table_;
  ProgressBar progress_;
  Totals totals_;
  std::size_t file_no_ = 0;  // from 1
  bool broken_off_ = false;  // the input ended in the middle, and a row has said so
};

std::optional<int> parse_jobs(const std::string& text) {
  if (text.empty()) return engine::usable_cores();
  int jobs = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), jobs);
  if (problem != std::errc{} || end != text.data() + text.size() || jobs < 1 || jobs > 64) return std::nullopt;
  return jobs;
}

RowForm form_of(const std::string& format) {
  return format == "jsonl" ? RowForm::kJsonLines : format == "csv" ? RowForm::kCsv : RowForm::kTable;
}

// A share from 0 to 1. `60` is a slip for 60%.
std::optional<Ratio> parse_share(const std::string& text) {
  const auto share = parse_ratio(text);
  return share && *share >= Ratio(0) && *share <= Ratio(1) ? share : std::nullopt;
}

int exit_code(const Totals& totals, const std::optional<Ratio>& mean, const std::optional<Ratio>& fail_under) {
  if (totals.failed > 0) return kSomeFailed;
  return fail_under && mean.value_or(Ratio(0)) < *fail_under ? kNo : kDone;
}

void print_totals(const Context& context, const Totals& totals, const std::optional<Ratio>& mean) {
  const Arg percent = mean ? Arg(round_to(*mean * Ratio(100), Ratio(1, 10), Rounding::kHalfUp)) : Arg(std::string("-"));
  clear_progress();
  std::cerr << say(context, "cli.grade.totals", {totals.rows, totals.failed, percent}) << '\n';
}

int run(const Context& context, const Options& options) {
  std::optional<Ratio> fail_under;
  if (!options.fail_under.empty()) {
    fail_under = parse_share(options.fail_under);
    if (!fail_under) return report(context, error("OT523", {options.fail_under}));
  }
  const auto jobs = parse_jobs(options.jobs);
  if (!jobs) return report(context, error("OT524", {options.jobs}));
  const auto loaded = load_spec(context, options.spec);
  if (!loaded) return report(context, loaded.failure());
  const auto& spec = *loaded;
  auto out = OutputFile::open(options.output);
  if (!out) return report(context, out.failure());
  const auto workshop = workshop_options();
  if (!workshop) return report(context, workshop.failure());
  engine::Programs programs(*workshop);
  Grading grading(context, options, *spec, form_of(options.format), **out, programs);
  if (const Status done = grading.run(*jobs); !done) return report(context, done.failure());
  if (const Status finished = (*out)->finish(); !finished) return report(context, finished.failure());
  const Totals& totals = grading.totals();
  const auto mean = mean_share(totals, spec->maximum);
  print_totals(context, totals, mean);
  return exit_code(totals, mean, fail_under);
}

}  // namespace

Command grade_command() {
  static Options options;
  return {.name = "grade",
          .summary_id = "cli.grade.summary",
          .options = {{.name = "--spec", .value_name = "SPEC", .help_id = "cli.grade.spec", .required = true, .text = &options.spec},
                      {.name = "--format", .value_name = "FORMAT", .help_id = "cli.option.format", .choices = {"table", "jsonl", "csv"},
                       .text = &options.format},
                      {.name = "--output", .value_name = "FILE", .help_id = "cli.grade.output", .text = &options.output},
                      {.name = "--explain", .help_id = "cli.option.explain", .flag = &options.explain},
                      {.name = "--jobs", .value_name = "N", .help_id = "cli.grade.jobs", .text = &options.jobs},
                      {.name = "--fail-under", .value_name = "P", .help_id = "cli.grade.fail_under", .text = &options.fail_under},
                      {.name = "ANSWERS", .help_id = "cli.grade.answers", .required = true, .texts = &options.answers}},
          .run = [](const Context& context) { return run(context, options); },
          .note_id = "cli.grade.each_alone"};
}

}  // namespace otmetka::cli
