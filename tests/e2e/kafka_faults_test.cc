// Brokers that are away, two who feed one gradebook, results that are gone before they were read.
#include <signal.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"
#include "tests/e2e/specs.h"
#include "tests/support/kafka_broker.h"

namespace otmetka::e2e {
namespace {

using std::chrono::seconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

class KafkaFaults : public testing::Test {
 protected:
  KafkaFaults() : options(new_kafka_queue(3)) {
    folder.write("specs/small.yaml", kSmallSpec);
    set("OTMETKA_QUEUE", "kafka:" + options.brokers);
    set("OTMETKA_PREFIX", options.prefix);
    set("OTMETKA_LANG", "en");
    set("OTMETKA_KAFKA_SESSION_TIMEOUT_MS", "1000");
    set("OTMETKA_KAFKA_HEARTBEAT_INTERVAL_MS", "300");
  }
  void set(const std::string& name, const std::string& value) {
    std::erase_if(environment, [&](const std::string& one) { return one.starts_with(name + "="); });
    environment.push_back(name + "=" + value);
  }
  Setting setting(const std::string& input = {}) const { return {.input = input, .environment = environment}; }
  Ran otmetka_ran(const std::vector<std::string>& words, const std::string& input = {}) const {
    return run(folder, otmetka(words), setting(input));
  }
  void submit(int from, int count) const {
    std::string lines;
    for (int i = from; i < from + count; ++i) {
      const std::string n = std::to_string(i);
      lines += "{\"submission_id\": \"s-" + n + "\", \"assignment_id\": \"small\", \"learner_id\": \"l-" + n +
               "\", \"responses\": {\"n\": \"4\"}}\n";
    }
    const Ran sent = otmetka_ran({"submit", "-"}, lines);
    ASSERT_EQ(sent.exit_code, 0) << sent.err;
  }
  void grade() const {
    const Ran graded = otmetka_ran({"serve", "--gradebook", "none", "--until-empty"});
    ASSERT_EQ(graded.exit_code, 0) << graded.err;
  }
  std::vector<std::string> rows() const {
    auto lines = lines_of(otmetka_ran({"results", "--gradebook", "sqlite:book.db", "--format", "csv"}).out);
    if (!lines.empty()) lines.erase(lines.begin());
    return lines;
  }
  static bool says(const Running& program, const std::string& text) {
    return holds_soon([&] { return program.err_so_far().find(text) != std::string::npos; });
  }

  queue::KafkaOptions options;
  std::vector<std::string> environment;
  Scratch folder;
};

TEST_F(KafkaFaults, BrokersThatAreNotThereAreToldOfAndAServerThatWaitsForThemLeavesWhenItIsTold) {
  set("OTMETKA_QUEUE", "kafka:127.0.0.1:1");
  Running server(folder, otmetka({"serve", "--gradebook", "none"}), setting());
  Running submitting(folder, otmetka({"submit", "-"}),
                     setting("{\"assignment_id\": \"small\", \"learner_id\": \"l\", \"responses\": {}}\n"));
  Running gradebook(folder, otmetka({"gradebook", "serve", "--gradebook", "sqlite:book.db"}), setting());
  EXPECT_TRUE(says(server, "event=brokers_silent brokers=127.0.0.1:1 reason=\"")) << server.err_so_far();
  EXPECT_TRUE(says(gradebook, "event=brokers_silent")) << gradebook.err_so_far();
  EXPECT_TRUE(says(submitting, "the Kafka brokers (127.0.0.1:1) do not answer yet; still waiting.")) << submitting.err_so_far();
  for (Running* leaving : {&server, &gradebook}) {
    leaving->signal(SIGTERM);
    EXPECT_TRUE(leaving->ended_within(seconds(10)));
    const Ran left = leaving->wait();
    EXPECT_EQ(left.exit_code, 5);
    EXPECT_THAT(left.err, AllOf(HasSubstr("OT440"), HasSubstr("Connection refused")));
  }
}

// What it has graded and cannot commit any more is graded again; it does not wait for as long as brokers may be waited for.
TEST_F(KafkaFaults, AWorkerThatIsToldToLeaveWhileNoBrokerIsThereLeavesSoonAndLosesNothing) {
  constexpr int kWorks = 20'000;  // what nobody grades before the broker is gone
  submit(0, kWorks);
  Running worker(folder, otmetka({"serve", "--gradebook", "none", "--listen", "127.0.0.1:0"}), setting());
  ASSERT_TRUE(says(worker, "event=partitions")) << worker.err_so_far();
  kill_kafka_node(1);
  worker.signal(SIGTERM);
  EXPECT_TRUE(worker.ended_within(seconds(20)));
  const Ran left = worker.wait();
  start_kafka_node(1);
  EXPECT_EQ(left.exit_code, 5) << left.err;
  EXPECT_THAT(left.err, AllOf(HasSubstr("code=OT478"), HasSubstr("event=stopped taken="), HasSubstr("error[OT44")));
  EXPECT_EQ(otmetka_ran({"serve", "--gradebook", "sqlite:book.db", "--until-empty"}).exit_code, 0);
  EXPECT_THAT(rows(), SizeIs(kWorks));
}

// A worker that was killed is a member of its group until its session ends: who is to begin elsewhere waits for that.
TEST_F(KafkaFaults, AWorkerThatWaitsToBeginElsewhereLeavesWhenItIsTold) {
  set("OTMETKA_KAFKA_SESSION_TIMEOUT_MS", "45000");
  Running killed(folder, otmetka({"serve", "--gradebook", "none"}), setting());
  ASSERT_TRUE(says(killed, "event=partitions")) << killed.err_so_far();
  killed.signal(SIGKILL);
  killed.wait();
  Running waiting(folder, otmetka({"serve", "--gradebook", "none", "--from", "0", "--listen", "127.0.0.1:0"}), setting());
  ASSERT_TRUE(says(waiting, "event=listening")) << waiting.err_so_far();
  waiting.signal(SIGTERM);
  EXPECT_TRUE(waiting.ended_within(seconds(10)));
  EXPECT_THAT(waiting.wait().err, AllOf(HasSubstr("error[OT463]"), Not(HasSubstr("event=rewound"))));
}

// Both read the same results; whose position has been moved by the other is told so, and nothing is written twice.
TEST_F(KafkaFaults, OfTwoWhoFeedOneGradebookOneEnds) {
  const std::vector<std::string> keep{"gradebook", "serve", "--gradebook", "sqlite:book.db"};
  Running one(folder, otmetka(keep), setting());
  ASSERT_TRUE(says(one, "event=serving"));
  Running two(folder, otmetka(keep), setting());
  ASSERT_TRUE(says(two, "event=serving"));
  submit(0, 60);
  grade();
  const auto ended = [](Running& program) { return program.ended_within(std::chrono::milliseconds(0)); };
  ASSERT_TRUE(holds_soon([&] { return ended(one) || ended(two); }));
  Running& loser = ended(one) ? one : two;
  Running& winner = ended(one) ? two : one;
  const Ran lost = loser.wait();
  EXPECT_EQ(lost.exit_code, 2) << lost.err;
  EXPECT_THAT(lost.err, HasSubstr("error[OT420]"));
  if (!ended(winner)) {  // each may have been first with one partition
    winner.signal(SIGTERM);
    EXPECT_EQ(winner.wait().exit_code, 0);
  } else {
    EXPECT_THAT(winner.wait().err, HasSubstr("error[OT420]"));
  }
  const Ran rest = otmetka_ran({"gradebook", "serve", "--gradebook", "sqlite:book.db", "--until-empty"});
  EXPECT_EQ(rest.exit_code, 0) << rest.err;
  EXPECT_THAT(rest.err, HasSubstr("conflicts=0"));
  EXPECT_THAT(rows(), SizeIs(60));
}

TEST_F(KafkaFaults, ResultsThatAreGoneBeforeTheGradebookReadThemAreTold) {
  const std::vector<std::string> keep{"gradebook", "serve", "--gradebook", "sqlite:book.db", "--until-empty"};
  submit(0, 20);
  grade();
  EXPECT_THAT(otmetka_ran(keep).err, AllOf(HasSubstr("applied=20"), Not(HasSubstr("OT468"))));
  submit(20, 20);
  grade();
  for (int partition = 0; partition < 3; ++partition) kafka_forgets(options, "results", partition);
  submit(40, 20);
  grade();
  const Ran told = otmetka_ran(keep);
  EXPECT_EQ(told.exit_code, 0);
  EXPECT_THAT(told.err, AllOf(HasSubstr("code=OT468"), HasSubstr("applied=20 conflicts=0")));
  EXPECT_THAT(rows(), SizeIs(40)) << "those of the middle are missing";
  ASSERT_EQ(otmetka_ran({"serve", "--gradebook", "none", "--until-empty", "--from", "0"}).exit_code, 0);
  EXPECT_EQ(otmetka_ran(keep).exit_code, 0);
  EXPECT_THAT(rows(), SizeIs(60)) << "graded again, as it advises";
}

}  // namespace
}  // namespace otmetka::e2e
