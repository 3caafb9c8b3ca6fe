#include "engine/answers/csv_reader.h"

#include <algorithm>
#include <utility>

#include "engine/answers/charset.h"
#include "engine/answers/shaped_answer.h"
#include "model/text.h"
#include "queue/codec.h"
#include "queue/codec_utf8.h"

namespace otmetka::engine::answers {
namespace {

constexpr std::size_t kSniffed = 64 * 1024;

// Excel writes the separator that it used as a first line: `sep=;`.
std::optional<char> take_separator_line(InputFile& input) {
  const std::string_view view = input.buffered();
  if (view.size() < 6 || view.substr(0, 4) != "sep=") return std::nullopt;
  const std::size_t end = view.find('\n');
  if (trimmed(view.substr(4, end - 4)).size() > 1 || end > 7) return std::nullopt;
  const char separator = view[4];
  input.consume(end + 1);
  return separator;
}

}  // namespace

Result<std::unique_ptr<AnswersReader>> CsvReader::open(InputFile input, const Shapes& shapes) {
  std::unique_ptr<CsvReader> reader(new CsvReader(std::move(input)));
  if (auto status = reader->read_header(shapes); !status) return status.failure();
  return std::unique_ptr<AnswersReader>(std::move(reader));
}

Status CsvReader::read_header(const Shapes& shapes) {
  if (input_.peek(kSniffed).substr(0, 3) == "\xEF\xBB\xBF") {
    input_.consume(3);
    charset_known_ = true;
  }
  decide_charset();
  const auto separator = take_separator_line(input_);
  CsvDialect dialect = sniff_dialect(input_.peek(kSniffed));
  if (separator) dialect.separator = *separator;
  records_.emplace(input_, dialect, separator ? 2 : 1);
  do {
    if (!records_->next(record_)) return input_.failure() ? *input_.failure() : error("OT348");
  } while (record_.is_empty() || record_.is_blank());  // spreadsheets leave empty rows above a table
  if (const auto failure = fault()) return *failure;
  for (std::size_t i = 0; i < record_.size(); ++i) {
    if (auto status = add_column(trimmed(cell(i)), shapes); !status) return status;
  }
  const bool any_item = std::any_of(columns_.begin(), columns_.end(), [](const Column& column) { return !column.part.empty(); });
  if (any_item || shapes.empty()) return ok_status();
  for (const Message& notice : notices_) {
    const auto* meant = notice.id == "OT340" ? std::get_if<std::string>(&notice.args.at(1)) : nullptr;
    if (meant != nullptr && shapes.contains(*meant)) return error("OT353", {*meant});
  }
  return error("OT353", {shapes.begin()->first});
}

Status CsvReader::add_column(std::string_view name, const Shapes& shapes) {
  Column column;
  if (!name.empty() && std::find(names_.begin(), names_.end(), name) != names_.end()) {
    return error("OT342", {queue::to_utf8(queue::cut_utf8(name, 80))});
  }
  names_.emplace_back(name);
  column.field = queue::find_envelope_field(name);
  if (column.field == nullptr && !name.empty()) {
    const auto shape = shapes.find(name);
    if (shape != shapes.end() || shapes.empty()) column.part = name;
    if (shape != shapes.end()) column.shape = shape->second;
    if (column.part.empty() && notices_.size() < 20) notices_.push_back(unknown_column(name, shapes));
  }
  columns_.push_back(std::move(column));
  return ok_status();
}

Message CsvReader::unknown_column(std::string_view name, const Shapes& shapes) const {
  std::vector<std::string_view> known;
  for (const queue::EnvelopeField& field : queue::envelope_fields()) known.push_back(field.name);
  for (const auto& [id, shape] : shapes) known.push_back(id);
  const auto nearest = queue::nearest_name(name, known);
  std::string shown = queue::to_utf8(queue::cut_utf8(name, 80));
  if (!nearest) return {"OT341", {std::move(shown)}};
  return {"OT340", {std::move(shown), std::string(*nearest)}};
}

void CsvReader::decide_charset() {
  if (charset_known_) return;
  const CharsetEvidence evidence = charset_evidence(input_);
  charset_known_ = evidence.high || input_.is_regular();
  cp1251_ = evidence.high && !evidence.multibyte;
  if (cp1251_) notices_.push_back({"OT347", {}});
}

// A pipe was judged by its first MiB: what comes later may know better.
void CsvReader::recheck_charset() {
  if (charset_known_ && !cp1251_) return;
  const CharsetEvidence evidence = charset_evidence(record_.bytes);
  if (!evidence.high) return;
  if (!charset_known_) {
    charset_known_ = true;
    cp1251_ = !evidence.multibyte && !charset_evidence(input_.buffered()).multibyte;
    if (cp1251_) notices_.push_back({"OT347", {}});
  } else if (evidence.multibyte && !input_.is_regular()) {
    cp1251_ = false;
    notices_.push_back({"OT349", {record_.line}});
  }
}

std::string CsvReader::cell(std::size_t i) const {
  return cp1251_ ? from_cp1251(record_.cell(i)) : std::string(record_.cell(i));
}

std::optional<Error> CsvReader::fault() const {
  switch (record_.fault) {
    case CsvRecord::Fault::kNone: return std::nullopt;
    case CsvRecord::Fault::kUnclosedQuote: return error("OT345", {record_.fault_line});
    case CsvRecord::Fault::kTextAfterQuote: return error("OT346", {static_cast<std::int64_t>(record_.fault_cell + 1)});
    case CsvRecord::Fault::kTooLong: break;
  }
  return error("OT301", {static_cast<std::int64_t>(queue::kMaxSubmissionBytes / 1024)});
}

Result<Submission> CsvReader::read_row() const {
  if (auto failure = fault()) return *std::move(failure);
  const auto found = static_cast<std::int64_t>(record_.size());
  const auto expected = static_cast<std::int64_t>(columns_.size());
  if (found < expected) return error("OT343", {found, expected});
  for (std::size_t i = columns_.size(); i < record_.size(); ++i) {
    if (!record_.cell(i).empty()) return error("OT344", {found, expected});
  }
  Submission out;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const Column& column = columns_[i];
    if (column.field != nullptr) {
      const std::string text = cell(i);
      const std::string_view typed = trimmed(text);
      if (typed.empty()) continue;
      if (auto status = column.field->set(*column.field, typed, out); !status) return status.failure();
    } else if (!column.part.empty()) {
      auto answer = answer_from_cell(column.shape, cell(i));
      if (answer) out.responses.push_back({PartId(column.part), std::move(*answer)});
    }
  }
  return out;
}

// Whose row it is, as far as that can be read although the rest cannot.
Row CsvReader::named(Result<Submission> submission) const {
  Row row{std::move(submission), {input_.name(), record_.line}, {}};
  for (std::size_t i = 0; i < std::min(columns_.size(), record_.size()); ++i) {
    const std::string_view name = columns_[i].field == nullptr ? std::string_view() : columns_[i].field->name;
    const std::string text = name.empty() ? std::string() : cell(i);
    if (name == "learner_id") row.learner = queue::to_utf8(queue::cut_utf8(trimmed(text), queue::kMaxEnvelopeText));
    Submission scratch;
    if (name == "attempt_no" && columns_[i].field->set(*columns_[i].field, trimmed(text), scratch)) row.attempt_no = scratch.attempt_no;
  }
  return row;
}

std::optional<Row> CsvReader::next() {
  if (ended_) return std::nullopt;
  do {
    if (records_->next(record_)) continue;
    ended_ = true;
    if (!input_.failure()) return std::nullopt;
    return Row{*input_.failure(), {input_.name(), record_.line}, {}};
  } while (record_.is_blank());
  recheck_charset();
  return named(read_row());
}

}  // namespace otmetka::engine::answers
