// A small HTTP/1.1 server: GET and HEAD of a few paths, for those who operate a running program, and later for its page.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "model/message.h"
#include "model/result.h"

namespace otmetka::web {

// Where to listen: an IP address and a port, 0 for any that is free.
struct Address {
  std::string ip;
  std::uint16_t port = 0;
};

// "127.0.0.1:8080", "[::1]:8080", "localhost:0". OT432: it is none of these (names are not looked up). OT433: it is not this
// machine's own (127.0.0.0/8, ::1), which would need tokens, and there are none.
Result<Address> parse_address(const std::string& text);

struct Request {
  std::string path;   // without the query; as it came, nothing decoded
  std::string query;  // behind the question mark
};

struct Response {
  unsigned status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body = {};
};

// Called on the server's thread, for GET and HEAD; must not block. What it throws becomes 500 (OT490).
using Handler = std::function<Response(const Request&)>;
using Handlers = std::map<std::string, Handler, std::less<>>;  // by path

// What the server may be made to hold: connections × (head + the largest body).
struct ServerOptions {
  std::size_t connections = 128;            // past it the one that has kept us waiting longest goes
  std::uint32_t head_bytes = 8'192;         // request line and fields; more is 431 (OT438)
  std::chrono::milliseconds patience{10'000};  // for a whole request since the one before, and for taking a whole response
  std::function<std::string(const Message&)> say = {};  // the words of a message
};

// One thread of its own. Errors are problem+json (RFC 9457) with `code`: 400 (OT437), 404 (OT435), 405 (OT436), 431 (OT438),
// 500 (OT490). A request with a body is 400; after any 400 or 431 the connection ends.
class HttpServer {
 public:
  // Listens when it returns. OT434: it cannot, argument 0 the address, 1 the reason.
  static Result<std::unique_ptr<HttpServer>> start(const Address& address, Handlers handlers, ServerOptions options);
  // Takes no more; a response that is being written has a second to be taken.
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  const std::string& address() const;  // "127.0.0.1:38211", with the port that it has

 private:
  class Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace otmetka::web
