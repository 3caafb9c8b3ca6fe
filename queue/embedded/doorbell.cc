#include "queue/embedded/doorbell.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>

namespace otmetka::queue::embedded {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLook{1'000};
constexpr milliseconds kLookWithoutInotify{50};

Result<Descriptor> open_bell(const std::string& file) {
  Descriptor fd(::open(file.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
  if (!fd.open()) return file_error(file, errno);
  return fd;
}

}  // namespace

Result<Bell> Bell::open(const std::string& file) {
  auto fd = open_bell(file);
  if (!fd) return fd.failure();
  return Bell(std::move(*fd));
}

// Setting the time takes no room on the disk, so a full one still rings.
void Bell::ring() const { static_cast<void>(::futimens(fd_.get(), nullptr)); }

Result<BellWatch> BellWatch::open(const std::string& file) {
  const auto made = open_bell(file);
  if (!made) return made.failure();
  Descriptor event(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
  if (!event.open()) return file_error(file, errno);
  Descriptor inotify(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  if (inotify.open() && ::inotify_add_watch(inotify.get(), file.c_str(), IN_ATTRIB | IN_MODIFY) < 0) inotify = Descriptor();
  return BellWatch(std::move(inotify), std::move(event));
}

void BellWatch::forget() {
  alignas(inotify_event) std::array<char, 4096> events;
  while (inotify_.open() && ::read(inotify_.get(), events.data(), events.size()) > 0) {
  }
}

bool BellWatch::wait(milliseconds most) {
  const milliseconds look = inotify_.open() ? kLook : kLookWithoutInotify;
  const auto timeout = static_cast<int>(std::clamp(most, milliseconds(0), look).count());
  std::array<pollfd, 2> watched{{{event_.get(), POLLIN, 0}, {inotify_.get(), POLLIN, 0}}};  // poll passes -1 by
  static_cast<void>(::poll(watched.data(), watched.size(), timeout));
  std::uint64_t wakes = 0;
  return ::read(event_.get(), &wakes, sizeof wakes) == sizeof wakes;
}

void BellWatch::wake() const {
  const std::uint64_t one = 1;
  static_cast<void>(::write(event_.get(), &one, sizeof one) == sizeof one);
}

}  // namespace otmetka::queue::embedded
