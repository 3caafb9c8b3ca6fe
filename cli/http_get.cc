#include "cli/http_get.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <charconv>
#include <cstdint>

namespace otmetka::cli {
namespace {

constexpr std::size_t kMostBytes = std::size_t{4} << 20;

class Connection {
 public:
  Connection() : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval patience{.tv_sec = 2, .tv_usec = 0};
    setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  }
  ~Connection() {
    if (fd_ >= 0) close(fd_);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  bool open(const sockaddr_in& address) const {
    return fd_ >= 0 && connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  bool send_all(const std::string& text) const {
    return send(fd_, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
  }
  std::optional<std::string> read_all() const {
    std::string out;
    char buffer[16'384];
    while (out.size() <= kMostBytes) {
      const ssize_t got = recv(fd_, buffer, sizeof buffer, 0);
      if (got < 0) return std::nullopt;
      if (got == 0) return out;
      out.append(buffer, static_cast<std::size_t>(got));
    }
    return std::nullopt;
  }

 private:
  int fd_;
};

std::optional<sockaddr_in> parsed(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  sockaddr_in out{};
  out.sin_family = AF_INET;
  std::uint16_t port = 0;
  const char* const end = address.data() + address.size();
  if (std::from_chars(address.data() + colon + 1, end, port).ptr != end) return std::nullopt;
  out.sin_port = htons(port);
  if (inet_pton(AF_INET, address.substr(0, colon).c_str(), &out.sin_addr) != 1) return std::nullopt;
  return out;
}

}  // namespace

std::optional<std::string> http_get_local(const std::string& address, const std::string& path) {
  const auto to = parsed(address);
  const Connection connection;
  if (!to || !connection.open(*to)) return std::nullopt;
  if (!connection.send_all("GET " + path + " HTTP/1.1\r\nHost: " + address + "\r\nConnection: close\r\n\r\n")) return std::nullopt;
  auto answer = connection.read_all();
  const std::size_t body = answer ? answer->find("\r\n\r\n") : std::string::npos;
  if (body == std::string::npos || !answer->starts_with("HTTP/1.1 200")) return std::nullopt;
  return answer->substr(body + 4);
}

}  // namespace otmetka::cli
