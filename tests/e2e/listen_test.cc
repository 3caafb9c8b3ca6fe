// `serve --listen`: what an operator's tools read, and what clients that behave badly cannot do.
#include <signal.h>
#include <sqlite3.h>

#include <filesystem>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"
#include "tests/e2e/specs.h"
#include "tests/support/prometheus_text.h"
#include "tests/support/raw_socket.h"

namespace otmetka::e2e {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class Listen : public testing::Test {
 protected:
  Listen() { folder.write("specs/small.yaml", kSmallSpec); }

  std::vector<std::string> serve(const std::string& listen, std::vector<std::string> more = {}) const {
    std::vector<std::string> words = {"serve",  "--queue", "embedded:queue", "--gradebook", "sqlite:book.db", "--specs",
                                      "specs", "--listen", listen,           "--lang",      "en"};
    words.insert(words.end(), more.begin(), more.end());
    return otmetka(words);
  }
  void submit(const std::string& lines) const {
    ASSERT_EQ(run(folder, otmetka({"submit", "--queue", "embedded:queue", "-"}), {.input = lines}).exit_code, 0);
  }
  // Starts it and waits until it listens.
  void start(const std::vector<std::string>& environment = {}) {
    server = std::make_unique<Running>(folder, serve("127.0.0.1:0"), Setting{.environment = environment});
    const std::string before = "event=listening address=";
    ASSERT_TRUE(holds_soon([&] {
      const std::string err = server->err_so_far();
      const auto at = err.find(before);
      const auto end = err.find('\n', at);
      if (at == std::string::npos || end == std::string::npos) return false;
      address = err.substr(at + before.size(), end - at - before.size());
      return true;
    })) << server->err_so_far();
  }
  void start_and_wait_until_ready(const std::vector<std::string>& environment = {}) {
    start(environment);
    ASSERT_TRUE(answers_soon("/readyz", "HTTP/1.1 200"));
  }
  bool answers_soon(const std::string& path, const std::string& beginning) const {
    return holds_soon([&] { return http_get(address, path).starts_with(beginning); });
  }
  PrometheusPage page() const {
    PrometheusPage out = PrometheusReader::read(http_body(http_get(address, "/metrics")));
    EXPECT_THAT(out.problems, IsEmpty());
    return out;
  }
  bool is_well() const { return http_get(address, "/healthz").starts_with("HTTP/1.1 200"); }
  void stop() {
    server->signal(SIGTERM);
    const Ran ran = server->wait();
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    EXPECT_FALSE(RawSocket(address).is_open());
  }

  Scratch folder;
  std::unique_ptr<Running> server;
  std::string address;
};

// The table of docs/operations.md: name → type.
std::map<std::string, std::string> documented_metrics() {
  std::map<std::string, std::string> out;
  for (const std::string& line : lines_of(bytes_of(project_file("docs/operations.md")))) {
    if (!line.starts_with("| `otmetka_")) continue;
    const auto name_end = line.find('`', 3);
    const auto type_end = line.find(" |", name_end + 4);
    std::string name = line.substr(3, name_end - 3);
    out[name.substr(0, name.find('{'))] = line.substr(name_end + 4, type_end - name_end - 4);
  }
  return out;
}

TEST_F(Listen, EveryMetricIsInTheOperatorsTableAndNoOther) {
  start_and_wait_until_ready();
  EXPECT_EQ(page().types, documented_metrics());
  stop();
}

TEST_F(Listen, WhatIsGradedIsCounted) {
  start_and_wait_until_ready({"OTMETKA_SPEC_PATIENCE_MS=0"});
  submit("{\"assignment_id\": \"small\", \"learner_id\": \"l-1\", \"responses\": {\"n\": \"4\"}}\n"
         "{\"assignment_id\": \"small\", \"learner_id\": \"l-2\", \"responses\": {\"n\": \"a|b|c\"}}\n"
         "{\"assignment_id\": \"nobody-has-it\", \"learner_id\": \"l-1\", \"responses\": {}}\n");
  ASSERT_TRUE(holds_soon([&] { return page().at("otmetka_results_applied_total") == 3; }));
  const PrometheusPage seen = page();
  EXPECT_EQ(seen.at("otmetka_submissions_taken_total"), 3);
  EXPECT_EQ(seen.at("otmetka_submissions_graded_total"), 2);
  EXPECT_EQ(seen.at("otmetka_dead_letters_total{code=\"OT380\"}"), 1);
  EXPECT_EQ(seen.at("otmetka_parts_total{status=\"GRADED\"}"), 1);
  EXPECT_EQ(seen.at("otmetka_parts_total{status=\"INVALID_INPUT\"}"), 1);
  EXPECT_EQ(seen.at("otmetka_end_to_end_seconds_count{lane=\"answers\"}"), 3);
  EXPECT_GE(seen.at("otmetka_commits_total"), 1);
  EXPECT_EQ(seen.at("otmetka_in_flight_works"), 0);
  EXPECT_GE(seen.at("otmetka_lane_slots{lane=\"programs\"}"), 1);
  EXPECT_GT(seen.at("otmetka_process_resident_bytes"), 1 << 20);
  stop();
}

TEST_F(Listen, TheSettingCanStandInTheEnvironment) {
  folder.write("otmetka.yaml", "listen: 127.0.0.1:0\n");
  std::vector<std::string> words = serve("", {});
  words.erase(std::find(words.begin(), words.end(), "--listen"), std::find(words.begin(), words.end(), "--listen") + 2);
  words.push_back("--until-empty");
  EXPECT_THAT(run(folder, words).err, HasSubstr("event=listening address=127.0.0.1:"));
}

TEST_F(Listen, AnAddressThatWouldBeOpenToOthersOrIsNoneOrIsTakenEndsTheServerAtTheStart) {
  for (const auto& [listen, code] : {std::pair{"0.0.0.0:0", "OT433"}, std::pair{"[::]:9464", "OT433"}, std::pair{"9464", "OT432"}}) {
    const Ran ran = run(folder, serve(listen, {"--until-empty"}));
    EXPECT_EQ(ran.exit_code, 2) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr(code));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "queue")) << "nothing was begun";
  }
  start_and_wait_until_ready();
  const Ran second = run(folder, serve(address, {"--until-empty"}));
  EXPECT_EQ(second.exit_code, 2);
  EXPECT_THAT(second.err, AllOf(HasSubstr("OT434"), HasSubstr(address)));
  stop();
}

// Another program's transaction on a file of ours.
class Locked {
 public:
  explicit Locked(const std::string& file) {
    EXPECT_EQ(sqlite3_open(file.c_str(), &database_), SQLITE_OK);
    EXPECT_EQ(sqlite3_busy_timeout(database_, 30'000), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  }
  ~Locked() { sqlite3_close(database_); }
  Locked(const Locked&) = delete;
  Locked& operator=(const Locked&) = delete;

 private:
  sqlite3* database_ = nullptr;
};

TEST_F(Listen, WhileItStartsItIsHealthyAndNotReady) {
  ASSERT_EQ(run(folder, serve("127.0.0.1:0", {"--until-empty"})).exit_code, 0);  // makes the files
  {
    const Locked queue(folder.at("queue/queue.db"));
    start();
    EXPECT_TRUE(is_well());
    EXPECT_THAT(http_get(address, "/readyz"), AllOf(StartsWith("HTTP/1.1 503"), HasSubstr("OT492")));
    EXPECT_THAT(page().types, testing::Contains(testing::Key("otmetka_build_info")));
  }
  EXPECT_TRUE(answers_soon("/readyz", "HTTP/1.1 200"));
  stop();
}

TEST_F(Listen, ALoopThatDoesNotTurnIsUnhealthyUntilItDoes) {
  start_and_wait_until_ready({"OTMETKA_WATCHDOG_MS=1"});
  EXPECT_TRUE(is_well());
  {
    const Locked book(folder.at("book.db"));
    submit("{\"assignment_id\": \"small\", \"learner_id\": \"l-1\", \"responses\": {\"n\": \"4\"}}\n");
    ASSERT_TRUE(answers_soon("/healthz", "HTTP/1.1 503"));
    EXPECT_THAT(http_body(http_get(address, "/healthz")), AllOf(HasSubstr("OT491"), HasSubstr("gradebook: the loop has not turned for ")));
  }
  EXPECT_TRUE(answers_soon("/healthz", "HTTP/1.1 200"));
  stop();
}

TEST_F(Listen, AGradebookThatIsGoneFromItsPlaceIsNotReadyUntilItIsBack) {
  start_and_wait_until_ready();
  std::filesystem::rename(folder.path() / "book.db", folder.path() / "elsewhere.db");
  ASSERT_TRUE(answers_soon("/readyz", "HTTP/1.1 503"));
  EXPECT_THAT(http_get(address, "/readyz"), HasSubstr("OT418"));
  EXPECT_TRUE(is_well());
  std::filesystem::rename(folder.path() / "elsewhere.db", folder.path() / "book.db");
  EXPECT_TRUE(answers_soon("/readyz", "HTTP/1.1 200"));
  stop();
}

TEST_F(Listen, WhoSpeaksBadlyIsToldSoAndTheServerGoesOn) {
  start_and_wait_until_ready();
  const auto ask = [&](const std::string& bytes) {
    const RawSocket socket(address);
    socket.say(bytes);
    return socket.hear();
  };
  EXPECT_THAT(ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
              AllOf(StartsWith("HTTP/1.1 404"), HasSubstr("application/problem+json"), HasSubstr("\"code\":\"OT435\"")));
  EXPECT_THAT(ask("PUT /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), AllOf(StartsWith("HTTP/1.1 405"), HasSubstr("OT436")));
  EXPECT_THAT(ask(std::string("\0\1\2garbage", 10) + std::string(5'000, '\xff')), AllOf(StartsWith("HTTP/1.1 400"), HasSubstr("OT437")));
  EXPECT_THAT(ask("GET /metrics HTTP/1.1\r\nHost: a\r\nX: " + std::string(1 << 20, 'x')),
              AllOf(StartsWith("HTTP/1.1 431"), HasSubstr("OT438")));
  EXPECT_TRUE(is_well());
  stop();
}

TEST_F(Listen, RequestsSentAtOnceAreAllAnswered) {
  start_and_wait_until_ready();
  std::string bytes;
  for (int i = 0; i < 50; ++i) bytes += "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
  const RawSocket socket(address);
  socket.say(bytes + "HEAD /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  const std::string heard = socket.hear();
  EXPECT_EQ(count_of(heard, "HTTP/1.1 200 OK\r\n"), 51u);
  EXPECT_THAT(heard, EndsWith("\r\n\r\n")) << "a HEAD has no body";
  stop();
}

TEST_F(Listen, HundredsWhoSayNothingOrHalfKeepNobodyOutAndDoNotDelayTheEnd) {
  start_and_wait_until_ready();
  std::vector<RawSocket> others;
  for (int i = 0; i < 400; ++i) {
    others.emplace_back(address);
    ASSERT_TRUE(others.back().is_open());
    if (i % 2 == 0) others.back().say("GET /metrics HTTP/1.1\r\nHos");
  }
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(is_well());
  EXPECT_THAT(page().types, testing::SizeIs(documented_metrics().size()));
  stop();
}

}  // namespace
}  // namespace otmetka::e2e
