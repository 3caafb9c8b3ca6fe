// The gradebook's process beside workers that are at work, and what befalls it and its PostgreSQL: in the end it holds what the
// model knows.
#include <signal.h>

#include <cstdlib>

#include "gradebook/postgres/postgres_store.h"
#include "queue/kafka/specs.h"
#include "tests/chaos/chaos.h"
#include "tests/chaos/engine_worker.h"
#include "tests/e2e/program.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/postgres_server.h"

namespace otmetka::chaos {
namespace {

using e2e::Running;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;

PostgresServer& server() {
  static PostgresServer server;
  return server;
}

class GradebookChaosTest : public Chaos {
 protected:
  void SetUp() override {
    if (!server().trouble().empty()) {
      if (std::getenv("OTMETKA_ALL_INSTALLED") != nullptr) FAIL() << server().trouble();
      GTEST_SKIP() << "NOT TESTED: " << server().trouble();
    }
    const e2e::Ran made = e2e::run(folder_, {"/usr/bin/createdb", "-h", server().folder(), "-U", "otmetka", database_});
    ASSERT_EQ(made.exit_code, 0) << made.err;
    queue::SpecTopic topic(options_);
    for (const queue::PublishedSpec& spec : published_specs()) ASSERT_TRUE(topic.publish(spec).ok());
    start();
    ASSERT_TRUE(said("event=serving"));
    flow_for(seconds(6));
    book_ = open_book();
    ASSERT_TRUE(e2e::holds_soon([&] { return something_in_book(); })) << serving_->err_so_far();
  }

  void start() {
    serving_ = std::make_unique<Running>(
        folder_, e2e::otmetka({"gradebook", "serve", "--queue", "kafka:" + options_.brokers, "--gradebook", "postgres:" + dsn()}),
        e2e::Setting{.environment = {"OTMETKA_LANG=en", "OTMETKA_PREFIX=" + options_.prefix}});
  }
  std::string dsn() const { return server().dsn("otmetka", database_); }
  std::unique_ptr<gradebook::PostgresStore> open_book() const {
    auto opened = gradebook::PostgresStore::open({.dsn = dsn(), .must_exist = true});
    EXPECT_TRUE(opened.ok()) << words_of(opened.failure());
    return opened.ok() ? std::move(*opened) : nullptr;
  }
  bool something_in_book() const {
    bool some = false;
    const Status read = book_->visit({}, [&some](const gradebook::Standing&) {
      some = true;
      return false;
    });
    return read.ok() && some;
  }
  bool said(const std::string& text) const {
    return e2e::holds_soon([&] { return serving_->err_so_far().find(text) != std::string::npos; });
  }
  // With the gradebook that has been fed all the time, not with one that is filled afterwards.
  void settle_book() {
    settle_results();
    e2e::holds_soon([&] { return model_.wrong_in(*book_).empty(); });
    EXPECT_THAT(model_.wrong_in(*book_), IsEmpty()) << "seed " << GetParam();
    serving_->signal(SIGTERM);
    const e2e::Ran stopped = serving_->wait();
    EXPECT_EQ(stopped.exit_code, 0) << stopped.err;
    EXPECT_THAT(stopped.err, HasSubstr("conflicts=0"));
  }

  e2e::Scratch folder_;
  const std::string database_ = options_.prefix;
  std::unique_ptr<Running> serving_;
  std::unique_ptr<gradebook::PostgresStore> book_;
};

TEST_P(GradebookChaosTest, PostgresIsStoppedForHalfAMinuteAndCrashesOnce) {
  server().stop();
  flow_for(seconds(30));
  EXPECT_TRUE(said("event=gradebook_failing code=OT470"));
  server().start();
  ASSERT_EQ(server().trouble(), "");
  EXPECT_TRUE(said("event=gradebook_well"));
  flow_for(milliseconds(some(500, 3'000)));
  server().crash();
  flow_for(milliseconds(some(0, 3'000)));
  server().start();
  ASSERT_EQ(server().trouble(), "");
  flow_for(seconds(3));
  settle_book();
}

TEST_P(GradebookChaosTest, ItsProcessIsKilledAgainAndAgain) {
  constexpr int kKills = 6;
  for (int i = 0; i < kKills; ++i) {
    flow_for(milliseconds(some(200, 2'500)));
    ASSERT_FALSE(serving_->ended_within(milliseconds(0))) << serving_->err_so_far();
    serving_->signal(SIGKILL);
    ASSERT_EQ(serving_->wait().exit_code, 128 + SIGKILL);
    start();
  }
  settle_book();
}

INSTANTIATE_TEST_SUITE_P(Seed, GradebookChaosTest, testing::ValuesIn(chosen_seeds()), testing::PrintToStringParamName());

}  // namespace
}  // namespace otmetka::chaos
