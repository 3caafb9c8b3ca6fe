#include "sandbox/work_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/fsuid.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace otmetka::sandbox {
namespace {

// openat2(2): beneath the folder, through no link of any kind, and a FIFO cannot block us.
Descriptor open_beneath(int folder, const std::string& name, int flags, unsigned mode) {
  open_how how{};
  how.flags = static_cast<std::uint64_t>(flags | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
  how.mode = mode;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  return Descriptor(static_cast<int>(syscall(SYS_openat2, folder, name.c_str(), &how, sizeof(how))));
}

// The cell's files belong to ids that only exist inside; the kernel refuses to make one for any other. Of this thread only.
class FileOwner {
 public:
  explicit FileOwner(std::uint32_t owner) : changed_(owner != 0) {
    if (!changed_) return;
    setfsgid(owner);
    setfsuid(owner);
  }
  ~FileOwner() {
    if (!changed_) return;
    setfsuid(geteuid());
    setfsgid(getegid());
  }
  FileOwner(const FileOwner&) = delete;
  FileOwner& operator=(const FileOwner&) = delete;

 private:
  bool changed_;
};

Status place(int folder, const InputFile& file) {
  const auto refused = [&] { return error("OT548", {file.name, std::string(std::strerror(errno))}); };
  if (!is_plain_name(file.name)) {
    errno = EINVAL;
    return refused();
  }
  const mode_t mode = file.executable ? 0755 : 0644;
  const Descriptor out = open_beneath(folder, file.name, O_CREAT | O_EXCL | O_WRONLY, mode);
  if (!out || fchmod(out.get(), mode) != 0) return refused();  // whatever the engine's umask is
  off_t at = 0;
  while (static_cast<std::uint64_t>(at) < file.bytes->size()) {
    if (sendfile(out.get(), file.bytes->descriptor(), &at, file.bytes->size() - static_cast<std::uint64_t>(at)) <= 0) return refused();
  }
  return ok_status();
}

std::vector<std::string> names_with_ending(int folder, std::string_view ending) {
  std::vector<std::string> names;
  Descriptor again(openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  DIR* const listing = again ? fdopendir(again.get()) : nullptr;
  if (listing == nullptr) return names;
  again.release();  // it is the listing's now
  while (const dirent* entry = readdir(listing)) {
    const std::string_view name = entry->d_name;
    if (name.ends_with(ending) && is_plain_name(name) && names.size() < kMostCollected) names.emplace_back(name);
  }
  closedir(listing);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

std::vector<std::string> wanted_files(int folder, std::span<const std::string> names) {
  std::vector<std::string> wanted;
  for (const std::string& name : names) {
    if (name != "*" && !name.starts_with("*.")) {
      wanted.push_back(name);
      continue;
    }
    for (std::string& found : names_with_ending(folder, std::string_view(name).substr(1))) wanted.push_back(std::move(found));
  }
  return wanted;
}

bool is_plain_name(std::string_view name) {
  return !name.empty() && name.size() <= 255 && name != "." && name != ".." && name.find('/') == std::string_view::npos &&
         name.find('\0') == std::string_view::npos;
}

Status place_files(int folder, std::span<const InputFile> files, std::uint32_t owner) {
  if (files.empty()) return ok_status();
  const FileOwner owning(owner);
  for (const InputFile& file : files) {
    if (Status placed = place(folder, file); !placed) return placed;
  }
  return ok_status();
}

CollectedFile collect_file(int folder, const std::string& name, std::uint64_t most) {
  CollectedFile out{.name = name, .bytes = {}, .refused = {}};
  const Descriptor file = is_plain_name(name) ? open_beneath(folder, name, O_RDONLY, 0) : Descriptor();
  struct stat info {};
  if (!file || fstat(file.get(), &info) != 0) {
    out.refused = errno == ENOENT ? "missing" : "not a regular file";
  } else if (!S_ISREG(info.st_mode) || info.st_nlink != 1) {
    out.refused = "not a regular file";
  } else if (static_cast<std::uint64_t>(info.st_size) > most) {
    out.refused = "too large";
  } else {
    out.bytes.resize(static_cast<std::size_t>(info.st_size));
    const ssize_t got = pread(file.get(), out.bytes.data(), out.bytes.size(), 0);
    if (got != info.st_size) out = {.name = name, .bytes = {}, .refused = "not a regular file"};
  }
  return out;
}

}  // namespace otmetka::sandbox
