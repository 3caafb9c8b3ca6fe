// Files beneath one folder and nowhere else: the kernel refuses `..` past it, absolute paths and symbolic links on the way
// (openat2 with RESOLVE_BENEATH and RESOLVE_NO_SYMLINKS, Linux 5.6).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/result.h"
#include "model/submission.h"

namespace otmetka::engine::answers {

inline constexpr std::size_t kMaxFileBytes = 700 * 1024;  // of all files of one submission, inline

// Safe from any thread.
class Folder {
 public:
  struct Entry {
    enum class Kind { kFile, kFolder, kLink, kOther };
    std::string name;
    Kind kind;
  };

  static Result<Folder> open(const std::string& path);
  Folder(Folder&& other) noexcept;
  Folder& operator=(Folder&&) = delete;
  ~Folder();

  // A regular file's bytes. OT360 missing, OT361 a folder, OT363 outside or through a link, OT364 a device or pipe, OT365
  // larger than `most_bytes`, OT374 not allowed, OT362 and OT367 the system's other reasons. Never waits for a writer of a pipe.
  Result<std::string> read(const std::string& path, std::size_t most_bytes) const;

  Result<Folder> open_folder(const std::string& path) const;

  // Sorted by the bytes of the names, without `.` and `..`; OT373 past `most`.
  Result<std::vector<Entry>> list(std::size_t most) const;

  const std::string& name() const { return name_; }

 private:
  Folder(int fd, std::string name);

  int fd_;
  std::string name_;
};

// Replaces each `{"path": …}` answer by the file's bytes, or by a MisshapenAnswer that says why not. At most kMaxFileBytes
// in all.
void read_path_answers(const Folder& folder, Submission& submission);

// The Error of an errno: what open(2) and openat2(2) say, and what read(2) says.
Error open_failure(const std::string& path, int code);
Error read_failure(const std::string& path, int code);

}  // namespace otmetka::engine::answers
