#include "sandbox/cell/serve.h"

#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

#include "sandbox/cell/run.h"
#include "sandbox/cell/walls.h"
#include "sandbox/cell/wipe.h"

namespace otmetka::sandbox::cell {
namespace {

constexpr std::size_t kMessageBytes = sizeof(RunRequest) + kMostStrings;
constexpr std::size_t kMostDescriptors = 5;

// One request with its descriptors, closed again when it goes.
struct Message {
  alignas(RunRequest) char bytes[kMessageBytes];
  std::size_t length = 0;
  int descriptors[kMostDescriptors] = {-1, -1, -1, -1, -1};

  // False: the engine has hung up.
  bool receive(int socket);
  void close_descriptors() {
    for (int& fd : descriptors) {
      if (fd >= 0) close(fd);
      fd = -1;
    }
  }
  const RunRequest& request() const { return *reinterpret_cast<const RunRequest*>(bytes); }
};

bool Message::receive(int socket) {
  alignas(cmsghdr) char control[CMSG_SPACE(kMostDescriptors * sizeof(int))];
  iovec part{bytes, sizeof(bytes)};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = control;
  header.msg_controllen = sizeof(control);
  const ssize_t got = recvmsg(socket, &header, MSG_CMSG_CLOEXEC);
  if (got <= 0) return false;
  length = static_cast<std::size_t>(got);
  for (cmsghdr* one = CMSG_FIRSTHDR(&header); one != nullptr; one = CMSG_NXTHDR(&header, one)) {
    if (one->cmsg_level == SOL_SOCKET && one->cmsg_type == SCM_RIGHTS) {
      std::memcpy(descriptors, CMSG_DATA(one), one->cmsg_len - CMSG_LEN(0));
    }
  }
  return true;
}

// The strings of a request as exec wants them. False: they are not what the header says (the engine is trusted; a mistake of
// ours must still not run something else).
class Strings {
 public:
  bool parse(Message& message) {
    const RunRequest& request = message.request();
    if (message.length < sizeof(RunRequest) || request.argc == 0 || request.argc > kMostArguments || request.envc > kMostArguments)
      return false;
    char* text = message.bytes + sizeof(RunRequest);
    char* const end = message.bytes + message.length;
    for (std::uint32_t i = 0; i < request.argc + request.envc; ++i) {
      void* nul = std::memchr(text, 0, static_cast<std::size_t>(end - text));
      if (nul == nullptr) return false;
      (i < request.argc ? argv_[i] : envp_[i - request.argc]) = text;
      text = static_cast<char*>(nul) + 1;
    }
    argv_[request.argc] = envp_[request.envc] = nullptr;
    return true;
  }
  char* const* argv() const { return argv_; }
  char* const* envp() const { return envp_; }

 private:
  char* argv_[kMostArguments + 1];
  char* envp_[kMostArguments + 1];
};

int watch_children() {
  sigset_t children;
  sigemptyset(&children);
  sigaddset(&children, SIGCHLD);
  return signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
}

class Server {
 public:
  Server(const SetupView& setup, const Walls& walls)
      : setup_(*setup), walls_(walls), usage_(setup_.cpu_source, kCpuUsage), signals_(watch_children()) {}

  void operator()() {
    while (message_.receive(kControl)) {
      if (message_.request().kind == MessageKind::kRun) {
        if (!answer(handle())) return;
        message_.close_descriptors();
        if (message_.request().keep_files != 0) continue;  // kWipe will come
      }
      const Cleaned cleaned{MessageKind::kClean, wipe() ? 1u : 0u};
      if (!answer(cleaned)) return;
    }
  }

 private:
  RunReply handle() {
    RunReply reply{};
    reply.kind = MessageKind::kDone;
    reply.reason = StopReason::kNotStarted;
    if (!strings_.parse(message_)) {
      std::memcpy(reply.step, "request", 8);
      return reply;
    }
    const RunRequest& request = message_.request();
    int* const fds = message_.descriptors;
    const bool by_descriptor = request.by_descriptor != 0;
    const Launch launch{&request, fds[0], fds[1], fds[2], by_descriptor ? fds[3] : -1,
                        request.cancellable != 0 ? fds[by_descriptor ? 4 : 3] : -1, fds,
                        strings_.argv(), strings_.envp(), walls_.own_proc, &walls_.oom_score, setup_.own_ids != 0};
    return run(launch, usage_, setup_.cpus, kControl, signals_);
  }

  template <class Reply>
  static bool answer(const Reply& reply) {
    return send(kControl, &reply, sizeof(reply), MSG_NOSIGNAL) == sizeof(reply);
  }

  const Setup& setup_;
  const Walls& walls_;
  Usage usage_;
  int signals_;
  Message message_;
  Strings strings_;
};

}  // namespace

void serve(const SetupView& setup, const Walls& walls) {
  static Server server(setup, walls);  // too large for a stack
  server();
}

}  // namespace otmetka::sandbox::cell
