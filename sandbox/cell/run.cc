#include "sandbox/cell/run.h"

#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>

namespace otmetka::sandbox::cell {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;
constexpr std::uint64_t kStandsStill = kSecond / 5;     // a program that uses next to no CPU for so long
constexpr std::uint64_t kNextToNothing = kSecond / 1'000;  // what the init's own looks cost is counted too
constexpr std::uint64_t kShortestGift = 16;     // parts of the wall limit
constexpr std::uint64_t kShortestNap = 500'000;  // between two looks at the CPU counter; its own grain is a tick, 1–4 ms

class Run {
 public:
  Run(const Launch& launch, const Usage& usage, unsigned cpus, int control, int signals)
      : launch_(launch), request_(*launch.request), usage_(usage), cpus_(cpus), control_(control), signals_(signals) {}

  RunReply operator()() {
    reply_.kind = MessageKind::kDone;
    cpu_before_ = usage_.cpu_ns();
    Failure failure;
    started_ = now();
    first_ = start(launch_, started_, failure);
    talks_ = is_pipe(launch_.held[0]) && is_pipe(launch_.held[1]);
    if (first_ < 0 || failure.step != nullptr) {
      not_started(failure);
    } else {
      watch();
    }
    if (talks_) let_go();
    kill_the_rest();
    reply_.ended_ns = ended_ != 0 ? ended_ : now();
    reply_.wall_ns = reply_.ended_ns - started_;
    // Without a cgroup children that their parent ignored are forgotten when they are dead.
    reply_.cpu_ns = std::max(cpu_seen_, usage_.cpu_ns() - cpu_before_);
    return reply_;
  }

 private:
  // Of two programs that talk, the other must not see this one's end before it is noted here: what it does then would look as
  // if it had ended first. So the init keeps the pipes open as well, until then, or (without hold_pipes) until it has stood still
  // for a while: it may have closed its own end and wait for the other to see it.
  void let_go() {
    for (int i = 0; i < 3; ++i) {
      if (launch_.held[i] >= 0) close(launch_.held[i]);
      launch_.held[i] = -1;
    }
  }

  static bool is_pipe(int descriptor) {
    struct stat info {};
    return fstat(descriptor, &info) == 0 && S_ISFIFO(info.st_mode);
  }

  // When to look again whether it stands still.
  std::uint64_t let_go_if_still(std::uint64_t at) {
    if (!talks_ || request_.hold_pipes != 0 || launch_.held[0] < 0) return UINT64_MAX;
    if (at >= still_look_) {
      const std::uint64_t used = usage_.cpu_ns();
      if (still_look_ != 0 && used - still_used_ < kNextToNothing) {
        let_go();
        return UINT64_MAX;
      }
      still_used_ = used;
      still_look_ = at + kStandsStill;
    }
    return still_look_;
  }

  void not_started(const Failure& failure) {
    reply_.reason = StopReason::kNotStarted;
    reply_.status = failure.error;
    std::snprintf(reply_.step, sizeof(reply_.step), "%s", failure.step);
  }

  // Sleeps until something can have happened: the wall's deadline, or the earliest moment at which all CPUs together could
  // have used up what is left.
  void watch() {
    std::uint64_t deadline = started_ + request_.wall_ns;
    std::uint64_t look = started_ + until_used_up(0);
    while (!first_has_ended_) {
      const std::uint64_t at = now();
      if (at >= deadline) deadline = prolonged(at);
      if (at >= deadline) return stop(StopReason::kWall);
      if (at >= look) {
        const std::uint64_t used = usage_.cpu_ns() - cpu_before_;
        cpu_seen_ = used;
        if (used >= request_.cpu_ns) return stop(StopReason::kCpu);
        look = at + until_used_up(used);
      }
      const std::uint64_t next = std::min({deadline, look, let_go_if_still(at)});
      if (!sleep_for(next - at)) return stop(StopReason::kCancelled);
      if (talks_) reply_.starved_ns = std::max(reply_.starved_ns, starved_until(now()));
      reap(WNOHANG);
    }
  }

  // The deadline, moved by what the run had to wait for a CPU, where that is worth a message to the engine.
  std::uint64_t prolonged(std::uint64_t at) {
    const std::uint64_t starved = starved_until(at);
    if (starved >= given_ + request_.wall_ns / kShortestGift) {
      given_ = reply_.starved_ns = starved;
      RunReply longer{};
      longer.kind = MessageKind::kLonger;
      static_cast<void>(send(control_, &longer, sizeof(longer), MSG_NOSIGNAL | MSG_DONTWAIT));
    }
    return started_ + request_.wall_ns + given_;
  }

  // What others on this machine took from it. Not what its own processes took from each other: a tree that has used as much as one
  // CPU gives has not starved.
  std::uint64_t starved_until(std::uint64_t at) const {
    const std::uint64_t elapsed = at - started_;
    const std::uint64_t used = usage_.cpu_ns() - cpu_before_;
    const std::uint64_t idle = elapsed - std::min(elapsed, used);
    return std::min({wait_for_cpu_ns(launch_.own_proc, first_), idle, kMostStarved * request_.wall_ns});
  }

  std::uint64_t until_used_up(std::uint64_t used) const {
    return std::max((request_.cpu_ns - std::min(used, request_.cpu_ns)) / std::max(cpus_, 1u), kShortestNap);
  }

  // False: the run is cancelled, or the engine has hung up.
  bool sleep_for(std::uint64_t nanoseconds) {
    pollfd watched[3] = {{signals_, POLLIN, 0}, {control_, POLLRDHUP, 0}, {launch_.cancel, POLLIN, 0}};
    const timespec most{static_cast<time_t>(nanoseconds / kSecond), static_cast<long>(nanoseconds % kSecond)};
    if (ppoll(watched, 3, &most, nullptr) <= 0) return true;
    if (watched[0].revents != 0) {
      signalfd_siginfo info[8];
      static_cast<void>(read(signals_, info, sizeof(info)));
    }
    return watched[1].revents == 0 && watched[2].revents == 0;
  }

  void stop(StopReason reason) {
    reply_.reason = reason;  // noted before anything is killed: the verdict is read from here, never from the signal
    ended_ = now();
  }

  void reap(int flags) {
    int status = 0;
    rusage used{};
    int pid = 0;
    while ((pid = wait4(-1, &status, flags | __WALL, &used)) > 0) {
      reply_.max_rss_bytes = std::max(reply_.max_rss_bytes, static_cast<std::uint64_t>(used.ru_maxrss) * 1024);
      if (pid == first_) {
        first_has_ended_ = true;
        if (ended_ == 0) ended_ = now();
        if (reply_.reason != StopReason::kNotStarted) reply_.status = status;
      } else if (first_has_ended_) {
        ++reply_.leftover;
      }
    }
    alone_ = pid < 0 && errno == ECHILD;
  }

  // kill(-1) from pid 1 reaches every process of the namespace but itself, also those that are being made: one pass after
  // which wait finds no child is the proof that nothing is left. Orphans are children of pid 1: without a child it is alone.
  void kill_the_rest() {
    const std::uint64_t began = now();
    while (!alone_) {
      kill(-1, SIGKILL);
      reap(0);
    }
    reply_.kill_ns = now() - began;
  }

  const Launch& launch_;
  const RunRequest& request_;
  const Usage& usage_;
  unsigned cpus_;
  int control_;
  int signals_;
  RunReply reply_{};
  int first_ = -1;
  bool talks_ = false;
  bool alone_ = false;
  bool first_has_ended_ = false;
  std::uint64_t cpu_before_ = 0;
  std::uint64_t cpu_seen_ = 0;
  std::uint64_t given_ = 0;  // beyond the wall limit
  std::uint64_t started_ = 0;
  std::uint64_t ended_ = 0;
  std::uint64_t still_look_ = 0;
  std::uint64_t still_used_ = 0;
};

}  // namespace

RunReply run(const Launch& launch, const Usage& usage, unsigned cpus, int control, int signals) {
  return Run(launch, usage, cpus, control, signals)();
}

}  // namespace otmetka::sandbox::cell
