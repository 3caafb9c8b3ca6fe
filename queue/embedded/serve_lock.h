// At most one server on a queue's folder.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "model/result.h"
#include "queue/embedded/files.h"

namespace otmetka::queue::embedded {

// An fcntl write lock on a file, and a note in this process. The kernel drops the lock when the process ends, however it
// ends: kill -9 leaves nothing behind, and unlike flock or an OFD lock no child that was forked and lives on can hold it.
// The kernel also knows the holder's pid, so none is written down that could go stale. fcntl locks do not exclude the same
// process and fall with any descriptor of the file that it closes: hence the note, and nobody else opens the file.
class ServeLock {
 public:
  // OT410 with `folder` and the holder's pid: taken. OT403, OT404, OT409: the file cannot be made.
  static Result<ServeLock> take(const std::string& folder);

  ServeLock(ServeLock&& other) noexcept
      : fd_(std::move(other.fd_)), device_(other.device_), inode_(std::exchange(other.inode_, 0)) {}
  ServeLock& operator=(ServeLock&&) = delete;
  ~ServeLock();

 private:
  ServeLock(Descriptor fd, std::uint64_t device, std::uint64_t inode) : fd_(std::move(fd)), device_(device), inode_(inode) {}
  Descriptor fd_;
  std::uint64_t device_;
  std::uint64_t inode_;  // 0: moved from
};

}  // namespace otmetka::queue::embedded
