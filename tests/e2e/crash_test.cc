// kill -9 of `serve` at random moments, under load: every submission has exactly one result, none is lost.
#include <signal.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <random>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"
#include "tests/e2e/specs.h"

namespace otmetka::e2e {
namespace {

using std::chrono::milliseconds;

constexpr int kPerRound = 3'000;  // submissions published while a server runs and is killed

int kills() {
  const char* wanted = std::getenv("OTMETKA_LONG");
  return wanted != nullptr && std::string_view(wanted) == "1" ? 250 : 50;
}

// When to kill, so that it hits work under way on any machine: later after a server that had done nothing yet, earlier after
// one that had done it all; drawn at random around that. Every other kill waits for a part of the work instead.
class Moment {
 public:
  milliseconds next() { return milliseconds(std::uniform_int_distribution<int>(middle_ / 2, middle_ * 3 / 2)(random_)); }
  int part_of(int all) { return std::uniform_int_distribution<int>(1, all / 2)(random_); }
  void was_too_early() { middle_ = std::min(middle_ + middle_ / 4 + 1, 20'000); }
  void was_too_late() { middle_ = std::max(middle_ - middle_ / 5, 4); }

 private:
  int middle_ = 100;
  std::mt19937 random_{20'251'010};
};

std::int64_t count(const std::string& file, const char* query) {
  sqlite3* raw = nullptr;
  std::int64_t out = -1;
  if (sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK) {
    sqlite3_busy_timeout(raw, 30'000);
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(raw, query, -1, &statement, nullptr) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
      out = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
  }
  sqlite3_close(raw);
  return out;
}

class Crash : public testing::Test {
 protected:
  Crash() {
    folder.write("specs/small.yaml", kSmallSpec);
    folder.write("otmetka.yaml", "keep_results: 1000000\ncommit_interval_ms: 5\n");  // all are counted below; many commits
  }

  std::vector<std::string> serve(std::vector<std::string> more) const {
    std::vector<std::string> words = {"serve", "--queue", "embedded:queue", "--gradebook", "sqlite:book.db", "--specs", "specs"};
    words.insert(words.end(), more.begin(), more.end());
    return otmetka(words);
  }
  std::int64_t results_in_queue() const { return count(folder.at("queue/queue.db"), "SELECT count(*) FROM results"); }
  // Results that are committed to the queue and not in the gradebook: what a kill between the two leaves behind.
  std::int64_t not_applied() const {
    const std::int64_t last = count(folder.at("queue/queue.db"), "SELECT ifnull(max(offset), 0) FROM results");
    const std::int64_t next = count(folder.at("book.db"), "SELECT ifnull(max(next), 1) FROM positions");
    return next < 0 ? last : last + 1 - next;  // -1: killed before it had made the gradebook
  }

  Scratch folder;
};

// The lines of many_submissions(rounds × kPerRound), a round at a time.
std::vector<std::string> rounds_of(int rounds) {
  const std::vector<std::string> lines = lines_of(many_submissions(rounds * kPerRound));
  std::vector<std::string> out(static_cast<std::size_t>(rounds));
  for (std::size_t i = 0; i < lines.size(); ++i) out[i / kPerRound] += lines[i] + "\n";
  return out;
}

TEST_F(Crash, KilledAtRandomMomentsEverySubmissionHasExactlyOneResult) {
  const int rounds = kills();
  Moment moment;
  int round = 0;
  int in_the_middle = 0;
  int between_the_files = 0;
  std::int64_t published = 0;
  for (const std::string& lines : rounds_of(rounds)) {
    const std::int64_t before = published == 0 ? 0 : results_in_queue();
    Running submit(folder, otmetka({"submit", "--queue", "embedded:queue", "-"}), {.input = lines});
    Running server(folder, serve({}), {});
    if (++round % 2 == 0) {
      const std::int64_t some = before + moment.part_of(kPerRound);
      ASSERT_TRUE(holds_soon([&] { return results_in_queue() >= some; })) << server.err_so_far();
    } else {
      ASSERT_FALSE(server.ended_within(moment.next())) << server.err_so_far();
    }
    server.signal(SIGKILL);
    EXPECT_EQ(server.wait().exit_code, 137);
    const Ran sent = submit.wait();
    ASSERT_EQ(sent.exit_code, 0) << sent.err;  // a lock left behind blocks nobody
    published += kPerRound;
    const std::int64_t fresh = results_in_queue() - before;
    if (fresh == 0) moment.was_too_early();
    if (before + fresh == published) moment.was_too_late();
    in_the_middle += fresh > 0 && before + fresh < published ? 1 : 0;
    between_the_files += not_applied() > 0 ? 1 : 0;
  }
  EXPECT_GE(in_the_middle, rounds / 5) << "the kills must hit work under way, else nothing was tested";
  EXPECT_GE(between_the_files, 1) << "some must fall between the queue's commit and the gradebook's";

  const Ran last = run(folder, serve({"--until-empty"}));
  ASSERT_EQ(last.exit_code, 0) << last.err;
  EXPECT_THAT(last.err, testing::HasSubstr("conflicts=0"));
  EXPECT_EQ(results_in_queue(), published) << "one result a submission in the queue: grading again after a kill must not add another";
  EXPECT_EQ(count(folder.at("book.db"), "SELECT count(*) FROM results"), published) << "and one in the gradebook";
  EXPECT_EQ(count(folder.at("queue/queue.db"), "SELECT count(*) FROM dead_letters"), 0);

  const Ran results = run(folder, otmetka({"results", "--gradebook", "sqlite:book.db", "--format", "csv"}));
  std::set<std::string> learners;
  std::int64_t wrong = 0;
  const auto rows = lines_of(results.out);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    learners.insert(rows[i].substr(6, 8));
    const bool third = std::stoi(rows[i].substr(8, 6)) % 3 == 0;
    wrong += rows[i].ends_with(third ? ",1,1,2,5,2,FINAL," : ",1,1,3,5,3,FINAL,") ? 0 : 1;
  }
  EXPECT_EQ(static_cast<std::int64_t>(rows.size()) - 1, published);
  EXPECT_EQ(static_cast<std::int64_t>(learners.size()), published) << "none lost";
  EXPECT_EQ(wrong, 0) << "and every mark is right";
  std::cout << rounds << " kills, " << in_the_middle << " of them with work under way, " << between_the_files
            << " between queue and gradebook, " << published << " submissions\n";
}

}  // namespace
}  // namespace otmetka::e2e
