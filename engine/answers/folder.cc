#include "engine/answers/folder.h"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "queue/codec_answer.h"
#include "queue/codec_utf8.h"

namespace otmetka::engine::answers {
namespace {

int open_beneath(int folder, const std::string& path, int flags) {
  if (path.find('\0') != std::string::npos) {  // the kernel would see another name
    errno = ENOENT;
    return -1;
  }
  open_how how{};
  how.flags = static_cast<std::uint64_t>(flags) | O_CLOEXEC | O_NOCTTY;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  long fd = -1;
  do {
    fd = ::syscall(SYS_openat2, folder, path.c_str(), &how, sizeof how);
  } while (fd < 0 && (errno == EINTR || errno == EAGAIN));
  return static_cast<int>(fd);
}

Error failure(std::string code, const std::string& path, std::vector<Arg> more = {}) {
  std::vector<Arg> args = {queue::to_utf8(path)};
  args.insert(args.end(), more.begin(), more.end());
  return error(std::move(code), std::move(args));
}

struct Descriptor {
  int fd;
  ~Descriptor() { ::close(fd); }
};

Folder::Entry::Kind kind_of(int folder, const dirent& entry) {
  using enum Folder::Entry::Kind;
  struct stat info {};
  switch (entry.d_type) {
    case DT_REG: return kFile;
    case DT_DIR: return kFolder;
    case DT_LNK: return kLink;
    case DT_UNKNOWN: break;  // some file systems do not tell
    default: return kOther;
  }
  if (::fstatat(folder, entry.d_name, &info, AT_SYMLINK_NOFOLLOW) != 0) return kOther;
  if (S_ISLNK(info.st_mode)) return kLink;
  return S_ISREG(info.st_mode) ? kFile : S_ISDIR(info.st_mode) ? kFolder : kOther;
}

std::string base_name(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

}  // namespace

Error open_failure(const std::string& path, int code) {
  switch (code) {
    case ENOENT:
    case ENOTDIR: return failure("OT360", path);
    case EISDIR: return failure("OT361", path);
    case EXDEV:
    case ELOOP: return failure("OT363", path);
    case EACCES:
    case EPERM: return failure("OT374", path);
    default: return failure("OT362", path, {std::generic_category().message(code)});
  }
}

Error read_failure(const std::string& path, int code) {
  return failure("OT367", path, {std::generic_category().message(code)});
}

Folder::Folder(int fd, std::string name) : fd_(fd), name_(std::move(name)) {}
Folder::Folder(Folder&& other) noexcept : fd_(std::exchange(other.fd_, -1)), name_(std::move(other.name_)) {}
Folder::~Folder() {
  if (fd_ >= 0) ::close(fd_);
}

Result<Folder> Folder::open(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return open_failure(path, errno);
  return Folder(fd, path);
}

Result<Folder> Folder::open_folder(const std::string& path) const {
  const int fd = open_beneath(fd_, path, O_RDONLY | O_DIRECTORY);
  if (fd < 0) return open_failure(path, errno);
  return Folder(fd, name_ + "/" + path);
}

Result<std::string> Folder::read(const std::string& path, std::size_t most_bytes) const {
  const int fd = open_beneath(fd_, path, O_RDONLY | O_NONBLOCK);
  if (fd < 0) return errno == ENXIO ? failure("OT364", path) : open_failure(path, errno);
  const Descriptor file{fd};
  struct stat info {};
  if (::fstat(fd, &info) != 0) return open_failure(path, errno);
  if (S_ISDIR(info.st_mode)) return open_failure(path, EISDIR);
  if (!S_ISREG(info.st_mode)) return failure("OT364", path);
  std::string bytes(std::min(static_cast<std::size_t>(info.st_size), most_bytes) + 1, '\0');  // one more: it may grow
  std::size_t size = 0;
  while (size <= most_bytes) {
    if (size == bytes.size()) bytes.resize(std::min(size * 2, most_bytes + 1));
    const ssize_t n = ::read(fd, bytes.data() + size, bytes.size() - size);
    if (n == 0) break;
    if (n < 0 && errno != EINTR) return read_failure(path, errno);
    if (n > 0) size += static_cast<std::size_t>(n);
  }
  if (size > most_bytes) return failure("OT365", path, {static_cast<std::int64_t>(most_bytes / 1024)});
  bytes.resize(size);
  return bytes;
}

Result<std::vector<Folder::Entry>> Folder::list(std::size_t most) const {
  const int fd = ::openat(fd_, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return open_failure(name_, errno);
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(::fdopendir(fd), ::closedir);
  if (entries == nullptr) {
    ::close(fd);
    return open_failure(name_, errno);
  }
  std::vector<Entry> out;
  errno = 0;
  while (const dirent* entry = ::readdir(entries.get())) {
    const std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    if (out.size() == most) return failure("OT373", name_, {static_cast<std::int64_t>(most)});
    out.push_back({name, kind_of(fd_, *entry)});
    errno = 0;
  }
  if (errno != 0) return read_failure(name_, errno);
  std::sort(out.begin(), out.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return out;
}

void read_path_answers(const Folder& folder, Submission& submission) {
  std::size_t left = kMaxFileBytes;
  for (Response& response : submission.responses) {
    const std::string* unread = queue::unread_path(response.answer);
    if (unread == nullptr) continue;
    const std::string path = *unread;
    std::string raw = std::get<MisshapenAnswer>(response.answer).raw;
    auto bytes = folder.read(path, left);
    if (!bytes) {
      response.answer = MisshapenAnswer{bytes.failure().message, std::move(raw)};
      continue;
    }
    left -= bytes->size();
    response.answer = FilesAnswer{{{base_name(path), std::move(*bytes), ""}}};
  }
}

}  // namespace otmetka::engine::answers
