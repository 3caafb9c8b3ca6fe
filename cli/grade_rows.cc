#include "cli/grade_rows.h"

#include <sstream>

#include "checkers/checker.h"
#include "cli/csv.h"
#include "cli/explanation.h"
#include "cli/table.h"
#include "engine/grade_submission.h"
#include "queue/codec.h"

namespace otmetka::cli {
namespace {

constexpr std::size_t kMostItemColumns = 12;  // of the table; more do not fit a screen

// What the rubric makes of this attempt alone; the gradebook knows the others.
FinalMark mark_of(const engine::CompiledSpec& spec, const ScoredResult& result) {
  const Attempt attempt{.attempt_no = result.attempt_no,
                        .raw = result.raw,
                        .maximum = result.maximum,
                        .submitted_at = result.submitted_at,
                        .due_at = result.due_at,
                        .consumes_attempt = result.consumes_attempt};
  return final_mark(spec.rubric, {&attempt, 1});
}

std::string row_id(const engine::answers::Row& row, std::size_t file_no) {
  const std::int32_t attempt_no = row.submission ? row.submission->attempt_no : row.attempt_no;
  return std::to_string(file_no) + ':' + std::to_string(row.origin.line) + ':' + std::to_string(attempt_no) + ':' + row.learner;
}

}  // namespace

RowMaker::RowMaker(const Context& context, const engine::CompiledSpec& spec, RowForm form, bool explain, engine::Programs* programs)
    : context_(context), spec_(spec), form_(form), explain_(explain), programs_(programs) {
  for (const engine::CompiledItem& item : spec.items) {
    const auto parts = item.checker->part_shapes();
    for (const checkers::PartShape& part : parts) part_ids_.push_back(item.id + "." + part.id);
    if (parts.empty()) part_ids_.push_back(item.id);
  }
}

std::vector<std::string> RowMaker::heads() const {
  std::vector<std::string> out = {say(context_, "cli.grade.learner"), say(context_, "cli.grade.attempt"), say(context_, "cli.grade.raw"),
                                  say(context_, "cli.grade.maximum"), say(context_, "cli.grade.final"),   say(context_, "cli.grade.state")};
  if (part_ids_.size() <= kMostItemColumns) out.insert(out.end(), part_ids_.begin(), part_ids_.end());
  out.push_back(say(context_, "cli.grade.notices"));
  return out;
}

std::string RowMaker::csv_head() const {
  std::string out;
  CsvLine line(out);
  for (const char* head : {"learner_id", "attempt_no", "raw", "maximum", "final", "progress"}) line.plain(head);
  for (const std::string& id : part_ids_) line.text(id).text(id + ":status");
  line.plain("notices").end();
  return out;
}

void RowMaker::append_csv(const ScoredResult& result, const Ratio& final, std::string& out) const {
  const bool failed = result.progress == Progress::kFailed;
  const auto number = [failed](const Ratio& value) { return failed ? std::string() : exact_decimal(value); };
  CsvLine line(out);
  line.text(result.learner.value).plain(std::to_string(result.attempt_no));
  line.plain(number(result.raw)).plain(exact_decimal(spec_.maximum)).plain(number(final)).plain(progress_name(result.progress));
  for (std::size_t i = 0; i < part_ids_.size(); ++i) {
    line.plain(failed ? std::string() : exact_decimal(result.parts[i].points));
    line.plain(failed ? std::string_view() : verdict_name(result.parts[i].status));
  }
  line.text(notices_text(context_, result)).end();
}

std::vector<std::string> RowMaker::table_cells(const ScoredResult& result, const Ratio& final) const {
  const bool failed = result.progress == Progress::kFailed;
  const auto number = [&](const Ratio& value) { return failed ? "-" : messages::number_text(value, context_.language); };
  std::vector<std::string> cells = {printable(result.learner.value), std::to_string(result.attempt_no), number(result.raw),
                                    messages::number_text(spec_.maximum, context_.language), number(final),
                                    std::string(progress_name(result.progress))};
  if (part_ids_.size() <= kMostItemColumns) {
    for (std::size_t i = 0; i < part_ids_.size(); ++i) cells.push_back(failed ? "-" : number(result.parts[i].points));
  }
  cells.push_back(printable(notices_text(context_, result)));
  return cells;
}

// A sandbox that broke under one row may not under the next try.
Result<ScoredResult> RowMaker::grade(const Submission& submission, const std::string& row) const {
  constexpr int kTries = 3;
  const engine::GradeOptions options{.explain = explain_, .graded_at = std::nullopt, .programs = programs_, .row = row};
  auto result = engine::grade_submission(spec_, submission, options);
  for (int i = 1; i < kTries && !result && result.failure().retryable; ++i) result = engine::grade_submission(spec_, submission, options);
  return result;
}

// A row may name the spec that it was made for; it is graded by the one that was given all the same, and says so.
ScoredResult RowMaker::as_by_this_spec(const Submission& row, ScoredResult result) const {
  const bool other_id = !row.spec.empty() && row.spec.value != spec_.message.id();
  const bool other_version = !row.spec_sha256.empty() && row.spec_sha256 != spec_.sha256;
  if (other_id || other_version) {
    const auto& asked = other_version ? row.spec_sha256 : row.spec.value;
    result.notices.push_back({"OT386", {checkers::quote(asked), other_version ? spec_.sha256 : spec_.message.id()}});
  }
  result.spec = SpecId(spec_.message.id());
  return result;
}

ScoredResult RowMaker::result_of(const engine::answers::Row& row, std::size_t file_no) const {
  const std::string own_id = row_id(row, file_no);
  Error why;
  Submission work;
  if (row.submission) {
    auto graded = grade(*row.submission, own_id);
    if (graded) return as_by_this_spec(*row.submission, std::move(*graded));
    why = graded.failure();
    work = *row.submission;
  } else {
    why = row.submission.failure();
    work.learner = LearnerId(row.learner);
    work.attempt_no = row.attempt_no;
  }
  work.spec = SpecId(spec_.message.id());
  work.spec_sha256 = spec_.sha256;
  return engine::failed_result(work, why.message, own_id);
}

GradedRow RowMaker::make(const engine::answers::Row& from, std::size_t file_no) const {
  const ScoredResult result = result_of(from, file_no);
  GradedRow row;
  row.failed = result.progress == Progress::kFailed;
  if (!row.failed) row.raw = result.raw;
  if (form_ == RowForm::kJsonLines) {
    queue::append_json(result, {.traces = explain_}, row.text);
    row.text += '\n';
    return row;
  }
  const FinalMark mark = row.failed ? FinalMark() : mark_of(spec_, result);
  if (form_ == RowForm::kCsv) {
    append_csv(result, mark.rounded, row.text);
  } else if (explain_) {
    std::ostringstream text;
    text << printable(result.learner.value) << " · " << say(context_, "cli.grade.attempt") << ' ' << result.attempt_no << '\n';
    print_result(context_, result, text);
    if (!row.failed) print_mark(context_, {result}, mark, text);
    text << '\n';
    row.text = text.str();
  } else {
    row.cells = table_cells(result, mark.rounded);
  }
  return row;
}

}  // namespace otmetka::cli
