// Folders, descriptors, and what to say when the disk refuses.
#pragma once

#include <cstdint>
#include <string>

#include "model/result.h"

namespace otmetka::queue::embedded {

// An open file descriptor, closed with its owner.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  int get() const { return fd_; }
  bool open() const { return fd_ >= 0; }

 private:
  int fd_;
};

// An errno about a path: OT403 not allowed, OT404 full (retryable), OT409 anything else.
Error file_error(const std::string& path, int why);

// Makes a folder and those above it (0700) durably; one that is there is left as it is. OT402 a file stands in its place,
// else as file_error.
Status make_folder(const std::string& folder);

// Which file stands at a path just now; all zero: none.
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  bool operator==(const FileIdentity&) const = default;
};
FileIdentity identity_of(const std::string& path);

// The folder that holds this path; "." where the path names none.
std::string folder_of(const std::string& path);

}  // namespace otmetka::queue::embedded
