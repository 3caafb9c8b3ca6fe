// JSON lines: one submission a line, in the short form of an ANSWERS line or as a full SubmissionEvent (queue/codec.h).
// Lines end with LF or CRLF, the last one with or without; a byte order mark at the beginning is skipped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/answers/answers_reader.h"
#include "engine/answers/folder.h"
#include "engine/answers/input_file.h"

namespace otmetka::engine::answers {

// Whole lines, as they stood in the input, less the blank ones. A value: threads may each work on their own.
struct LineBlock {
  struct Line {
    std::size_t offset = 0;
    std::size_t length = 0;
    std::int64_t number = 0;  // from 1, blank lines counted
    bool too_long = false;    // more than queue::kMaxSubmissionBytes; its text is not kept
  };
  std::string bytes;
  std::vector<Line> lines;

  std::string_view text(const Line& line) const { return std::string_view(bytes).substr(line.offset, line.length); }
};

class JsonLinesReader final : public AnswersReader {
 public:
  // `folder` is where `{"path": …}` answers lie; null: they stay unread, INVALID_INPUT.
  JsonLinesReader(InputFile input, std::shared_ptr<const Folder> folder);

  std::optional<Row> next() override;
  JsonLinesReader* json_lines() override { return this; }
  Extent extent() const override { return {input_.consumed(), input_.size()}; }

  // The lines that one read of 256 KiB completes; more bytes only where a line is longer. A pipe gives what has come. False
  // at the end: then failure() tells whether the input broke off.
  bool next_block(LineBlock& block);
  const std::optional<Error>& failure() const { return input_.failure(); }

  // One line's submission. Any thread, also while another calls next_block().
  Row decode(const LineBlock& block, const LineBlock::Line& line) const;

 private:
  void take_lines(std::size_t bytes, LineBlock& block);
  void skip_bytes_order_mark();
  bool skip_rest_of_long_line();

  InputFile input_;
  std::shared_ptr<const Folder> folder_;
  std::string name_;
  std::int64_t line_ = 1;  // of the first buffered byte
  bool begun_ = false;
  bool skipping_ = false;  // inside a line that was too long
  bool failure_told_ = false;
  LineBlock block_;  // of next()
  std::size_t at_ = 0;
};

}  // namespace otmetka::engine::answers
