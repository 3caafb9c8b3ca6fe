// Rows of `otmetka grade`: one out for one in, in three forms.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/command_line.h"
#include "engine/answers/answers_reader.h"
#include "engine/compiled_spec.h"
#include "engine/programs.h"
#include "model/scored_result.h"

namespace otmetka::cli {

enum class RowForm { kTable, kJsonLines, kCsv };

// A graded row, ready to print.
struct GradedRow {
  std::vector<std::string> cells;  // kTable without --explain; else empty and `text` holds the whole row
  std::string text;
  bool failed = false;
  Ratio raw;  // nothing for a failed row
};

// Immutable after construction; any thread.
class RowMaker {
 public:
  RowMaker(const Context& context, const engine::CompiledSpec& spec, RowForm form, bool explain, engine::Programs* programs = nullptr);

  // `file_no`: which of the command's files, from 1. A work without submission_id gets a result_id from that, its line, learner
  // and attempt: the same when the same files are graded again.
  GradedRow make(const engine::answers::Row& row, std::size_t file_no) const;

  std::vector<std::string> heads() const;  // of the table
  std::string csv_head() const;            // with its line end

 private:
  Result<ScoredResult> grade(const Submission& submission, const std::string& row) const;
  ScoredResult as_by_this_spec(const Submission& row, ScoredResult result) const;
  ScoredResult result_of(const engine::answers::Row& row, std::size_t file_no) const;
  void append_csv(const ScoredResult& result, const Ratio& final, std::string& out) const;
  std::vector<std::string> table_cells(const ScoredResult& result, const Ratio& final) const;

  const Context& context_;
  const engine::CompiledSpec& spec_;
  RowForm form_;
  bool explain_;
  engine::Programs* programs_;
  std::vector<std::string> part_ids_;
};

}  // namespace otmetka::cli
