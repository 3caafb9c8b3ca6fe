#include "engine/answers/input_file.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/answers/folder.h"

namespace otmetka::engine::answers {

Result<InputFile> InputFile::open(const std::string& path) {
  const bool standard_input = path == "-";
  const int fd = standard_input ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) return open_failure(path, errno);
  InputFile file(fd, path);
  struct stat info {};
  if (::fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) return open_failure(path, EISDIR);
  file.regular_ = S_ISREG(info.st_mode);
  if (file.regular_) file.size_ = static_cast<std::uint64_t>(info.st_size);
  return file;
}

InputFile::InputFile(int fd, std::string name) : fd_(fd), name_(std::move(name)) {}

InputFile::InputFile(InputFile&& other) noexcept : fd_(-1) { *this = std::move(other); }

InputFile& InputFile::operator=(InputFile&& other) noexcept {
  std::swap(fd_, other.fd_);
  name_ = std::move(other.name_);
  regular_ = other.regular_;
  ended_ = other.ended_;
  size_ = other.size_;
  read_ = other.read_;
  buffer_ = std::move(other.buffer_);
  head_ = std::exchange(other.head_, 0);
  tail_ = std::exchange(other.tail_, 0);
  failure_ = std::move(other.failure_);
  return *this;
}

InputFile::~InputFile() {
  if (fd_ >= 0) ::close(fd_);
}

bool InputFile::fill() {
  if (ended_) return false;
  if (head_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + head_, tail_ - head_);
    tail_ -= std::exchange(head_, 0);
  }
  if (buffer_.size() < tail_ + kReadBytes) buffer_.resize(std::max(tail_ + kReadBytes, buffer_.size() + buffer_.size() / 2));
  ssize_t n = -1;
  do {
    n = ::read(fd_, buffer_.data() + tail_, kReadBytes);
  } while (n < 0 && errno == EINTR);
  if (n < 0) failure_ = read_failure(name_, errno);
  ended_ = n <= 0;
  if (!ended_) {
    tail_ += static_cast<std::size_t>(n);
    read_ += static_cast<std::uint64_t>(n);
  }
  return !ended_;
}

std::string_view InputFile::peek(std::size_t bytes) {
  while (tail_ - head_ < bytes && fill()) {
  }
  return buffered();
}

}  // namespace otmetka::engine::answers
