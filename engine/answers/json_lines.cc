#include "engine/answers/json_lines.h"

#include <cstring>
#include <utility>

#include "queue/codec.h"

namespace otmetka::engine::answers {
namespace {

constexpr std::size_t kMaxLine = queue::kMaxSubmissionBytes;

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

Error too_long() { return error("OT301", {static_cast<std::int64_t>(kMaxLine / 1024)}); }

}  // namespace

JsonLinesReader::JsonLinesReader(InputFile input, std::shared_ptr<const Folder> folder)
    : input_(std::move(input)), folder_(std::move(folder)), name_(input_.name()) {}

void JsonLinesReader::skip_bytes_order_mark() {
  begun_ = true;
  if (input_.peek(3).substr(0, 3) == "\xEF\xBB\xBF") input_.consume(3);
}

void JsonLinesReader::take_lines(std::size_t bytes, LineBlock& block) {
  block.bytes.assign(input_.buffered().substr(0, bytes));
  input_.consume(bytes);
  for (std::size_t from = 0; from < bytes; ++line_) {
    const std::size_t end = std::min(block.bytes.find('\n', from), bytes);
    const LineBlock::Line line{from, end - from, line_, end - from > kMaxLine};
    if (!is_blank(block.text(line))) block.lines.push_back(line);
    from = end + 1;
  }
}

bool JsonLinesReader::skip_rest_of_long_line() {
  do {
    const std::size_t end = input_.buffered().find('\n');
    if (end != std::string_view::npos) {
      input_.consume(end + 1);
      ++line_;
      skipping_ = false;
      return true;
    }
    input_.consume(input_.buffered().size());
  } while (input_.fill());
  return false;
}

bool JsonLinesReader::next_block(LineBlock& block) {
  block.bytes.clear();
  block.lines.clear();
  if (!begun_) skip_bytes_order_mark();
  std::size_t searched = 0;  // no line ends below it
  while (block.lines.empty()) {
    if (skipping_ && !skip_rest_of_long_line()) return false;
    const std::string_view view = input_.buffered();
    const std::size_t last = view.substr(searched).rfind('\n');
    if (last != std::string_view::npos) {
      take_lines(searched + last + 1, block);
      searched = 0;
    } else if (view.size() > kMaxLine) {
      block.lines.push_back({0, 0, line_, true});
      input_.consume(view.size());
      skipping_ = true;
    } else if (searched = view.size(); !input_.fill()) {
      if (searched == 0 || input_.failure()) return false;  // half a line is no row
      take_lines(searched, block);
      if (block.lines.empty()) return false;
    }
  }
  return true;
}

Row JsonLinesReader::decode(const LineBlock& block, const LineBlock::Line& line) const {
  Row row{too_long(), {name_, line.number}, {}};
  if (line.too_long) return row;
  row.submission = queue::decode_submission(block.text(line), queue::Encoding::kJson);
  if (!row.submission) {
    const auto [learner, attempt_no] = queue::identity_of(block.text(line));
    row.learner = learner;
    row.attempt_no = attempt_no;
    return row;
  }
  row.learner = row.submission->learner.value;
  if (folder_ != nullptr) read_path_answers(*folder_, *row.submission);
  return row;
}

std::optional<Row> JsonLinesReader::next() {
  if (at_ == block_.lines.size()) {
    at_ = 0;
    if (!next_block(block_)) {
      block_.lines.clear();
      if (!failure() || std::exchange(failure_told_, true)) return std::nullopt;
      return Row{*failure(), {name_, line_}, {}};
    }
  }
  return decode(block_, block_.lines[at_++]);
}

}  // namespace otmetka::engine::answers
