// What came for the rows of the gradebook and does not hold them: second submissions, other versions, older ones.
#pragma once

#include <iosfwd>
#include <string>

#include "cli/command_line.h"
#include "cli/table.h"
#include "gradebook/store.h"

namespace otmetka::cli {

class HistoryPrinter {
 public:
  // `format`: "jsonl", "csv", else a table, which is laid out when all are there.
  HistoryPrinter(const Context& context, gradebook::Store& store, std::string format, std::ostream& out);

  Status add(const gradebook::Standing& standing);
  void finish();

 private:
  void print(const gradebook::HistoryRow& row);

  const Context& context_;
  gradebook::Store& store_;
  std::string format_;
  std::ostream& out_;
  Table table_;
};

}  // namespace otmetka::cli
