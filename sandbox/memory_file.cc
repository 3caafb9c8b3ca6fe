#include "sandbox/memory_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <string>

namespace otmetka::sandbox {
namespace {

Error failed() { return retryable_error("OT542", {std::string(std::strerror(errno))}); }

Descriptor anonymous() { return Descriptor(memfd_create("file", MFD_CLOEXEC | MFD_ALLOW_SEALING)); }

}  // namespace

Result<std::shared_ptr<const MemoryFile>> MemoryFile::seal(Descriptor file, std::uint64_t size) {
  if (fcntl(file.get(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) != 0) return failed();
  if (fchmod(file.get(), 0555) != 0) return failed();
  return std::shared_ptr<const MemoryFile>(new MemoryFile(std::move(file), size));
}

Result<std::shared_ptr<const MemoryFile>> MemoryFile::make(std::string_view bytes) {
  Descriptor file = anonymous();
  if (!file) return failed();
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t written = write(file.get(), bytes.data() + at, bytes.size() - at);
    if (written <= 0) return failed();
    at += static_cast<std::size_t>(written);
  }
  return seal(std::move(file), bytes.size());
}

Result<std::shared_ptr<const MemoryFile>> MemoryFile::read(int fd, std::uint64_t most) {
  struct stat info {};
  if (fstat(fd, &info) != 0) return failed();
  const auto size = static_cast<std::uint64_t>(info.st_size);
  if (!S_ISREG(info.st_mode) || size > most) {
    errno = S_ISDIR(info.st_mode) ? EISDIR : S_ISREG(info.st_mode) ? EFBIG : EINVAL;
    return failed();
  }
  Descriptor file = anonymous();
  if (!file) return failed();
  off_t at = 0;
  while (static_cast<std::uint64_t>(at) < size) {
    if (sendfile(file.get(), fd, &at, size - static_cast<std::uint64_t>(at)) <= 0) return failed();
  }
  return seal(std::move(file), size);
}

Result<std::shared_ptr<const MemoryFile>> MemoryFile::drain(int fd, std::uint64_t most, const std::string& name) {
  const auto unreadable = [&] { return error("OT362", {name, std::string(std::strerror(errno))}); };
  Descriptor file = anonymous();
  if (!file) return failed();
  std::string chunk(1u << 16, '\0');
  std::uint64_t size = 0;
  while (true) {
    const ssize_t got = ::read(fd, chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return unreadable();
    if (got == 0) return seal(std::move(file), size);
    size += static_cast<std::uint64_t>(got);
    errno = EFBIG;
    if (size > most) return unreadable();
    if (write(file.get(), chunk.data(), static_cast<std::size_t>(got)) != got) return failed();
  }
}

Result<std::shared_ptr<const MemoryFile>> MemoryFile::open(const std::string& path, std::uint64_t most) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file) return error("OT362", {path, std::string(std::strerror(errno))});
  auto read_file = read(file.get(), most);
  if (!read_file) return error("OT362", {path, std::string(std::strerror(errno))});
  return read_file;
}

std::optional<std::string> MemoryFile::text() const {
  std::string out(size_, '\0');
  std::size_t at = 0;
  while (at < out.size()) {
    const ssize_t got = pread(file_.get(), out.data() + at, out.size() - at, static_cast<off_t>(at));
    if (got <= 0) return std::nullopt;
    at += static_cast<std::size_t>(got);
  }
  return out;
}

Result<Descriptor> MemoryFile::reopen() const {
  const std::string path = "/proc/self/fd/" + std::to_string(file_.get());
  Descriptor again(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  const timespec never[2] = {};
  if (!again || futimens(file_.get(), never) != 0) return failed();
  return again;
}

}  // namespace otmetka::sandbox
