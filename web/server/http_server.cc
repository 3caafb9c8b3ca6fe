#include "web/server/http_server.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <list>
#include <optional>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include "queue/codec.h"

namespace otmetka::web {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;
using std::chrono::milliseconds;
using asio::ip::tcp;

constexpr milliseconds kLastSecond{1'000};      // for the response that is being written when the server stops
constexpr milliseconds kAcceptPause{100};       // when no descriptor is left, say
constexpr std::size_t kMostDiscarded = 1 << 20; // of what a client sends though it was told that we do not listen
constexpr std::size_t kMostPathTold = 200;

std::string text_of(const tcp::endpoint& endpoint) {
  const std::string ip = endpoint.address().to_string();
  return (endpoint.address().is_v6() ? "[" + ip + "]" : ip) + ":" + std::to_string(endpoint.port());
}

void add_field(std::string& body, const char* name, std::string_view value) {
  body += body.empty() ? "{\"" : ",\"";
  body += name;
  body += "\":";
  queue::append_json_string(value, body);
}

Response problem(unsigned status, const Message& message, const ServerOptions& options) {
  Response out{.status = status, .content_type = "application/problem+json"};
  add_field(out.body, "type", "urn:otmetka:problem:" + message.id);
  add_field(out.body, "title", std::string_view(http::obsolete_reason(static_cast<http::status>(status))));
  out.body += ",\"status\":" + std::to_string(status);
  add_field(out.body, "detail", options.say ? options.say(message) : message.id);
  add_field(out.body, "code", message.id);
  out.body += "}\n";
  return out;
}

// "/metrics?x=1" or "http://host/metrics?x=1"; nullopt for what is neither ("*", "host:80").
std::optional<Request> request_of(std::string_view target) {
  if (const auto scheme = target.find("://"); scheme != std::string_view::npos && !target.starts_with('/')) {
    const auto slash = target.find('/', scheme + 3);
    target = slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
  }
  if (!target.starts_with('/')) return std::nullopt;
  const auto mark = target.find('?');
  return Request{std::string(target.substr(0, mark)), mark == std::string_view::npos ? "" : std::string(target.substr(mark + 1))};
}

}  // namespace

Result<Address> parse_address(const std::string& text) {
  const auto bad = [&] { return error("OT432", {text}); };
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) return bad();
  std::string host = text.substr(0, colon);
  const std::string port_text = text.substr(colon + 1);
  std::uint16_t port = 0;
  const auto [end, failed] = std::from_chars(port_text.data(), port_text.data() + port_text.size(), port);
  if (failed != std::errc{} || end != port_text.data() + port_text.size()) return bad();
  if (host == "localhost") host = "127.0.0.1";
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  error_code unreadable;
  const auto ip = asio::ip::make_address(host, unreadable);
  if (unreadable || ip.is_v6() != bracketed) return bad();
  if (!ip.is_loopback()) return error("OT433", {text});
  return Address{ip.to_string(), port};
}

class HttpServer::Impl {
 public:
  Impl(Handlers handlers, ServerOptions options) : handlers_(std::move(handlers)), options_(std::move(options)) {}
  ~Impl();

  Status listen(const Address& address);
  const std::string& address() const { return address_; }

 private:
  class Session;
  using Sessions = std::list<std::shared_ptr<Session>>;

  void run();
  void accept();
  void accepted(tcp::socket socket);
  void leave();
  void look_whether_done();
  Response respond(const http::request_header<>& head) const;

  Handlers handlers_;
  ServerOptions options_;
  asio::io_context io_{1};
  tcp::acceptor acceptor_{io_};
  asio::steady_timer pause_{io_};  // before the next accept; when the server stops, its last second
  Sessions sessions_;  // the one that has been waited for longest first
  std::string address_;
  std::thread thread_;
};

// One connection: request, response, and again; what comes early waits in the buffer, which holds no more than a head.
class HttpServer::Impl::Session : public std::enable_shared_from_this<Session> {
 public:
  Session(Impl& server, tcp::socket socket)
      : server_(server), stream_(std::move(socket)), buffer_(server.options_.head_bytes) {}

  void enter() {
    place_ = server_.sessions_.insert(server_.sessions_.end(), shared_from_this());
    read();
  }

  bool is_waiting() const { return waiting_; }

  void drop() {
    stream_.close();
    if (!place_) return;
    server_.sessions_.erase(*std::exchange(place_, std::nullopt));
    server_.look_whether_done();
  }

  void leave() {
    last_ = true;
    if (waiting_) drop();
  }

 private:
  void read() {
    waiting_ = true;
    parser_.emplace();
    parser_->header_limit(server_.options_.head_bytes);
    stream_.expires_after(server_.options_.patience);
    http::async_read_header(stream_, buffer_, *parser_,
                            [self = shared_from_this()](error_code failed, std::size_t) { self->have_read(failed); });
  }

  void have_read(error_code failed) {
    waiting_ = false;
    if (!place_) return;  // it was dropped meanwhile
    if (failed == http::error::end_of_stream) return drop();
    if (failed == http::error::header_limit || failed == http::error::buffer_overflow) {
      return refuse(431, {"OT438", {std::int64_t{server_.options_.head_bytes}}});
    }
    if (failed && failed.category() == make_error_code(http::error::bad_method).category()) {
      return refuse(400, {"OT437", {failed.message()}});
    }
    if (failed) return drop();  // it went, or took too long
    const auto& head = parser_->get();
    if (head.version() > 11 || head.version() < 10) return refuse(400, {"OT437", {std::string("HTTP/1.1, HTTP/1.0")}});
    if (!parser_->is_done()) return refuse(400, {"OT437", {std::string("Content-Length, Transfer-Encoding")}});
    if (head.version() == 11 && head.count(http::field::host) != 1) return refuse(400, {"OT437", {std::string("Host")}});
    last_ = last_ || !head.keep_alive();
    write(server_.respond(head), head.method() == http::verb::head, head.version());
  }

  void refuse(unsigned status, const Message& why) {
    write(problem(status, why, server_.options_), false, 11);
  }

  void write(Response response, bool only_head, unsigned version) {
    last_ = last_ || response.status == 400 || response.status == 431;  // who knows where the next request begins
    message_ = {};
    message_.version(version);
    message_.result(response.status);
    message_.set(http::field::content_type, response.content_type);
    message_.set(http::field::cache_control, "no-store");
    message_.set("X-Content-Type-Options", "nosniff");
    if (response.status == 405) message_.set(http::field::allow, "GET, HEAD");
    message_.keep_alive(!last_);
    message_.content_length(response.body.size());
    if (!only_head) message_.body() = std::move(response.body);
    stream_.expires_after(server_.options_.patience);
    http::async_write(stream_, message_, [self = shared_from_this()](error_code failed, std::size_t) { self->have_written(failed); });
  }

  void have_written(error_code failed) {
    if (!place_) return;
    if (failed) return drop();
    if (last_) return hang_up();
    server_.sessions_.splice(server_.sessions_.end(), server_.sessions_, *place_);
    read();
  }

  // A close with unread bytes would be a reset, and the client might never see what it was told.
  void hang_up() {
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    waiting_ = true;
    stream_.expires_after(kLastSecond);
    discard();
  }

  void discard() {
    stream_.async_read_some(asio::buffer(junk_), [self = shared_from_this()](error_code failed, std::size_t bytes) {
      if (!self->place_) return;
      self->discarded_ += bytes;
      if (failed || self->discarded_ > kMostDiscarded) return self->drop();
      self->discard();
    });
  }

  Impl& server_;
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::empty_body>> parser_;
  http::response<http::string_body> message_;
  std::array<char, 1'024> junk_{};
  std::size_t discarded_ = 0;
  std::optional<Sessions::iterator> place_;  // nullopt: dropped
  bool waiting_ = false;                     // for the client to send something, or to go
  bool last_ = false;                        // after this response the connection ends
};

Status HttpServer::Impl::listen(const Address& address) {
  error_code failed;
  const tcp::endpoint endpoint(asio::ip::make_address(address.ip, failed), address.port);
  const auto step = [&](auto&& action) {
    if (!failed) action();
  };
  step([&] { acceptor_.open(endpoint.protocol(), failed); });
  step([&] { acceptor_.set_option(asio::socket_base::reuse_address(true), failed); });
  step([&] { acceptor_.bind(endpoint, failed); });
  step([&] { acceptor_.listen(asio::socket_base::max_listen_connections, failed); });
  tcp::endpoint bound;
  step([&] { bound = acceptor_.local_endpoint(failed); });
  if (failed) return error("OT434", {text_of(endpoint), failed.message()});
  address_ = text_of(bound);
  accept();
  thread_ = std::thread([this] { run(); });
  return ok_status();
}

HttpServer::Impl::~Impl() {
  if (!thread_.joinable()) return;
  asio::post(io_, [this] { leave(); });
  thread_.join();
}

void HttpServer::Impl::leave() {
  error_code ignored;
  acceptor_.close(ignored);
  for (const auto& session : Sessions(sessions_)) session->leave();
  pause_.expires_after(kLastSecond);
  pause_.async_wait([this](error_code) {
    for (const auto& session : Sessions(sessions_)) session->drop();
  });
  look_whether_done();
}

void HttpServer::Impl::look_whether_done() {
  if (!acceptor_.is_open() && sessions_.empty()) pause_.cancel();
}

// What is thrown (memory has run out) ends the operation that threw, and none else.
void HttpServer::Impl::run() {
  while (true) {
    try {
      io_.run();
      return;
    } catch (...) {  // NOLINT(bugprone-empty-catch)
    }
  }
}

void HttpServer::Impl::accept() {
  acceptor_.async_accept([this](error_code failed, tcp::socket socket) {
    if (failed == asio::error::operation_aborted || !acceptor_.is_open()) return;
    if (!failed) {
      accept();
      return accepted(std::move(socket));
    }
    pause_.expires_after(kAcceptPause);
    pause_.async_wait([this](error_code) {
      if (acceptor_.is_open()) accept();
    });
  });
}

void HttpServer::Impl::accepted(tcp::socket socket) {
  if (sessions_.size() >= options_.connections) {
    const auto longest = std::find_if(sessions_.begin(), sessions_.end(), [](const auto& one) { return one->is_waiting(); });
    if (longest == sessions_.end()) return;  // the socket closes
    const std::shared_ptr<Session> goes = *longest;
    goes->drop();
  }
  std::make_shared<Session>(*this, std::move(socket))->enter();
}

Response HttpServer::Impl::respond(const http::request_header<>& head) const {
  const std::string_view target(head.target().data(), head.target().size());
  const auto request = request_of(target);
  if (!request) return problem(400, {"OT437", {std::string(target.substr(0, kMostPathTold))}}, options_);
  const auto handler = handlers_.find(request->path);
  if (handler == handlers_.end()) return problem(404, {"OT435", {request->path.substr(0, kMostPathTold)}}, options_);
  if (head.method() != http::verb::get && head.method() != http::verb::head) {
    const std::string_view method(head.method_string().data(), head.method_string().size());
    return problem(405, {"OT436", {std::string(method.substr(0, kMostPathTold))}}, options_);
  }
  try {
    return handler->second(*request);
  } catch (const std::exception& thrown) {
    return problem(500, {"OT490", {std::string(thrown.what())}}, options_);
  } catch (...) {
    return problem(500, {"OT490", {std::string("?")}}, options_);
  }
}

Result<std::unique_ptr<HttpServer>> HttpServer::start(const Address& address, Handlers handlers, ServerOptions options) {
  auto impl = std::make_unique<Impl>(std::move(handlers), std::move(options));
  if (Status listens = impl->listen(address); !listens) return listens.failure();
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() = default;

const std::string& HttpServer::address() const { return impl_->address(); }

}  // namespace otmetka::web
