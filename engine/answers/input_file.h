// A file, a pipe or standard input, read forward through one buffer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/result.h"

namespace otmetka::engine::answers {

// Moves; one thread. Views live until the next call that is not const.
class InputFile {
 public:
  static constexpr std::size_t kReadBytes = 256 * 1024;

  // "-" is standard input. A folder is OT361, what is missing OT360, not allowed OT374, anything else OT362.
  static Result<InputFile> open(const std::string& path);
  // Takes over a descriptor.
  InputFile(int fd, std::string name);
  InputFile(InputFile&& other) noexcept;
  InputFile& operator=(InputFile&& other) noexcept;
  ~InputFile();

  std::string_view buffered() const { return std::string_view(buffer_).substr(head_, tail_ - head_); }
  void consume(std::size_t bytes) { head_ += bytes; }

  // One read, of at most kReadBytes, appended to what is buffered; waits for a pipe. False at the end of the file and
  // after a failure. Interrupted reads are repeated.
  bool fill();

  // Fills until `bytes` are buffered or nothing more comes.
  std::string_view peek(std::size_t bytes);

  // OT367, once reading has failed.
  const std::optional<Error>& failure() const { return failure_; }
  const std::string& name() const { return name_; }
  int descriptor() const { return fd_; }
  bool is_regular() const { return regular_; }
  std::uint64_t size() const { return size_; }       // bytes, of a regular file as it was opened; else 0
  std::uint64_t consumed() const { return read_ - (tail_ - head_); }
  bool ended() const { return ended_; }  // nothing follows what is buffered

 private:
  int fd_;
  std::string name_;
  bool regular_ = false;
  bool ended_ = false;
  std::uint64_t size_ = 0;
  std::uint64_t read_ = 0;  // bytes, of the descriptor
  std::string buffer_;
  std::size_t head_ = 0;
  std::size_t tail_ = 0;
  std::optional<Error> failure_;
};

}  // namespace otmetka::engine::answers
