#include "cli/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace otmetka::cli {
namespace {

Error cannot_write(const std::string& path) {
  const int why = errno;
  const bool forbidden = why == EACCES || why == EPERM || why == EROFS;
  return error(forbidden ? "OT403" : "OT522", {path, std::string(std::strerror(why))});
}

}  // namespace

Result<std::unique_ptr<OutputFile>> OutputFile::open(const std::string& path) {
  const auto made = [](int fd, std::string name, std::string temporary) {
    return std::unique_ptr<OutputFile>(new OutputFile(fd, std::move(name), std::move(temporary)));
  };
  if (path.empty() || path == "-") return made(STDOUT_FILENO, "-", {});
  struct stat info {};
  const bool there = stat(path.c_str(), &info) == 0;
  if (there && !S_ISREG(info.st_mode)) {
    const int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (fd < 0) return cannot_write(path);
    return made(fd, path, {});
  }
  std::string temporary = path + ".XXXXXX";
  const int fd = mkostemp(temporary.data(), O_CLOEXEC);
  if (fd < 0) return cannot_write(path);
  const mode_t mask = umask(0);
  umask(mask);
  fchmod(fd, there ? info.st_mode & 0777 : 0666 & ~mask);
  return made(fd, path, std::move(temporary));
}

OutputFile::~OutputFile() {
  if (fd_ > STDERR_FILENO) close(fd_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

Status OutputFile::failed() const { return cannot_write(path_); }

Status OutputFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed();
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return ok_status();
}

Status OutputFile::finish() {
  if (temporary_.empty()) return ok_status();
  if (fsync(fd_) != 0) return failed();
  if (rename(temporary_.c_str(), path_.c_str()) != 0) return failed();
  temporary_.clear();
  return ok_status();
}

}  // namespace otmetka::cli
