// Where a command's data goes: standard output, a file replaced as a whole, a device or pipe written in place.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "model/result.h"

namespace otmetka::cli {

// One thread. Until finish() succeeds, an earlier file of that name stays as it was.
class OutputFile {
 public:
  // `path` empty or "-": standard output. OT522 with the reason when it cannot be opened, OT403 when not allowed.
  static Result<std::unique_ptr<OutputFile>> open(const std::string& path);
  ~OutputFile();  // without finish(): the half-written file is removed
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  Status write(std::string_view bytes);  // OT522: disk full, or the reader of a pipe has gone
  Status finish();                       // flushed to disk and renamed into place

 private:
  OutputFile(int fd, std::string path, std::string temporary) : fd_(fd), path_(std::move(path)), temporary_(std::move(temporary)) {}
  Status failed() const;

  int fd_;
  std::string path_;
  std::string temporary_;  // empty: written in place
};

}  // namespace otmetka::cli
