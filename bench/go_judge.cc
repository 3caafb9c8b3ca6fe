#include "bench/go_judge.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <thread>

namespace otmetka::bench {
namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "sandbox_bench: go-judge: %s\n", what.c_str());
  std::exit(1);
}

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in out{};
  out.sin_family = AF_INET;
  out.sin_port = htons(port);
  out.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return out;
}

// One that was free a moment ago.
std::uint16_t free_port() {
  const int socket_fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof(address);
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(socket_fd, generic, size) != 0 || getsockname(socket_fd, generic, &size) != 0) give_up("no free port");
  close(socket_fd);
  return ntohs(address.sin_port);
}

int connect_to(std::uint16_t port) {
  const auto until = Clock::now() + std::chrono::seconds(10);
  const sockaddr_in address = loopback(port);
  while (Clock::now() < until) {
    const int socket_fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(socket_fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) return socket_fd;
    close(socket_fd);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  give_up("the server does not answer");
}

pid_t start(const std::string& server, std::uint16_t port, unsigned slots) {
  const std::string address = "127.0.0.1:" + std::to_string(port), parallelism = std::to_string(slots);
  const pid_t child = fork();
  if (child != 0) return child;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int nowhere = open("/dev/null", O_RDWR);
  for (const int fd : {0, 1, 2}) dup2(nowhere, fd);
  execl(server.c_str(), server.c_str(), "-http-addr", address.c_str(), "-parallelism", parallelism.c_str(), nullptr);
  _exit(127);
}

std::string request_for(const std::string& program) {
  const std::string body =
      R"({"cmd":[{"args":["a"],"env":[],"files":[{"content":"1 2 3\n"},{"name":"stdout","max":65536},{"name":"stderr","max":65536}],)"
      R"("cpuLimit":1000000000,"clockLimit":10000000000,"memoryLimit":268435456,"procLimit":4,"copyIn":{"a":{"src":")" +
      program + R"("}}}]})";
  return "POST /run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

// The body of one response with a Content-Length.
std::string response(int connection) {
  std::string all;
  std::size_t whole = std::string::npos, begins = 0;
  while (all.size() < whole) {
    char some[4096];
    const ssize_t got = recv(connection, some, sizeof(some), 0);
    if (got <= 0) give_up("the server has hung up");
    all.append(some, static_cast<std::size_t>(got));
    const auto end = all.find("\r\n\r\n");
    if (end == std::string::npos || whole != std::string::npos) continue;
    constexpr std::string_view kLength = "Content-Length: ";
    const auto length = all.find(kLength);
    if (length == std::string::npos || length > end) give_up("a response without a length");
    std::size_t bytes = 0;
    std::from_chars(all.data() + length + kLength.size(), all.data() + end, bytes);
    begins = end + 4;
    whole = begins + bytes;
  }
  return all.substr(begins);
}

}  // namespace

GoJudge::GoJudge(const std::string& server, const std::string& program, unsigned slots) : request_(request_for(program)) {
  const std::uint16_t port = free_port();
  pid_ = start(server, port, slots);
  if (pid_ < 0) give_up("fork");
  for (unsigned slot = 0; slot < slots; ++slot) connections_.push_back(connect_to(port));
}

GoJudge::~GoJudge() {
  for (const int connection : connections_) close(connection);
  kill(pid_, SIGTERM);
  waitpid(pid_, nullptr, 0);
}

void GoJudge::run(unsigned slot) {
  const int connection = connections_[slot];
  if (send(connection, request_.data(), request_.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request_.size())) give_up("cannot send");
  const std::string body = response(connection);
  if (body.find(R"("status":"Accepted")") == std::string::npos) give_up("a run was not accepted: " + body.substr(0, 300));
}

}  // namespace otmetka::bench
