// A table of answers: a header of envelope fields (`learner_id`, `attempt_no`, `submitted_at`, …), item ids and
// `item.part`; then one submission a row. README.md has the rules for teachers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/answers/answers_reader.h"
#include "engine/answers/csv_records.h"
#include "engine/answers/input_file.h"
#include "queue/codec_envelope.h"

namespace otmetka::engine::answers {

class CsvReader final : public AnswersReader {
 public:
  // Reads the header. OT342 a duplicate column, OT348 no header, OT345 to OT346 a header that is no CSV, OT301 one of more
  // than 4 MiB, OT353 one without a single item. Columns that mean nothing are ignored with a notice.
  static Result<std::unique_ptr<AnswersReader>> open(InputFile input, const Shapes& shapes);

  std::optional<Row> next() override;
  Extent extent() const override { return {input_.consumed(), input_.size()}; }

 private:
  struct Column {
    const queue::EnvelopeField* field = nullptr;  // else an item, where `part` is not empty; else ignored
    std::string part;
    checkers::AnswerShape shape = checkers::AnswerShape::kText;
  };

  explicit CsvReader(InputFile input) : input_(std::move(input)) {}
  Status read_header(const Shapes& shapes);
  Status add_column(std::string_view name, const Shapes& shapes);
  Message unknown_column(std::string_view name, const Shapes& shapes) const;
  void decide_charset();
  void recheck_charset();
  std::string cell(std::size_t i) const;
  std::optional<Error> fault() const;
  Result<Submission> read_row() const;
  Row named(Result<Submission> submission) const;

  InputFile input_;
  std::optional<CsvRecords> records_;
  CsvRecord record_;
  std::vector<Column> columns_;
  std::vector<std::string> names_;
  bool cp1251_ = false;
  bool charset_known_ = false;
  bool ended_ = false;
};

}  // namespace otmetka::engine::answers
