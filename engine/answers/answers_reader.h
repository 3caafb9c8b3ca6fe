// Files of answers, read row by row: JSON lines, CSV tables, and folders with one subfolder per learner.
//
// Exactly one Row comes out for each row of the input, in its order, whatever happens to any of them: a row that cannot be
// read is a Row with an Error. No rows: lines of white space only, rows of a table whose cells are all empty, and entries
// of a folder that are no folders. Memory is bounded by the longest row, at most 4 MiB (queue::kMaxSubmissionBytes); a longer
// one is skipped to its end and gives OT301.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checkers/checker.h"
#include "model/result.h"
#include "model/submission.h"

namespace otmetka::engine::answers {

struct Origin {
  std::string file;       // as named by the caller; in a folder of answers the learner's folder
  std::int64_t line = 0;  // from 1, where the row begins; 0 for a folder
};

struct Row {
  Result<Submission> submission;
  Origin origin;
  // Where they could be read, even if the rest could not.
  std::string learner;
  std::int32_t attempt_no = 1;
};

// What answers a spec expects: item ids, and `item.part` for items of parts. Empty: nothing is known, every column and
// file is taken for an item that wants a text.
using Shapes = std::map<std::string, checkers::AnswerShape, std::less<>>;

// How far a reader has come: bytes of a file, learners of a folder. `whole` 0: not known (a pipe).
struct Extent {
  std::uint64_t done = 0;
  std::uint64_t whole = 0;
};

class JsonLinesReader;

// One thread.
class AnswersReader {
 public:
  AnswersReader() = default;
  AnswersReader(const AnswersReader&) = delete;
  AnswersReader& operator=(const AnswersReader&) = delete;
  virtual ~AnswersReader() = default;

  // nullopt at the end. An input that breaks off in the middle (a failing disk) gives a last Row with OT367.
  virtual std::optional<Row> next() = 0;

  // For those who decode on several threads: not null when the input is JSON lines. Use either it or next().
  virtual JsonLinesReader* json_lines() { return nullptr; }

  virtual Extent extent() const { return {}; }

  // What is to be said of the input as a whole, on stderr: grows while it is read.
  const std::vector<Message>& notices() const { return notices_; }

 protected:
  std::vector<Message> notices_;
};

// "-" is standard input. The format is told by the extension (.jsonl .ndjson .json; .csv .tsv .txt), else by the first
// byte. Errors: OT348 a table without header, OT342 a duplicate column, OT351 UTF-16, OT352 one JSON list, OT360 missing,
// OT361 to OT364 not readable, OT366 no format fits, OT369 a folder without learners.
Result<std::unique_ptr<AnswersReader>> open_answers(const std::string& path, const Shapes& shapes);

}  // namespace otmetka::engine::answers
