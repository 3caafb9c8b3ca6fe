// A line of CSV, built cell by cell.
#pragma once

#include <string>
#include <string_view>

#include "model/ratio.h"

namespace otmetka::cli {

class CsvLine {
 public:
  explicit CsvLine(std::string& out) : out_(out) {}
  CsvLine& text(std::string_view cell);   // somebody's words: guarded against spreadsheets (engine/answers/csv_writer.h)
  CsvLine& plain(std::string_view cell);  // a number, a status, a name of the program's own
  void end();

 private:
  std::string& out_;
  bool first_ = true;
};

// A number for a cell: a decimal with a point, or n/d where no decimal of six digits is exact.
std::string exact_decimal(const Ratio& value);

}  // namespace otmetka::cli
