#include "cli/bench_text.h"

#include <sstream>

#include "cli/table.h"
#include "load/summary.h"

namespace otmetka::cli {
namespace {

void print(std::ostream& out, const load::Rows& rows, bool colour) {
  if (rows.rows.empty()) return;
  Table table(rows.heads);
  for (std::size_t column = 1; rows.heads.size() > 2 && column < rows.heads.size(); ++column) table.right_align(column);
  for (const auto& row : rows.rows) table.row(row);
  out << '\n';
  table.print(out, colour);
}

}  // namespace

load::Say words_for(const Context& context) {
  return [context](const std::string& id, const std::vector<Arg>& args) { return say(context, id, args); };
}

std::string language_name(const Context& context) { return context.language == Language::kRussian ? "ru" : "en"; }

std::string bench_text(const Context& context, const load::Report& report, bool colour) {
  const load::Say words = words_for(context);
  const std::string language = language_name(context);
  std::ostringstream out;
  for (const load::Sentence& sentence : load::summary(report, words, language)) out << sentence.text << '\n';
  print(out, load::change_rows(report, words, language), colour);
  print(out, load::example_rows(report, words, language), colour);
  if (report.ramp) print(out, load::ramp_rows(report, words, language), colour);
  print(out, load::latency_rows(report, words, language), colour);
  print(out, load::stage_rows(report, words, language), colour);
  print(out, load::server_stage_rows(report, words, language), colour);
  print(out, load::verdict_rows(report, words, language), colour);
  print(out, load::server_rows(report, words, language), colour);
  return out.str();
}

}  // namespace otmetka::cli
