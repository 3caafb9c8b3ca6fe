#include "queue/embedded/serve_lock.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <mutex>
#include <set>

namespace otmetka::queue::embedded {
namespace {

// What this process holds. A forked child inherits the note but not the locks: its pid tells.
struct Held {
  std::mutex mutex;
  pid_t owner = 0;
  std::set<std::pair<std::uint64_t, std::uint64_t>> files;  // device and inode

  void forget_the_parents() {
    if (std::exchange(owner, ::getpid()) != ::getpid()) files.clear();
  }
};

Held& held() {
  static Held instance;
  return instance;
}

Error taken(const std::string& folder, pid_t holder) { return error("OT410", {folder, std::int64_t{holder}}); }

// Of a holder in a pid namespace that this process cannot see the kernel says 0.
pid_t holder_of(int fd) {
  struct flock query {};
  query.l_type = F_WRLCK;
  return ::fcntl(fd, F_GETLK, &query) == 0 && query.l_type != F_UNLCK ? query.l_pid : 0;
}

}  // namespace

Result<ServeLock> ServeLock::take(const std::string& folder) {
  const std::string file = folder + "/serve.lock";
  const std::lock_guard guard(held().mutex);
  held().forget_the_parents();
  struct stat found {};
  if (::stat(file.c_str(), &found) == 0 && held().files.contains({found.st_dev, found.st_ino})) {
    return taken(folder, ::getpid());
  }
  Descriptor fd(::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600));
  if (!fd.open() || ::fstat(fd.get(), &found) != 0) return file_error(file, errno);
  struct flock whole {};
  whole.l_type = F_WRLCK;
  if (::fcntl(fd.get(), F_SETLK, &whole) != 0) {
    const int why = errno;
    if (why == EACCES || why == EAGAIN) return taken(folder, holder_of(fd.get()));
    return file_error(file, why);
  }
  held().files.insert({found.st_dev, found.st_ino});
  return ServeLock(std::move(fd), found.st_dev, found.st_ino);
}

ServeLock::~ServeLock() {
  if (inode_ == 0) return;
  const std::lock_guard guard(held().mutex);
  held().files.erase({device_, inode_});
  fd_ = Descriptor();
}

}  // namespace otmetka::queue::embedded
