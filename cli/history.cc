#include "cli/history.h"

#include <ostream>

#include "checkers/catalog.h"
#include "cli/csv.h"
#include "queue/codec.h"

namespace otmetka::cli {
namespace {

std::string why_text(const Context& context, const gradebook::HistoryRow& row) {
  if (!row.notice) return say(context, "cli.results.outranked");
  return row.notice->id + ": " + checkers::message_catalogue().render(*row.notice, context.language);
}

}  // namespace

HistoryPrinter::HistoryPrinter(const Context& context, gradebook::Store& store, std::string format, std::ostream& out)
    : context_(context),
      store_(store),
      format_(std::move(format)),
      out_(out),
      table_({say(context, "cli.results.head.tenant"), say(context, "cli.results.head.assignment"), say(context, "cli.grade.learner"),
              say(context, "cli.grade.attempt"), say(context, "cli.results.head.submission"), say(context, "cli.grade.raw"),
              say(context, "cli.grade.state"), say(context, "cli.results.head.why")}) {
  if (format_ == "csv") out_ << "tenant_id,assignment_id,learner_id,attempt_no,submission_id,raw,progress,reason\n";
}

Status HistoryPrinter::add(const gradebook::Standing& standing) {
  for (const ScoredResult& holder : standing.attempts) {
    const auto rows = store_.history({holder.tenant, holder.assignment, holder.learner, holder.attempt_no});
    if (!rows) return rows.failure();
    for (const gradebook::HistoryRow& row : *rows) print(row);
  }
  return ok_status();
}

void HistoryPrinter::print(const gradebook::HistoryRow& row) {
  const ScoredResult& result = row.result;
  const bool failed = result.progress == Progress::kFailed;
  if (format_ == "jsonl") {
    std::string line;
    queue::append_json(result, {.traces = false}, line, ",\"reason\":" + (row.notice ? '"' + row.notice->id + '"' : "null"));
    out_ << line << '\n';
  } else if (format_ == "csv") {
    std::string text;
    CsvLine line(text);
    line.text(result.tenant.value).text(result.assignment.value).text(result.learner.value).plain(std::to_string(result.attempt_no));
    line.text(result.submission.value).plain(failed ? std::string() : exact_decimal(result.raw)).plain(progress_name(result.progress));
    line.plain(row.notice ? row.notice->id : std::string()).end();
    out_ << text;
  } else {
    table_.row({result.tenant.value, result.assignment.value, result.learner.value, std::to_string(result.attempt_no),
                result.submission.value, failed ? std::string("-") : messages::number_text(result.raw, context_.language),
                std::string(progress_name(result.progress)), why_text(context_, row)});
  }
}

void HistoryPrinter::finish() {
  if (format_ != "jsonl" && format_ != "csv") table_.print(out_, context_.colour_out);
}

}  // namespace otmetka::cli
