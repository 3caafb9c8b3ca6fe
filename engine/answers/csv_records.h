// CSV as bytes: records and cells by RFC 4180, without a meaning. Quoted cells may hold separators and line ends; a quote
// inside one is doubled. A quote in the middle of a bare cell is a character like any other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/answers/input_file.h"

namespace otmetka::engine::answers {

struct CsvRecord {
  enum class Fault { kNone, kUnclosedQuote, kTextAfterQuote, kTooLong };

  std::int64_t line = 0;        // from 1: where the record begins
  Fault fault = Fault::kNone;
  std::int64_t fault_line = 0;  // kUnclosedQuote: where the quote opened
  std::size_t fault_cell = 0;   // kTextAfterQuote: from 0

  std::size_t size() const { return ends.size(); }
  std::string_view cell(std::size_t i) const {
    const std::size_t from = i == 0 ? 0 : ends[i - 1];
    return std::string_view(bytes).substr(from, ends[i] - from);
  }
  // A line of nothing, or of white space alone: no row. A separator or a quote makes it one.
  bool is_blank() const;
  // Nothing in any cell.
  bool is_empty() const { return bytes.empty() && fault == Fault::kNone; }

  bool quoted = false;            // some cell stood in quotes
  std::string bytes;              // of all cells, one after another, quotes taken off
  std::vector<std::size_t> ends;  // of each cell in `bytes`
};

struct CsvDialect {
  char separator = ',';
  // '\r' for a file of an old Macintosh, which has line feeds in quotes at most; a CR before an LF never belongs to a bare cell.
  char line_end = '\n';
};

// The separator is the one of `,` `;` and tab that occurs most in the first record, outside quotes.
CsvDialect sniff_dialect(std::string_view beginning);

class CsvRecords {
 public:
  CsvRecords(InputFile& input, CsvDialect dialect, std::int64_t first_line = 1)
      : input_(input), dialect_(dialect), line_(first_line) {}

  // False at the end of the input or where it breaks off. A record of more than queue::kMaxSubmissionBytes is skipped to
  // its end; one whose quote is never closed takes the rest of the input. Linear.
  bool next(CsvRecord& record);

 private:
  enum class State { kCellBegins, kBare, kQuoted, kQuoteInQuoted, kAfterQuoted };

  void begin(CsvRecord& record);
  bool take(char c, CsvRecord& record);
  void take_bare(char c, CsvRecord& record);
  void take_after_quote(char c, CsvRecord& record);
  void keep(char c, CsvRecord& record);
  void end_cell(CsvRecord& record);
  void end_record(CsvRecord& record);

  InputFile& input_;
  CsvDialect dialect_;
  State state_ = State::kCellBegins;
  std::int64_t line_;
  std::int64_t quote_line_ = 0;
};

}  // namespace otmetka::engine::answers
