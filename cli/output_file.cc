#include "cli/output_file.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace otmetka::cli {
namespace {

constexpr int kMostLinks = 40;  // as the kernel has it

std::atomic<const char*> to_unlink{nullptr};  // read by a signal's handler
static_assert(std::atomic<const char*>::is_always_lock_free);

// The handler is gone by now: the signal ends the process as if it had never been there.
void unlink_and_end(int number) {
  if (const char* path = to_unlink) unlink(path);
  raise(number);
}

void watch_signals() {
  struct sigaction action {};
  action.sa_handler = unlink_and_end;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before {};
    if (sigaction(number, nullptr, &before) == 0 && before.sa_handler == SIG_DFL) sigaction(number, &action, nullptr);
  }
}

Error cannot_write(const std::string& path, const char* code) {
  const int why = errno;
  const bool forbidden = why == EACCES || why == EPERM || why == EROFS;
  return error(forbidden ? "OT403" : code, {path, std::string(std::strerror(why))});
}

// The file that a path means: links followed, also one that leads to a file not yet there. Empty with errno: a circle.
std::string followed(const std::string& path) {
  std::filesystem::path at = path;
  std::error_code problem;
  for (int i = 0; i < kMostLinks; ++i) {
    const auto target = std::filesystem::read_symlink(at, problem);
    if (problem) return at.string();
    at = at.parent_path() / target;
  }
  errno = ELOOP;
  return {};
}

}  // namespace

Result<std::unique_ptr<OutputFile>> OutputFile::open(const std::string& path) {
  if (path.empty() || path == "-") return std::unique_ptr<OutputFile>(new OutputFile(STDOUT_FILENO, "-"));
  struct stat info {};
  const bool there = stat(path.c_str(), &info) == 0;
  if (there && !S_ISREG(info.st_mode)) {
    const int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (fd < 0) return cannot_write(path, "OT522");
    return std::unique_ptr<OutputFile>(new OutputFile(fd, path));
  }
  const std::string file = followed(path);
  if (file.empty()) return cannot_write(path, "OT522");
  const mode_t mask = umask(0);
  umask(mask);
  return open_beside(file, there ? info.st_mode & 0777 : 0666 & ~mask);
}

Result<std::unique_ptr<OutputFile>> OutputFile::open_beside(const std::string& path, unsigned mode) {
  std::unique_ptr<OutputFile> out(new OutputFile(-1, path));
  out->temporary_ = path + ".XXXXXX";
  watch_signals();
  to_unlink = out->temporary_.c_str();  // before it is there: no signal can come between
  out->fd_ = mkostemp(out->temporary_.data(), O_CLOEXEC);
  if (out->fd_ < 0) {
    const int why = errno;
    out->forget_temporary();
    errno = why;
    return cannot_write(path, "OT532");
  }
  fchmod(out->fd_, mode);
  return out;
}

OutputFile::~OutputFile() {
  if (fd_ > STDERR_FILENO) close(fd_);
  if (temporary_.empty()) return;
  unlink(temporary_.c_str());
  forget_temporary();
}

void OutputFile::forget_temporary() {
  to_unlink = nullptr;
  temporary_.clear();
}

Status OutputFile::failed() const { return cannot_write(path_, temporary_.empty() ? "OT522" : "OT532"); }

Status OutputFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed();
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return ok_status();
}

bool OutputFile::is_terminal() const { return isatty(fd_) == 1; }

Status OutputFile::finish() {
  if (temporary_.empty()) return ok_status();
  if (fsync(fd_) != 0) return failed();
  if (rename(temporary_.c_str(), path_.c_str()) != 0) return failed();
  forget_temporary();
  return ok_status();
}

}  // namespace otmetka::cli
