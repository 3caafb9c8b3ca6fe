#include "queue/embedded/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace otmetka::queue::embedded {
namespace {

bool is_folder(const std::string& path) {
  struct stat found {};
  return ::stat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode);
}

// A new name is on the disk when the folder that holds it is.
void sync_folder(const std::string& folder) {
  const Descriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.open()) static_cast<void>(::fsync(fd.get()));
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

Error file_error(const std::string& path, int why) {
  const std::string reason = std::strerror(why);
  if (why == EACCES || why == EPERM || why == EROFS) return error("OT403", {path, reason});
  if (why == ENOSPC || why == EDQUOT) return retryable_error("OT404", {path});
  return error("OT409", {path, reason});
}

FileIdentity identity_of(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return {};
  return {.device = info.st_dev, .inode = info.st_ino};
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

Status make_folder(const std::string& folder) {
  if (folder.empty()) return file_error(folder, ENOENT);
  for (std::size_t end = folder.find('/', 1); true; end = folder.find('/', end + 1)) {
    const std::string path = folder.substr(0, end);
    if (::mkdir(path.c_str(), 0700) == 0) {
      sync_folder(folder_of(path));
    } else if (const int why = errno; !is_folder(path)) {
      if (why == EEXIST || why == ENOTDIR) return error("OT402", {path});
      return file_error(path, why);
    }
    if (end == std::string::npos) return ok_status();
  }
}

}  // namespace otmetka::queue::embedded
