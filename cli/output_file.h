// Where a command's data goes: standard output, a file replaced as a whole, a device or pipe written in place.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "model/result.h"

namespace otmetka::cli {

// One thread, and one such object at a time. Until finish() succeeds, an earlier file of that name stays as it was: the rows
// go to a file beside it, which is gone when the process is ended by SIGINT, SIGTERM or SIGHUP. A symbolic link stays a
// link: what it leads to is replaced.
class OutputFile {
 public:
  // `path` empty or "-": standard output. OT522 or OT532 with the reason when it cannot be opened, OT403
  // when not allowed.
  static Result<std::unique_ptr<OutputFile>> open(const std::string& path);
  ~OutputFile();  // without finish(): the half-written file is removed
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  // Disk full, or the reader of a pipe has gone: OT522 where it is written in place, OT532 where an earlier file stays.
  Status write(std::string_view bytes);
  bool is_terminal() const;
  Status finish();  // flushed to disk and renamed into place

 private:
  OutputFile(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}
  static Result<std::unique_ptr<OutputFile>> open_beside(const std::string& path, unsigned mode);
  Status failed() const;
  void forget_temporary();

  int fd_;
  std::string path_;
  std::string temporary_;  // empty: written in place
};

}  // namespace otmetka::cli
