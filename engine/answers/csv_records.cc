#include "engine/answers/csv_records.h"

#include <array>

#include "queue/codec.h"

namespace otmetka::engine::answers {

using Fault = CsvRecord::Fault;

namespace {

constexpr std::string_view kSeparators = ",;\t";

// Tells, byte by byte, what stands in quotes before the separator is known.
class Quotes {
 public:
  bool inside(char c) {
    const bool opens = std::string_view(",;\t\r\n\"").find(before_) != std::string_view::npos;  // a doubled quote opens again
    before_ = c;
    if (c == '"' && (quoted_ || opens)) quoted_ = !quoted_;
    return quoted_;
  }

 private:
  bool quoted_ = false;
  char before_ = '\n';
};

// A CR ends lines where there are some, and no line feed but in quotes.
char sniff_line_end(std::string_view beginning) {
  Quotes quotes;
  bool any_cr = false;
  for (const char c : beginning) {
    if (quotes.inside(c)) continue;
    if (c == '\n') return '\n';
    any_cr = any_cr || c == '\r';
  }
  return any_cr ? '\r' : '\n';
}

}  // namespace

CsvDialect sniff_dialect(std::string_view beginning) {
  CsvDialect out;
  out.line_end = sniff_line_end(beginning);
  std::array<std::size_t, kSeparators.size()> counts{};
  Quotes quotes;
  for (const char c : beginning) {
    if (quotes.inside(c)) continue;
    if (c == out.line_end) break;
    if (const auto i = kSeparators.find(c); i != std::string_view::npos) ++counts[i];
  }
  std::size_t best = 0;
  for (std::size_t i = 1; i < counts.size(); ++i) {
    if (counts[i] > counts[best]) best = i;
  }
  out.separator = kSeparators[best];
  return out;
}

bool CsvRecord::is_blank() const {
  return fault == Fault::kNone && !quoted && size() == 1 && bytes.find_first_not_of(" \t\r") == std::string::npos;
}

void CsvRecords::begin(CsvRecord& record) {
  record.line = line_;
  record.fault = Fault::kNone;
  record.quoted = false;
  record.bytes.clear();
  record.ends.clear();
  state_ = State::kCellBegins;
}

void CsvRecords::keep(char c, CsvRecord& record) {
  if (record.bytes.size() < queue::kMaxSubmissionBytes) {
    record.bytes += c;
  } else {
    record.fault = Fault::kTooLong;
  }
}

void CsvRecords::end_cell(CsvRecord& record) {
  // Cells of nothing are bounded too.
  if (record.ends.size() < queue::kMaxSubmissionBytes / 16) {
    record.ends.push_back(record.bytes.size());
  } else {
    record.fault = Fault::kTooLong;
  }
  state_ = State::kCellBegins;
}

void CsvRecords::end_record(CsvRecord& record) {
  const std::size_t begins = record.ends.empty() ? 0 : record.ends.back();
  const bool cr = state_ == State::kBare && record.bytes.size() > begins && record.bytes.back() == '\r';
  if (cr) record.bytes.pop_back();
  end_cell(record);
}

void CsvRecords::take_bare(char c, CsvRecord& record) {
  if (c == dialect_.separator) return end_cell(record);
  if (c == '"' && state_ == State::kCellBegins) {
    state_ = State::kQuoted;
    record.quoted = true;
    quote_line_ = line_;
    return;
  }
  state_ = State::kBare;
  keep(c, record);
}

void CsvRecords::take_after_quote(char c, CsvRecord& record) {
  if (c == '"' && state_ == State::kQuoteInQuoted) {
    state_ = State::kQuoted;
    return keep(c, record);
  }
  state_ = State::kAfterQuoted;
  if (c == dialect_.separator) return end_cell(record);
  if (c == '\r' || c == ' ') return;
  if (record.fault == Fault::kNone) {
    record.fault = Fault::kTextAfterQuote;
    record.fault_cell = record.ends.size();
  }
}

// True where the record ends.
bool CsvRecords::take(char c, CsvRecord& record) {
  const bool line_ends = c == dialect_.line_end;
  if (line_ends && state_ != State::kQuoted) {
    end_record(record);
    ++line_;
    return true;
  }
  if (state_ == State::kQuoted) {
    if (c == '"') {
      state_ = State::kQuoteInQuoted;
    } else {
      keep(c, record);
    }
  } else if (state_ == State::kQuoteInQuoted || state_ == State::kAfterQuoted) {
    take_after_quote(c, record);
  } else {
    take_bare(c, record);
  }
  if (line_ends) ++line_;
  return false;
}

bool CsvRecords::next(CsvRecord& record) {
  begin(record);
  bool any = false;
  do {
    const std::string_view view = input_.buffered();
    for (std::size_t i = 0; i < view.size(); ++i) {
      if (take(view[i], record)) {
        input_.consume(i + 1);
        return true;
      }
    }
    any = any || !view.empty();
    input_.consume(view.size());
  } while (input_.fill());
  if (!any || input_.failure()) return false;
  if (state_ == State::kQuoted && record.fault != Fault::kTooLong) {
    record.fault = Fault::kUnclosedQuote;
    record.fault_line = quote_line_;
  }
  end_record(record);
  return true;
}

}  // namespace otmetka::engine::answers
