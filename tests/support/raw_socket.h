// A bare TCP client: says exactly the bytes that a test wants said, and waits for what comes back.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace otmetka {

class RawSocket {
 public:
  // "127.0.0.1:38211"; is_open() is false where nobody listens.
  explicit RawSocket(const std::string& address) : descriptor_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const auto colon = address.rfind(':');
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(std::strtoul(address.c_str() + colon + 1, nullptr, 10)));
    inet_pton(AF_INET, address.substr(0, colon).c_str(), &to.sin_addr);
    void* const any = &to;
    if (connect(descriptor_, static_cast<sockaddr*>(any), sizeof to) != 0) close_now();
  }
  ~RawSocket() { close_now(); }
  RawSocket(RawSocket&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
  RawSocket(const RawSocket&) = delete;
  RawSocket& operator=(const RawSocket&) = delete;

  bool is_open() const { return descriptor_ >= 0; }

  // As much as the other end takes; whether it took all.
  bool say(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  void say_no_more() const { shutdown(descriptor_, SHUT_WR); }

  // What comes until the other end closes, or until what has come ends with `last`; "…reset" or, after a minute, "…timeout"
  // behind it when it did not end so.
  std::string hear(std::string_view last = {}) const {
    std::string out;
    char bytes[4'096];
    while (last.empty() || !out.ends_with(last)) {
      pollfd watched{descriptor_, POLLIN, 0};
      if (poll(&watched, 1, 60'000) <= 0) return out + "…timeout";
      const ssize_t got = recv(descriptor_, bytes, sizeof bytes, 0);
      if (got < 0) return out + "…reset";
      if (got == 0) break;
      out.append(bytes, static_cast<std::size_t>(got));
    }
    return out;
  }

 private:
  void close_now() {
    if (descriptor_ >= 0) close(descriptor_);
    descriptor_ = -1;
  }
  int descriptor_;
};

// Asks for one path on a connection of its own: head and body as they came.
inline std::string http_get(const std::string& address, const std::string& path) {
  const RawSocket socket(address);
  socket.say("GET " + path + " HTTP/1.1\r\nHost: " + address + "\r\nConnection: close\r\n\r\n");
  return socket.hear();
}
inline std::string http_body(const std::string& response) {
  const auto end = response.find("\r\n\r\n");
  return end == std::string::npos ? "" : response.substr(end + 4);
}

}  // namespace otmetka
