// The commands on Kafka, on a real broker: submit → serve → gradebook, specs by a topic, dead letters, replays, and other programs
// that speak JSON.
#include <signal.h>

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checkers/catalog.h"
#include "tests/e2e/program.h"
#include "tests/e2e/specs.h"
#include "tests/support/kafka_broker.h"

namespace otmetka::e2e {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::UnorderedElementsAre;

// Each test has topics of its own, and a place in the group that is soon missed.
class Kafka : public testing::Test {
 protected:
  Kafka() {
    static int made = 0;
    prefix = "e" + std::to_string(++made);
    environment = {"OTMETKA_QUEUE=kafka:" + kafka_bootstrap(), "OTMETKA_PREFIX=" + prefix, "OTMETKA_LANG=en",
                   "OTMETKA_KAFKA_SESSION_TIMEOUT_MS=1000", "OTMETKA_KAFKA_HEARTBEAT_INTERVAL_MS=300", "OTMETKA_SPEC_PATIENCE_MS=0"};
  }
  void make_topics() const { ASSERT_EQ(otmetka_ran({"topics", "create", "--partitions", "3", "--replication", "1"}).exit_code, 0); }

  // In place of what the variable was.
  void set(const std::string& name, const std::string& value) {
    std::erase_if(environment, [&](const std::string& one) { return one.starts_with(name + "="); });
    environment.push_back(name + "=" + value);
  }
  Setting setting(const std::string& input = {}) const { return {.input = input, .environment = environment}; }
  Ran otmetka_ran(const std::vector<std::string>& words, const std::string& input = {}) const {
    return run(folder, otmetka(words), setting(input));
  }
  Ran submit(const std::string& lines, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), "submit");
    more.push_back("-");
    return otmetka_ran(more, lines);
  }
  std::vector<std::string> serve(const std::string& gradebook, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"serve", "--gradebook", gradebook});
    return otmetka(more);
  }
  Ran serve_until_empty(const std::string& gradebook, std::vector<std::string> more = {}) const {
    more.push_back("--until-empty");
    return run(folder, serve(gradebook, std::move(more)), setting());
  }
  std::vector<std::string> marks(const std::string& gradebook) const {
    auto lines = lines_of(otmetka_ran({"results", "--gradebook", gradebook, "--format", "csv"}).out);
    if (!lines.empty()) lines.erase(lines.begin());
    return lines;
  }
  // What the log of a server that runs says sooner or later.
  static bool says(const Running& server, const std::string& text) {
    return holds_soon([&] { return server.err_so_far().find(text) != std::string::npos; });
  }
  std::string reads(const std::string& topic, const std::string& format) const {
    queue::KafkaOptions options;
    options.prefix = prefix;
    return kcat_reads(options, topic, format);
  }
  static std::string named(const std::string& id) {
    std::string spec = kSmallSpec;
    return spec.replace(spec.find("id: small"), 9, "id: " + id);
  }

  std::string prefix;
  std::vector<std::string> environment;
  Scratch folder;
};

std::string line(const std::string& learner, const std::string& number, const std::string& assignment = "small") {
  return "{\"assignment_id\": \"" + assignment + "\", \"learner_id\": \"" + learner + "\", \"submission_id\": \"s-" + learner +
         "\", \"responses\": {\"n\": \"" + number + "\"}}\n";
}

TEST_F(Kafka, TopicsAreMadeOnceAndChecked) {
  const Ran missing = otmetka_ran({"topics", "check", "--format", "jsonl"});
  EXPECT_EQ(missing.exit_code, 1);
  EXPECT_THAT(lines_of(missing.out), SizeIs(7)) << missing.err;
  EXPECT_THAT(missing.out, HasSubstr("{\"code\":\"OT441\""));
  EXPECT_THAT(otmetka_ran({"doctor"}).out, testing::ContainsRegex("topics +failed.*OT441"));
  const Ran refused = otmetka_ran({"serve", "--until-empty"});
  EXPECT_EQ(refused.exit_code, 2) << refused.err;
  EXPECT_THAT(refused.err, HasSubstr("OT441"));

  const Ran made = otmetka_ran({"topics", "create", "--partitions", "3", "--replication", "1", "--retention-days", "2"});
  EXPECT_EQ(made.exit_code, 0) << made.err;
  EXPECT_THAT(lines_of(made.out), SizeIs(7));
  EXPECT_THAT(otmetka_ran({"topics", "create"}).out, IsEmpty()) << "what is there stays as it is";
  EXPECT_EQ(otmetka_ran({"topics", "check"}).exit_code, 0);
  EXPECT_THAT(otmetka_ran({"doctor"}).out, AllOf(testing::ContainsRegex("Kafka broker +ok"), testing::ContainsRegex("topics +ok")));
  EXPECT_EQ(otmetka_ran({"topics", "create", "--partitions", "none"}).exit_code, 2);
  const Ran embedded = otmetka_ran({"topics", "check", "--queue", "embedded:queue"});
  EXPECT_THAT(embedded.err, HasSubstr("OT461"));
}

TEST_F(Kafka, SubmittedWorkReachesTheGradebookAndIsNotGradedTwice) {
  make_topics();
  folder.write("specs/small.yaml", kSmallSpec);
  const Ran sent = submit(many_submissions(300));
  ASSERT_EQ(sent.exit_code, 0) << sent.err;
  const Ran served = serve_until_empty("sqlite:book.db");
  EXPECT_EQ(served.exit_code, 0) << served.err;
  EXPECT_THAT(served.err, HasSubstr("taken=300 graded=300 retried=0 dead_letters=0 applied=300 conflicts=0"));
  EXPECT_THAT(marks("sqlite:book.db"), SizeIs(300));
  EXPECT_THAT(serve_until_empty("sqlite:book.db").err, HasSubstr("taken=0 graded=0 retried=0 dead_letters=0 applied=0"));
}

TEST_F(Kafka, TheResultOfTheSameWorkIsTheSameOnBothQueues) {
  make_topics();
  folder.write("specs/small.yaml", kSmallSpec);
  std::string timed = line("l-1", "4");
  timed.insert(1, "\"submitted_at\": \"2026-09-01T08:00:00Z\", ");
  ASSERT_EQ(submit(timed).exit_code, 0);
  ASSERT_EQ(serve_until_empty("sqlite:kafka.db").exit_code, 0);
  ASSERT_EQ(submit(timed, {"--queue", "embedded:queue"}).exit_code, 0);
  ASSERT_EQ(serve_until_empty("sqlite:embedded.db", {"--queue", "embedded:queue"}).exit_code, 0);
  EXPECT_THAT(marks("sqlite:kafka.db"), ElementsAre("small,l-1,1,1,1,5,1,FINAL,"));
  EXPECT_EQ(marks("sqlite:kafka.db"), marks("sqlite:embedded.db"));
}

TEST_F(Kafka, ASpecThatIsPublishedIsGradedByWithoutARestartAndKeptWithTheMarks) {
  make_topics();
  set("OTMETKA_SPEC_PATIENCE_MS", "60000");
  Running server(folder, serve("sqlite:book.db"), setting());
  ASSERT_TRUE(says(server, "event=serving"));
  Running waiting(folder, otmetka({"submit", "--wait", "-"}), setting(line("l-1", "4")));
  ASSERT_TRUE(says(server, "event=waiting code=OT380"));
  const std::string spec = folder.write("small.yaml", kSmallSpec);
  const Ran published = otmetka_ran({"publish-spec", spec});
  EXPECT_EQ(published.exit_code, 0) << published.err;
  EXPECT_THAT(published.out, testing::ContainsRegex("^small [0-9a-f]{64}"));
  EXPECT_EQ(waiting.wait().exit_code, 0) << "the result is in the topic";
  server.signal(SIGTERM);
  EXPECT_EQ(server.wait().exit_code, 0);
  ASSERT_EQ(otmetka_ran({"gradebook", "serve", "--gradebook", "sqlite:book.db", "--until-empty"}).exit_code, 0);
  EXPECT_THAT(marks("sqlite:book.db"), ElementsAre("small,l-1,1,1,1,5,1,FINAL,"));
  EXPECT_EQ(run(folder, {"sqlite3", folder.at("book.db"), "SELECT count(*) FROM specs"}).out, "1\n");
}

TEST_F(Kafka, ASpecWithErrorsKeepsAllOfThemBack) {
  make_topics();
  folder.write("specs/good.yaml", kSmallSpec);
  folder.write("specs/bad.yaml", "grade: v2\n");
  EXPECT_EQ(otmetka_ran({"publish-spec", "specs"}).exit_code, 2);
  EXPECT_EQ(reads("specs", "%k\n"), "");
}

TEST_F(Kafka, TheGradebookMayBeKeptElsewhereAndGetsTheSpecsOfTheFolders) {
  make_topics();
  folder.write("specs/small.yaml", kSmallSpec);
  ASSERT_EQ(submit(many_submissions(30)).exit_code, 0);
  const Ran served = serve_until_empty("none");
  EXPECT_EQ(served.exit_code, 0) << served.err;
  EXPECT_THAT(served.err, AllOf(HasSubstr("graded=30"), Not(HasSubstr("applied="))));
  const std::vector<std::string> keep{"gradebook", "serve", "--gradebook", "sqlite:book.db", "--until-empty"};
  EXPECT_THAT(otmetka_ran(keep).err, AllOf(HasSubstr("applied=30 conflicts=0"), Not(HasSubstr("spec_unknown"))));
  EXPECT_THAT(otmetka_ran(keep).err, HasSubstr("applied=0")) << "it goes on from its own position";
  EXPECT_THAT(marks("sqlite:book.db"), SizeIs(30));
  EXPECT_EQ(run(folder, {"sqlite3", folder.at("book.db"), "SELECT count(*) FROM specs"}).out, "1\n");
  EXPECT_THAT(otmetka_ran({"results", "--gradebook", "none"}).err, HasSubstr("OT469"));
}

TEST_F(Kafka, TwoGradebooksAreFedApart) {
  make_topics();
  folder.write("specs/small.yaml", kSmallSpec);
  ASSERT_EQ(submit(many_submissions(10)).exit_code, 0);
  ASSERT_EQ(serve_until_empty("sqlite:one.db").exit_code, 0);
  EXPECT_THAT(otmetka_ran({"gradebook", "serve", "--gradebook", "sqlite:two.db", "--until-empty"}).err, HasSubstr("applied=10"));
  EXPECT_EQ(marks("sqlite:one.db"), marks("sqlite:two.db"));
}

TEST_F(Kafka, ATopicThatWasMadeAnewIsReadFromItsBeginning) {
  make_topics();
  folder.write("specs/small.yaml", kSmallSpec);
  ASSERT_EQ(submit(many_submissions(10)).exit_code, 0);
  ASSERT_EQ(serve_until_empty("sqlite:book.db").exit_code, 0);
  ASSERT_EQ(run(folder, {"sqlite3", folder.at("book.db"), "UPDATE positions SET next = next + 1000000"}).exit_code, 0);
  const Ran again = otmetka_ran({"gradebook", "serve", "--gradebook", "sqlite:book.db", "--until-empty"});
  EXPECT_THAT(again.err, AllOf(HasSubstr("OT467"), HasSubstr("applied=10 conflicts=0")));
  EXPECT_THAT(marks("sqlite:book.db"), SizeIs(10));
}

TEST_F(Kafka, DeadLettersAreListedChosenReplayedAndDropped) {
  make_topics();
  folder.write("specs/small.yaml", kSmallSpec);
  ASSERT_EQ(submit(line("l-1", "4", "lost") + line("l-2", "4", "lost") + line("l-3", "4", "gone") + line("l-4", "4")).exit_code, 0);
  EXPECT_EQ(serve_until_empty("sqlite:book.db").exit_code, 3);
  const auto listed = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words{"dlq", "list", "--format", "jsonl"};
    words.insert(words.end(), more.begin(), more.end());
    return lines_of(otmetka_ran(words).out);
  };
  EXPECT_THAT(listed({}), SizeIs(3));
  EXPECT_THAT(listed({"--filter", "code=OT380", "--filter", "assignment=lost"}), SizeIs(2));
  EXPECT_THAT(listed({"--filter", "gone"}), ElementsAre(HasSubstr("\"learner_id\":\"l-3\"")));
  EXPECT_THAT(listed({"--filter", "since=2026-01-01T00:00:00Z"}), SizeIs(3));
  EXPECT_THAT(listed({"--filter", "since=2126-01-01T00:00:00Z"}), IsEmpty());
  EXPECT_THAT(otmetka_ran({"dlq", "list", "--filter", "since=yesterday"}).err, HasSubstr("OT462"));
  EXPECT_THAT(otmetka_ran({"dlq", "replay", "--all", "--rate", "fast"}).err, HasSubstr("OT462"));
  EXPECT_THAT(otmetka_ran({"dlq", "show", "--filter", "gone"}).out, HasSubstr("l-3"));

  folder.write("specs/lost.yaml", named("lost"));
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_THAT(otmetka_ran({"dlq", "replay", "--filter", "assignment=lost", "--rate", "4/s"}).err, HasSubstr("published again: 2"));
  EXPECT_GE(std::chrono::steady_clock::now() - begun, std::chrono::milliseconds(250)) << "the second one is due then";
  EXPECT_EQ(otmetka_ran({"dlq", "drop", "--filter", "gone"}).exit_code, 0);
  EXPECT_THAT(listed({}), IsEmpty());
  EXPECT_EQ(serve_until_empty("sqlite:book.db").exit_code, 0);
  EXPECT_THAT(marks("sqlite:book.db"), UnorderedElementsAre(HasSubstr("gone,l-3,1,1,,,,FAILED"), "lost,l-1,1,1,1,5,1,FINAL,",
                                                            "lost,l-2,1,1,1,5,1,FINAL,", "small,l-4,1,1,1,5,1,FINAL,"));
}

TEST_F(Kafka, WorkIsGradedAgainFromAPlaceWhenNobodyIsAtWork) {
  make_topics();
  folder.write("specs/small.yaml", kSmallSpec);
  ASSERT_EQ(submit(many_submissions(20)).exit_code, 0);
  {
    Running server(folder, serve("sqlite:book.db"), setting());
    ASSERT_TRUE(holds_soon([&] { return marks("sqlite:book.db").size() == 20; }));
    set("OTMETKA_INSTANCE", "another");
    const Ran refused = serve_until_empty("none", {"--from", "0"});
    set("OTMETKA_INSTANCE", "");
    EXPECT_THAT(refused.err, HasSubstr("OT463"));
    EXPECT_EQ(refused.exit_code, 2);
    server.signal(SIGTERM);
    EXPECT_EQ(server.wait().exit_code, 0);
  }
  const auto before = marks("sqlite:book.db");
  const Ran again = serve_until_empty("sqlite:book.db", {"--from", "0"});
  EXPECT_THAT(again.err, AllOf(HasSubstr("event=rewound from=0 partitions=12"), HasSubstr("taken=20"), HasSubstr("conflicts=0")));
  EXPECT_EQ(marks("sqlite:book.db"), before) << "a result that comes again changes nothing";
  EXPECT_THAT(serve_until_empty("sqlite:book.db", {"--from", "2126-01-01T00:00:00Z"}).err, HasSubstr("taken=0"));
  EXPECT_THAT(serve_until_empty("sqlite:book.db", {"--from", "2026-01-01T00:00:00Z"}).err, HasSubstr("taken=20"));
  EXPECT_THAT(otmetka_ran({"serve", "--from", "last week"}).err, HasSubstr("OT462"));
  EXPECT_THAT(otmetka_ran({"serve", "--queue", "embedded:queue", "--from", "0"}).err, HasSubstr("OT464"));
}

TEST_F(Kafka, ALoadIsMeasuredOnTopicsOfItsOwnWhichGo) {
  const Ran ran = otmetka_ran({"bench", "--target", "kafka", "--rate", "200", "--duration", "1s", "--warmup", "0s", "--format", "json"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("\"target\":\"kafka\""), HasSubstr("\"passed\":true"), HasSubstr("otmetka_commit_wait_seconds")));
  EXPECT_TRUE(holds_soon([&] {
    return run(folder, {"kcat", "-L", "-b", kafka_bootstrap()}).out.find(prefix + "-b") == std::string::npos;
  }));
}

TEST_F(Kafka, ALoadOnAServerThatRunsAlreadyPublishesItsSpecs) {
  make_topics();
  set("OTMETKA_SPEC_PATIENCE_MS", "60000");
  Running server(folder, serve("none"), setting());
  ASSERT_TRUE(says(server, "event=serving"));
  folder.write("mix.yaml", "bench: v1\nundecodable: 0\nunknown_spec: 0\n");
  const Ran ran = otmetka_ran({"bench", "--target", "kafka", "--server-pid", std::to_string(server.pid()), "--mix", "mix.yaml", "--rate",
                               "200", "--duration", "1s", "--warmup", "0s", "--format", "json"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("\"passed\":true"));
  server.signal(SIGTERM);
  EXPECT_EQ(server.wait().exit_code, 0);
}

TEST_F(Kafka, AnotherProgramPublishesJsonAndReadsJson) {
  make_topics();
  folder.write("specs/small.yaml", kSmallSpec);
  set("OTMETKA_RESULTS_ENCODING", "json");
  kcat_publishes(prefix + ".submissions",
                 R"({"assignment_id": "small", "learner_id": "k-1", "submission_id": "k-s", "responses": {"n": "4"}})");
  const Ran served = serve_until_empty("sqlite:book.db");
  EXPECT_EQ(served.exit_code, 0) << served.err;
  EXPECT_THAT(reads("results", "%h %k %s\n"),
              AllOf(HasSubstr("content-type=application/json"), HasSubstr("k-1/small {"), HasSubstr("\"submission_id\":\"k-s\""),
                    HasSubstr("\"raw\":{\"num\":\"1\",\"den\":\"1\"}"), HasSubstr("\"progress\":\"FINAL\"")));
  EXPECT_THAT(marks("sqlite:book.db"), ElementsAre("small,k-1,1,1,1,5,1,FINAL,"));
  const Ran replayed = otmetka_ran({"results", "--gradebook", "sqlite:book.db", "--replay"});
  EXPECT_EQ(replayed.exit_code, 0) << "what came as JSON holds all that grading again needs: " << replayed.err;
}

TEST_F(Kafka, DoctorTellsWhetherABrokerAnswers) {
  EXPECT_THAT(otmetka_ran({"doctor", "--format", "json"}).out, HasSubstr("{\"check\":\"broker\",\"state\":\"ok\""));
  set("OTMETKA_QUEUE", "kafka:127.0.0.1:1");
  EXPECT_THAT(otmetka_ran({"doctor", "--format", "json"}).out, HasSubstr("\"state\":\"failed\",\"detail\":\"127.0.0.1:1: OT440\""));
}

// With `otmetka` for the built program and this test's broker; a server leaves when all is graded.
class KafkaExamples : public Kafka {
 protected:
  static void replace_all(std::string& text, const std::string& what, const std::string& by) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size()) text.replace(at, what.size(), by);
  }
  Ran ran(std::string_view example) const {
    std::string script = "otmetka() { \"$0\" \"$@\"; }\n";
    script += example;
    replace_all(script, "broker.example:9092", kafka_bootstrap());
    replace_all(script, "-t otmetka.", "-t " + prefix + ".");
    replace_all(script, "otmetka serve ", "otmetka serve --until-empty --gradebook none ");
    return run(folder, {"/bin/sh", "-c", script, otmetka({}).front()}, setting());
  }
  static const messages::Entry& entry(const char* code) { return *checkers::message_catalogue().find(code); }
  void expect_true(const char* code) const {
    const Ran wrong = ran(entry(code).wrong);
    EXPECT_THAT(wrong.out + wrong.err, HasSubstr(code)) << entry(code).wrong;
    const Ran right = ran(entry(code).right);
    EXPECT_THAT(right.out + right.err, Not(HasSubstr(code))) << entry(code).right;
    EXPECT_EQ(right.exit_code, 0) << entry(code).right << right.err;
  }
};

TEST_F(KafkaExamples, AreTrue) {
  expect_true("OT441");  // its right one makes the topics
  folder.write("motion.yaml", kSmallSpec);
  folder.write("specs/small.yaml", kSmallSpec);
  folder.write("large.in", std::string(3'000'000, 'x'));
  folder.write("large.yaml",
               "grade: v1\nid: large\nitems:\n- {id: q, code: {languages: python3, tests: [{in: file:large.in, out: \"1\"}]}}\n");
  for (const char* code : {"OT461", "OT465"}) expect_true(code);
  const Ran published = ran(entry("OT466").wrong);
  EXPECT_EQ(published.exit_code, 0) << published.err;
  EXPECT_THAT(ran("otmetka serve ").err, HasSubstr("code=OT466"));
  EXPECT_EQ(ran(entry("OT466").right).exit_code, 0);
}

TEST_F(KafkaExamples, OfOptionsAreTrue) {
  make_topics();
  for (const char* code : {"OT445", "OT446"}) {
    folder.write("otmetka.yaml", entry(code).wrong);
    EXPECT_THAT(otmetka_ran({"topics", "check"}).err, HasSubstr(code)) << entry(code).wrong;
    folder.write("otmetka.yaml", entry(code).right);
    const Ran right = otmetka_ran({"topics", "check"});
    EXPECT_THAT(right.err, AllOf(Not(HasSubstr("OT445")), Not(HasSubstr("OT446")))) << entry(code).right;
  }
}

TEST(KafkaPages, ShowCommandsThatDoWhatTheySay) {
  const Scratch folder;
  for (const char* page : {"README.md", "docs/operations.md", "docs/delivery-guarantees.md"}) {
    const Ran ran = run(folder, {"/usr/bin/python3", project_file("tests/docs/run_docs.py"), "--root", OTMETKA_SOURCE_DIR, "--program",
                                 otmetka({}).front(), "--broker", kafka_bootstrap(), "--least", "1", project_file(page)});
    EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.err;
  }
}

TEST_F(Kafka, SecretsAreNeverShown) {
  folder.write("otmetka.yaml", "kafka:\n  security.protocol: PLAINTEXT\n  sasl.password: geheim\nkafka.ssl.key.password: geheim\n");
  set("OTMETKA_KAFKA_SASL_OAUTHBEARER_CLIENT_SECRET", "geheim");
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"config", "show"}, {"config", "show", "--format", "json"}, {"topics", "check"}, {"doctor"}, {"dlq", "list"}}) {
    const Ran ran = otmetka_ran(words);
    EXPECT_THAT(ran.out + ran.err, Not(HasSubstr("geheim"))) << words[0];
  }
  const std::string shown = otmetka_ran({"config", "show", "--format", "json"}).out;
  EXPECT_THAT(shown, AllOf(HasSubstr("\"kafka.security.protocol\":{\"value\":\"PLAINTEXT\",\"origin\":\"otmetka.yaml:2\"}"),
                           HasSubstr("\"kafka.sasl.password\":{\"value\":\"…\",\"origin\":\"otmetka.yaml:3\"}"),
                           HasSubstr("\"kafka.ssl.key.password\":{\"value\":\"…\""),
                           HasSubstr("\"kafka.sasl.oauthbearer.client.secret\":{\"value\":\"…\"")));
}

}  // namespace
}  // namespace otmetka::e2e
