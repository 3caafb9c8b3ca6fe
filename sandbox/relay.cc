#include "sandbox/relay.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace otmetka::sandbox {
namespace {

constexpr std::size_t kPipeBytes = 64u << 10;

}  // namespace

Result<std::unique_ptr<Relay>> Relay::start(std::uint64_t most) {
  std::unique_ptr<Relay> relay(new Relay);
  for (const auto& [reads, writes] : {std::pair{&relay->from_, &relay->writer_}, std::pair{&relay->reader_, &relay->to_}}) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return retryable_error("OT542", {std::string(std::strerror(errno))});
    *reads = Descriptor(ends[0]);
    *writes = Descriptor(ends[1]);
    static_cast<void>(fchmod(ends[0], 0666));  // as those of any pair
  }
  try {
    relay->thread_ = std::thread([self = relay.get(), most] { self->carry(most); });
  } catch (const std::system_error& problem) {
    return retryable_error("OT542", {std::string(problem.what())});
  }
  return relay;
}

void Relay::carry(std::uint64_t most) {
  sigset_t broken_pipe;
  sigemptyset(&broken_pipe);
  sigaddset(&broken_pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
  while (true) {
    const auto moved = splice(from_.get(), nullptr, to_.get(), nullptr, kPipeBytes, 0);
    if (moved < 0 && errno == EINTR) continue;
    if (moved <= 0) break;
    over_ = static_cast<std::uint64_t>(moved) > most;
    if (over_) break;
    most -= static_cast<std::uint64_t>(moved);
  }
  from_.reset();
  to_.reset();
}

bool Relay::finish() {
  writer_.reset();
  reader_.reset();
  if (thread_.joinable()) thread_.join();
  return over_;
}

}  // namespace otmetka::sandbox
