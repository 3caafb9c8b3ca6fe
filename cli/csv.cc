#include "cli/csv.h"

#include "engine/answers/csv_writer.h"

namespace otmetka::cli {
namespace {

constexpr char kSeparator = ',';

}  // namespace

CsvLine& CsvLine::text(std::string_view cell) {
  if (!first_) out_ += kSeparator;
  first_ = false;
  engine::answers::append_csv_text(cell, kSeparator, out_);
  return *this;
}

CsvLine& CsvLine::plain(std::string_view cell) {
  if (!first_) out_ += kSeparator;
  first_ = false;
  engine::answers::append_csv_plain(cell, kSeparator, out_);
  return *this;
}

void CsvLine::end() { out_ += '\n'; }

std::string exact_decimal(const Ratio& value) { return to_decimal(value, 6).value_or(value.to_string()); }

}  // namespace otmetka::cli
