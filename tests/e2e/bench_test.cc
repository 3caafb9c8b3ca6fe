// The load tool as its users run it: figures that can be believed, also when the server stands still, goes, or is told to stop.
#include <signal.h>

#include <cerrno>
#include <filesystem>
#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"

namespace otmetka::e2e {
namespace {

namespace fs = std::filesystem;
using std::chrono::steady_clock;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

const Setting kEnglish{.input = {}, .environment = {"OTMETKA_LANG=en"}};

std::vector<std::string> bench(std::vector<std::string> words) {
  words.insert(words.begin(), "bench");
  return otmetka(std::move(words));
}

// The number behind a key, the first one after `section`; -1: there is none.
double figure(const std::string& json, const std::string& section, const std::string& key) {
  const std::size_t from = json.find("\"" + section + "\":");
  const std::size_t at = from == std::string::npos ? from : json.find("\"" + key + "\":", from);
  return at == std::string::npos ? -1 : std::strtod(json.c_str() + at + key.size() + 3, nullptr);
}

pid_t server_of(const std::string& err) {
  std::smatch found;
  return std::regex_search(err, found, std::regex("server: process ([0-9]+)")) ? std::stoi(found[1]) : 0;
}

bool is_gone(pid_t process) { return kill(process, 0) != 0 && errno == ESRCH; }

// One on an embedded queue in the test's folder, while it runs.
class OnEmbedded {
 public:
  OnEmbedded(const Scratch& folder, const std::string& duration)
      : folder_(folder), run_(folder,
                              bench({"--target", "embedded", "--queue", "embedded:" + folder.at("queue"), "--rate", "200", "--warmup", "0s",
                                     "--duration", duration, "--format", "json"}),
                              kEnglish) {}

  // Until the load has begun: the queue's log of changes has taken some of it.
  pid_t server() {
    const auto log = fs::path(folder_.at("queue")) / "queue.db-wal";
    std::error_code none;
    const bool begun = holds_soon([&] {
      if (begun_with_ == 0 && run_.err_so_far().find("server: process") != std::string::npos) begun_with_ = fs::file_size(log, none) + 1;
      return begun_with_ > 0 && fs::file_size(log, none) > begun_with_ + 400'000;
    });
    EXPECT_TRUE(begun) << run_.err_so_far();
    return server_of(run_.err_so_far());
  }
  Running& run() { return run_; }

 private:
  const Scratch& folder_;
  Running run_;
  std::uintmax_t begun_with_ = 0;
};

TEST(Bench, InOneProcessItPrintsRatePercentilesAndAVerdictCheck) {
  const Scratch folder;
  const Ran ran = run(
      folder, bench({"--target", "in-process", "--rate", "300", "--duration", "1s", "--warmup", "200ms", "--format", "json"}), kEnglish);
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.out,
              AllOf(HasSubstr("\"schema\":\"otmetka.bench.v1\""), HasSubstr("\"target\":\"in-process\""), HasSubstr("\"passed\":true"),
                    HasSubstr("\"partial\":false"), HasSubstr("\"p99_99\":"), HasSubstr("\"is_load_tool\":true")));
  EXPECT_NEAR(figure(ran.out, "throughput", "offered"), 300, 90);
  EXPECT_GT(figure(ran.out, "verdicts", "checked"), 200);
  EXPECT_GT(figure(ran.out, "all", "p50"), 0);
  EXPECT_LE(figure(ran.out, "all", "p50"), figure(ran.out, "all", "p99"));
  EXPECT_GT(figure(ran.out, "server", "cpu_s"), 0);
  EXPECT_EQ(figure(ran.out, "verdicts", "disagreed"), 0);
}

TEST(Bench, TheTextIsForAPersonInTheirLanguage) {
  const Scratch folder;
  const std::vector<std::string> words{"--rate", "100", "--duration", "500ms", "--warmup", "0s"};
  EXPECT_THAT(run(folder, bench(words), kEnglish).out,
              AllOf(HasSubstr("each is what it must be"), ContainsRegex("until the result +count +p50")));
  EXPECT_THAT(run(folder, bench(words), {.input = {}, .environment = {"OTMETKA_LANG=ru"}}).out,
              HasSubstr("каждый такой, какой должен быть"));
}

TEST(Bench, AServerIsStartedAndEndedWithTheRunAndNothingIsLeft) {
  const Scratch folder;
  fs::create_directory(folder.at("tmp"));
  const Setting setting{.input = {}, .environment = {"OTMETKA_LANG=en", "TMPDIR=" + folder.at("tmp")}};
  const Ran ran =
      run(folder, bench({"--target", "embedded", "--rate", "200", "--duration", "1s", "--warmup", "0s", "--format", "json"}), setting);
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("\"passed\":true"), HasSubstr("\"is_load_tool\":false"), HasSubstr("otmetka_queue_wait_seconds")));
  EXPECT_GT(figure(ran.out, "server", "resident_bytes"), 1 << 20);
  ASSERT_GT(server_of(ran.err), 0) << ran.err;
  EXPECT_TRUE(is_gone(server_of(ran.err)));
  EXPECT_TRUE(fs::is_empty(folder.at("tmp")));
}

TEST(Bench, AServerThatRunsAlreadyIsMeasuredAndLeftAlone) {
  const Scratch folder;
  fs::create_directory(folder.at("specs"));
  Running server(folder, otmetka({"serve", "--queue", "embedded:queue", "--gradebook", "sqlite:book.db", "--specs", "specs"}), kEnglish);
  ASSERT_TRUE(holds_soon([&] { return server.err_so_far().find("event=serving") != std::string::npos; }));
  const std::string mix = folder.write("mix.yaml", "bench: v1\nundecodable: 0\nunknown_spec: 0\n");
  const Ran ran = run(folder,
                      bench({"--target", "embedded", "--queue", "embedded:queue", "--server-pid", std::to_string(server.pid()), "--specs",
                             "specs", "--mix", mix, "--rate", "100", "--duration", "1s", "--warmup", "0s", "--format", "json"}),
                      kEnglish);
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(figure(ran.out, "server", "pid"), server.pid());
  EXPECT_THAT(ran.out, HasSubstr("\"passed\":true"));

  // Another load whose specs the server does not get: it grades by those it has.
  const Ran wrong = run(folder,
                        bench({"--target", "embedded", "--queue", "embedded:queue", "--server-pid", std::to_string(server.pid()), "--specs",
                               "elsewhere", "--mix", mix, "--seed", "2", "--rate", "100", "--duration", "1s", "--warmup", "0s"}),
                        kEnglish);
  EXPECT_EQ(wrong.exit_code, 1) << wrong.err;
  EXPECT_THAT(wrong.out, AllOf(ContainsRegex("Results are wrong: [0-9]+ of"), ContainsRegex("submission +part +answer +must be +is")));
  server.signal(SIGTERM);
  EXPECT_EQ(server.wait().exit_code, 0) << "no dead letters either";
}

TEST(Bench, TwoSecondsInWhichTheServerStandsStillAreInP99AndMaximum) {
  const Scratch folder;
  OnEmbedded load(folder, "5s");
  const pid_t server = load.server();
  ASSERT_GT(server, 0);
  ASSERT_EQ(kill(server, SIGSTOP), 0);
  const auto until = steady_clock::now() + std::chrono::seconds(2);
  EXPECT_TRUE(holds_soon([&] { return steady_clock::now() >= until; }));
  kill(server, SIGCONT);
  const Ran ran = load.run().wait();
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_GE(figure(ran.out, "all", "max"), 1'900);
  EXPECT_GE(figure(ran.out, "all", "p99"), 1'800);
  EXPECT_THAT(ran.out, HasSubstr("\"passed\":true"));
}

TEST(Bench, CtrlCGivesAPartialReportAndLeavesNoServer) {
  const Scratch folder;
  OnEmbedded load(folder, "10m");
  const pid_t server = load.server();
  load.run().signal(SIGINT);
  const Ran ran = load.run().wait();
  EXPECT_EQ(ran.exit_code, 130) << ran.err;
  EXPECT_THAT(ran.out,
              AllOf(HasSubstr("\"partial\":true"), HasSubstr("\"partial_reason\":\"bench.interrupted\""), HasSubstr("\"passed\":true")));
  EXPECT_GT(figure(ran.out, "verdicts", "checked"), 0);
  EXPECT_LT(figure(ran.out, "load", "measured_s"), 120);
  EXPECT_TRUE(is_gone(server));
}

TEST(Bench, ATerminalThatIsClosedLeavesNeitherServerNorFolder) {
  const Scratch folder;
  fs::create_directory(folder.at("tmp"));
  const Setting setting{.input = {}, .environment = {"OTMETKA_LANG=en", "TMPDIR=" + folder.at("tmp")}};
  Running load(folder, bench({"--target", "embedded", "--rate", "50", "--duration", "10m"}), setting);
  ASSERT_TRUE(holds_soon([&] { return server_of(load.err_so_far()) > 0; }));
  load.signal(SIGHUP);
  EXPECT_EQ(load.wait().exit_code, 129);
  EXPECT_TRUE(is_gone(server_of(load.err_so_far())));
  EXPECT_TRUE(fs::is_empty(folder.at("tmp")));
}

TEST(Bench, AServerThatDiesGivesAPartialReportThatSaysSo) {
  const Scratch folder;
  OnEmbedded load(folder, "10m");
  const pid_t server = load.server();
  kill(server, SIGKILL);
  const Ran ran = load.run().wait();
  EXPECT_EQ(ran.exit_code, 5) << ran.err;
  EXPECT_THAT(ran.err, AllOf(HasSubstr("OT484"), HasSubstr("signal 9"), HasSubstr("event=serving")));
  EXPECT_THAT(ran.out, AllOf(HasSubstr("\"partial\":true"), HasSubstr("\"partial_reason\":\"OT484\"")));
  EXPECT_GT(figure(ran.out, "verdicts", "checked"), 0);
}

TEST(Bench, ABadRequestIsToldBeforeAnythingIsBegun) {
  const Scratch folder;
  const std::string mix = folder.write("mix.yaml", "bench: v1\nassigments: 5\n");
  const auto refused = [&](std::vector<std::string> words) {
    const Ran ran = run(folder, bench(std::move(words)), kEnglish);
    EXPECT_EQ(ran.exit_code, 2) << ran.err;
    EXPECT_EQ(ran.out, "");
    return ran.err;
  };
  EXPECT_THAT(refused({"--mix", mix}), AllOf(HasSubstr("OT480"), HasSubstr("mix.yaml:2:1"), HasSubstr("“assignments”")));
  EXPECT_THAT(refused({"--mix", "nowhere.yaml"}), HasSubstr("nowhere.yaml"));
  EXPECT_THAT(refused({"--rate", "fast"}), HasSubstr("OT462"));
  EXPECT_THAT(refused({"--duration", "10"}), HasSubstr("OT462"));
  EXPECT_THAT(refused({"--target", "embedded", "--queue", "kafka:x:1"}), HasSubstr("OT462"));
  EXPECT_THAT(refused({"--server-pid", "1"}), HasSubstr("OT462")) << "in this process there is no other";
  EXPECT_THAT(refused({"--target", "nothing"}), HasSubstr("OT507"));
  const std::string line = R"({"assignment_id": "a", "learner_id": "p-1", "responses": {}})";
  ASSERT_EQ(run(folder, otmetka({"submit", "--queue", "embedded:real", folder.write("one.jsonl", line)}), kEnglish).exit_code, 0);
  EXPECT_THAT(refused({"--target", "embedded", "--queue", "embedded:real"}), AllOf(HasSubstr("OT488"), HasSubstr("others use")));
  EXPECT_THAT(refused({"--compare", mix}), HasSubstr("OT486"));
}

TEST(Bench, ARateThatIsNotHeldIsSaid) {
  const Scratch folder;
  const Ran ran = run(folder, bench({"--rate", "1000000", "--duration", "200ms", "--warmup", "0s", "--format", "json"}), kEnglish);
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("OT485"));
  EXPECT_THAT(ran.out, HasSubstr("\"held\":false"));
  EXPECT_LT(figure(ran.out, "throughput", "achieved"), 0.98 * figure(ran.out, "throughput", "offered"));
}

TEST(Bench, ARampNamesTheHighestRateThatIsHeld) {
  const Scratch folder;
  const Ran ran = run(
      folder, bench({"--ramp", "--rate", "2000", "--p99", "5s", "--duration", "200ms", "--warmup", "0s", "--format", "json"}), kEnglish);
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_GT(figure(ran.out, "ramp", "highest_rate"), 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("\"steps\":[{\"offered\":2000"), HasSubstr("\"held\":false}"), HasSubstr("\"passed\":true")));
  EXPECT_THAT(ran.err, HasSubstr("step: 2,000 a second"));
}

// Each such field with this value.
std::string with(const std::string& json, const std::string& field, const std::string& value) {
  return std::regex_replace(json, std::regex("\"" + field + "\":[0-9.]+"), "\"" + field + "\":" + value);
}

TEST(Bench, WhatGotSlowerIsNamedAndEndsWithOne) {
  const Scratch folder;
  const std::vector<std::string> load{"--rate", "200", "--duration", "2s", "--warmup", "0s"};
  const auto ran_with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), load.begin(), load.end());
    return run(folder, bench(std::move(more)), kEnglish);
  };
  ASSERT_EQ(ran_with({"--format", "json", "--output", "base.json"}).exit_code, 0);
  // So slow in throughput and CPU that no machine is slower.
  const std::string base = with(with(folder.read("base.json"), "cpu_ms", "100000"), "results", "1");
  folder.write("fast.json", with(with(base, "p50_ms", "0.001"), "p99_ms", "0.001"));
  const Ran slower = ran_with({"--compare", "fast.json"});
  EXPECT_EQ(slower.exit_code, 1) << slower.err;
  EXPECT_THAT(slower.out, AllOf(HasSubstr("Slower than fast.json: p50, p99."), ContainsRegex("p50 .*slower")));
  folder.write("slow.json", with(with(base, "p50_ms", "60000"), "p99_ms", "60000"));
  const Ran faster = ran_with({"--compare", "slow.json"});
  EXPECT_EQ(faster.exit_code, 0) << faster.err << faster.out;
  EXPECT_THAT(faster.out, HasSubstr("nothing got slower"));
  const Ran another = run(folder, bench({"--rate", "90", "--duration", "2s", "--warmup", "0s", "--compare", "base.json"}), kEnglish);
  EXPECT_EQ(another.exit_code, 2);
  EXPECT_THAT(another.err, AllOf(HasSubstr("OT487"), HasSubstr("rate: 200 ≠ 90")));
}

TEST(Bench, ThePageLoadsNothing) {
  const Scratch folder;
  const Ran ran = run(
      folder, bench({"--rate", "200", "--duration", "500ms", "--warmup", "0s", "--format", "html", "--output", "report.html"}), kEnglish);
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  const std::string page = folder.read("report.html");
  EXPECT_THAT(page, AllOf(HasSubstr("<svg"), HasSubstr("Latency over time"), HasSubstr("</html>")));
  EXPECT_FALSE(std::regex_search(page, std::regex("https?:|//|src=|href=|url\\(|@import|<script")));
}

TEST(Bench, ABrokerThatDoesNotAnswerIsSaid) {
  const Scratch folder;
  const Ran ran = run(folder, bench({"--target", "kafka", "--brokers", "127.0.0.1:1", "--duration", "1s"}), kEnglish);
  EXPECT_EQ(ran.exit_code, 5) << ran.err;
  EXPECT_THAT(ran.err, AllOf(HasSubstr("OT440"), Not(HasSubstr("server: process"))));
}

}  // namespace
}  // namespace otmetka::e2e
