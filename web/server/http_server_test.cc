// The server, asked by a client that says exactly the bytes below.
#include "web/server/http_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "tests/support/raw_socket.h"

namespace otmetka::web {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class HttpServerTest : public testing::Test {
 protected:
  void start(ServerOptions options = {}) {
    options.say = [](const Message& message) { return "words of " + message.id; };
    Handlers handlers{{"/plain", [](const Request&) { return Response{.body = "as it is\n"}; }},
                      {"/echo", [](const Request& request) { return Response{.body = request.path + " " + request.query}; }},
                      {"/ill", [](const Request&) { return Response{.status = 503, .content_type = "application/json", .body = "{}"}; }},
                      {"/throws", [](const Request&) { return Response{.body = std::string().substr(1)}; }},
                      {"/large", [](const Request&) { return Response{.body = std::string(64u << 20, 'x')}; }}};
    auto started = HttpServer::start({"127.0.0.1", 0}, std::move(handlers), options);
    ASSERT_TRUE(started);
    server = std::move(*started);
  }
  std::string ask(const std::string& bytes) const {
    const RawSocket socket(server->address());
    EXPECT_TRUE(socket.is_open());
    socket.say(bytes);
    return socket.hear();
  }
  bool is_well() const { return http_body(http_get(server->address(), "/plain")) == "as it is\n"; }

  std::unique_ptr<HttpServer> server;
};

TEST_F(HttpServerTest, AGetIsAnsweredWholeAndTheLastAskedForEndsTheConnection) {
  start();
  EXPECT_EQ(ask("GET /plain HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
            "Connection: close\r\nContent-Length: 9\r\n\r\nas it is\n");
  EXPECT_THAT(ask("GET /plain HTTP/1.0\r\n\r\n"), AllOf(StartsWith("HTTP/1.0 200"), EndsWith("as it is\n")));
}

TEST_F(HttpServerTest, AHeadHasTheLengthAndNoBody) {
  start();
  EXPECT_THAT(ask("HEAD /plain HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
              AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("Content-Length: 9\r\n"), EndsWith("\r\n\r\n")));
}

TEST_F(HttpServerTest, TheQueryIsPartedFromThePathAndAWholeAddressIsTaken) {
  start();
  EXPECT_EQ(http_body(http_get(server->address(), "/echo?a=1&b=%20")), "/echo a=1&b=%20");
  EXPECT_EQ(http_body(http_get(server->address(), "http://host/echo?x")), "/echo x");
}

TEST_F(HttpServerTest, WhatAHandlerSaysOfTheStatusHolds) {
  start();
  EXPECT_THAT(http_get(server->address(), "/ill"),
              AllOf(StartsWith("HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n"), EndsWith("\r\n\r\n{}")));
}

TEST_F(HttpServerTest, ErrorsAreProblemsWithACode) {
  start();
  const std::string missing = http_get(server->address(), "/no\"where");
  EXPECT_THAT(missing, AllOf(StartsWith("HTTP/1.1 404"), HasSubstr("Content-Type: application/problem+json\r\n")));
  EXPECT_EQ(http_body(missing),
            R"({"type":"urn:otmetka:problem:OT435","title":"Not Found","status":404,"detail":"words of OT435","code":"OT435"})"
            "\n");
  EXPECT_THAT(ask("DELETE /plain HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
              AllOf(StartsWith("HTTP/1.1 405"), HasSubstr("Allow: GET, HEAD\r\n"), HasSubstr("OT436")));
  EXPECT_THAT(http_get(server->address(), "/throws"), AllOf(StartsWith("HTTP/1.1 500"), HasSubstr("OT490")));
  EXPECT_TRUE(is_well());
}

TEST_F(HttpServerTest, WhatIsNoRequestIsToldSoAndEndsTheConnection) {
  start();
  const std::string host = "Host: a\r\n";
  for (const std::string& bytes : {std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), std::string("garbage\r\n\r\n"),
                                   std::string(100, '\0'), "GET /plain HTTP/1.1\r\n\r\n" + std::string(),
                                   "GET /plain HTTP/1.1\r\n" + host + host + "\r\n", "GET /plain HTTP/9.9\r\n" + host + "\r\n",
                                   "GET /plain HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\nhello",
                                   "GET /plain HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999\r\n\r\n",
                                   "POST /plain HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                                   "GET plain HTTP/1.1\r\n" + host + "\r\n", "OPTIONS * HTTP/1.1\r\n" + host + "\r\n"}) {
    EXPECT_THAT(ask(bytes), AllOf(StartsWith("HTTP/1.1 400"), HasSubstr("OT437"), EndsWith("}\n"))) << bytes;
  }
  EXPECT_TRUE(is_well());
}

TEST_F(HttpServerTest, AHeadBeyondItsBoundIsToldSoHoweverMuchFollows) {
  start({.head_bytes = 1'024});
  const std::string field = "X: " + std::string(2'000, 'x');
  EXPECT_THAT(ask("GET /plain HTTP/1.1\r\nHost: a\r\n" + field + "\r\n\r\n"), AllOf(StartsWith("HTTP/1.1 431"), HasSubstr("OT438")));
  EXPECT_THAT(ask("GET /plain HTTP/1.1\r\nHost: a\r\nX: " + std::string(500'000, 'x')), AllOf(StartsWith("HTTP/1.1 431"), EndsWith("}\n")));
  EXPECT_THAT(ask("GET /" + std::string(500'000, 'x')), AllOf(StartsWith("HTTP/1.1 431"), EndsWith("}\n"))) << "and no reset behind it";
  EXPECT_TRUE(is_well());
}

TEST_F(HttpServerTest, RequestsSentAtOnceAreAnsweredInTheirOrder) {
  start({.head_bytes = 256});
  std::string bytes;
  std::string bodies;
  for (int i = 0; i < 200; ++i) {
    bytes += "GET /echo?" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n" + (i == 199 ? "Connection: close\r\n" : "") + "\r\n";
    bodies += "/echo " + std::to_string(i) + ",";
  }
  std::string heard = ask(bytes);
  std::string seen;
  for (std::size_t at = heard.find("\r\n\r\n"); at != std::string::npos; at = heard.find("\r\n\r\n", at + 1)) {
    seen += heard.substr(at + 4, std::min(heard.find("HTTP/", at), heard.size()) - at - 4) + ",";
  }
  EXPECT_EQ(seen, bodies);
}

TEST_F(HttpServerTest, AConnectionServesOneRequestAfterAnother) {
  start();
  const RawSocket socket(server->address());
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(socket.say("GET /plain HTTP/1.1\r\nHost: a\r\n\r\n"));
    EXPECT_THAT(socket.hear("as it is\n"), AllOf(StartsWith("HTTP/1.1 200"), EndsWith("as it is\n")));
  }
}

TEST_F(HttpServerTest, WhoTakesTooLongIsLetGo) {
  start({.patience = 50ms});
  EXPECT_EQ(ask("GET /plain HT"), "") << "half a request";
  EXPECT_EQ(ask(""), "") << "nothing at all";
  const RawSocket idle(server->address());
  idle.say("GET /plain HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_THAT(idle.hear(), AllOf(StartsWith("HTTP/1.1 200"), EndsWith("as it is\n"))) << "answered, then idle: closed";
  const RawSocket deaf(server->address());
  deaf.say("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_TRUE(is_well()) << "while one takes nothing of 64 MiB";
}

TEST_F(HttpServerTest, HalfARequestBeforeTheEndIsToldSo) {
  start();
  const RawSocket socket(server->address());
  socket.say("GET /plain HTTP/1.1\r\nHo");
  socket.say_no_more();
  EXPECT_THAT(socket.hear(), StartsWith("HTTP/1.1 400"));
}

TEST_F(HttpServerTest, WhoeverSaysNothingKeepsNobodyOut) {
  start({.connections = 16, .patience = 60'000ms});
  std::vector<RawSocket> silent;
  for (int i = 0; i < 100; ++i) silent.emplace_back(server->address());
  for (const RawSocket& one : silent) one.say("GET /pla");
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(is_well());
  EXPECT_THAT(silent.front().hear(), Not(HasSubstr("timeout"))) << "the first to come was the first to go";
}

TEST_F(HttpServerTest, ItLeavesAtOnceWhoeverIsConnected) {
  start({.patience = 60'000ms});
  const RawSocket idle(server->address());
  const RawSocket half(server->address());
  half.say("GET /plain HT");
  const RawSocket deaf(server->address());
  deaf.say("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_TRUE(is_well());
  const std::string address = server->address();
  const auto began = std::chrono::steady_clock::now();
  server.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - began, 30s);
  EXPECT_EQ(idle.hear(), "");
  EXPECT_FALSE(RawSocket(address).is_open());
}

TEST_F(HttpServerTest, AnAddressThatIsTakenIsTold) {
  start();
  const auto port = static_cast<std::uint16_t>(std::stoi(server->address().substr(server->address().rfind(':') + 1)));
  const auto second = HttpServer::start({"127.0.0.1", port}, {}, {});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.failure().code(), "OT434");
  EXPECT_EQ(std::get<std::string>(second.failure().message.args[0]), server->address());
}

TEST(ParseAddressTest, ItIsAnIpAddressOfThisMachineAndAPort) {
  const auto said = [](const std::string& text) {
    const auto parsed = parse_address(text);
    return parsed ? parsed->ip + " " + std::to_string(parsed->port) : parsed.failure().code();
  };
  const std::pair<const char*, const char*> rows[] = {
      {"127.0.0.1:8080", "127.0.0.1 8080"}, {"127.1.2.3:1", "127.1.2.3 1"},  {"localhost:0", "127.0.0.1 0"}, {"[::1]:65535", "::1 65535"},
      {"0.0.0.0:8080", "OT433"},            {"[::]:8080", "OT433"},          {"192.168.1.5:80", "OT433"},    {"[2001:db8::1]:80", "OT433"},
      {"", "OT432"},                        {":", "OT432"},                  {":8080", "OT432"},             {"8080", "OT432"},
      {"127.0.0.1", "OT432"},               {"127.0.0.1:", "OT432"},         {"127.0.0.1:65536", "OT432"},   {"127.0.0.1:-1", "OT432"},
      {"127.0.0.1:80x", "OT432"},           {"::1:80", "OT432"},             {"[127.0.0.1]:80", "OT432"},    {"school.example:80", "OT432"},
      {"127.1:80", "OT432"},                {"http://127.0.0.1:80", "OT432"}};
  for (const auto& [text, expected] : rows) EXPECT_EQ(said(text), expected) << text;
}

}  // namespace
}  // namespace otmetka::web
