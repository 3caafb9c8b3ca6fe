// The load against a grader of the test's own: what was sent is joined to what came back, and stalls are not hidden.
#include "load/drive.h"

#include <condition_variable>
#include <deque>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/grade_record.h"
#include "engine/spec_check.h"
#include "queue/codec.h"
#include "tests/support/wait_until.h"

namespace otmetka::load {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

// Grades what is published at once, on the publisher's thread; gives the results to its one reader, but for what a test spoils.
class Grader final : public Target {
 public:
  explicit Grader(const Workload& load) {
    for (const auto& [id, text] : load.specs()) specs_.put(engine::check_spec_text(text, id, "", engine::Depth::kCompile).spec, true);
  }

  Status publish(std::span<const queue::Outgoing> submissions) override {
    while (Clock::now() >= blocked_from && Clock::now() < blocked_until) std::this_thread::yield();
    for (const queue::Outgoing& one : submissions) grade(one);
    if (fail_after > 0 && taken >= fail_after) return error("OT404", {std::string("here")});
    return ok_status();
  }
  std::size_t readers() const override { return 1; }
  Result<std::vector<Arrival>> read(std::size_t /*reader*/, milliseconds wait) override {
    std::unique_lock lock(mutex_);
    came_.wait_for(lock, wait, [this] { return !results_.empty(); });
    std::vector<Arrival> out;
    if (Clock::now() >= stalled_from && Clock::now() < stalled_until) return out;
    for (std::string& result : results_) out.push_back({std::move(result), Clock::now()});
    results_.clear();
    return out;
  }
  std::optional<Error> ended() override {
    return gone ? std::optional(retryable_error("OT484", {std::int64_t{1}, std::string("-")})) : std::nullopt;
  }
  std::optional<ProcessUse> use() override { return own_use(); }

  std::atomic<std::size_t> taken{0};
  std::atomic<bool> gone{false};
  std::size_t fail_after = 0;
  Clock::time_point stalled_from = Clock::time_point::max(), stalled_until = Clock::time_point::max();
  Clock::time_point blocked_from = Clock::time_point::max(), blocked_until = Clock::time_point::max();  // of publish()
  std::function<void(ScoredResult&)> spoil;       // a result before it is sent
  std::function<void(ScoredResult&)> on_its_way;  // each time that it is sent
  std::function<int(std::size_t)> times;       // how often the n-th result comes; empty: once

 private:
  static std::string changed(const std::string& payload, const std::function<void(ScoredResult&)>& change) {
    auto result = queue::decode_result(payload);
    change(*result);
    return queue::encode_result(*result);
  }

  void grade(const queue::Outgoing& submission) {
    engine::Work work;
    work.record.payload = submission.payload;
    work.record.published_at = now();
    const engine::Graded graded = engine::grade_record(work, specs_, {.of_fault = true, .of_spec = true});
    const std::size_t number = taken++;
    if (!graded.finished->result) return;
    std::string payload = graded.finished->result->payload;
    if (spoil) payload = changed(payload, spoil);
    const std::lock_guard lock(mutex_);
    for (int i = times ? times(number) : 1; i > 0; --i) results_.push_back(on_its_way ? changed(payload, on_its_way) : payload);
    came_.notify_all();
  }

  engine::SpecCache specs_;
  std::mutex mutex_;
  std::condition_variable came_;
  std::deque<std::string> results_;
};

LoadPlan plan(double rate, milliseconds duration, milliseconds warmup = milliseconds(0)) {
  LoadPlan out;
  out.rate = rate;
  out.duration = duration;
  out.warmup = warmup;
  out.patience = seconds(30);
  return out;
}

const std::atomic<bool> kGoOn{false};

TEST(Drive, EverySubmissionIsSentAndItsResultIsChecked) {
  const Workload load(Mix{}, "r");
  Grader grader(load);
  const Driven driven = drive(load, grader, plan(2'000, milliseconds(500), milliseconds(100)), kGoOn);
  const Measured& of = driven.measured;
  EXPECT_FALSE(driven.failure);
  EXPECT_NEAR(static_cast<double>(driven.next), 1'200, 200);
  EXPECT_EQ(of.verdicts.disagreed, 0u);
  EXPECT_EQ(of.verdicts.missing, 0u);
  EXPECT_EQ(of.verdicts.checked + of.verdicts.undecodable, driven.next);
  EXPECT_EQ(of.sent, of.offered);
  EXPECT_NEAR(of.offered_rate(), 2'000, 300);
  EXPECT_EQ(of.latencies.whole.count(), of.latencies.answers.count());
  EXPECT_LE(of.latencies.whole.count(), of.sent) << "the warm-up is not measured";
  EXPECT_EQ(of.latencies.waiting.count(), of.latencies.whole.count());
  std::uint64_t in_blocks = 0;
  for (const Block& block : of.blocks) in_blocks += block.latency.count();
  EXPECT_EQ(in_blocks, of.latencies.whole.count());
}

TEST(Drive, AStallShowsInFullInThePercentilesAndTheMaximum) {
  const Workload load(Mix{}, "r");
  Grader grader(load);
  grader.stalled_from = Clock::now() + milliseconds(300);
  grader.stalled_until = grader.stalled_from + milliseconds(400);
  const Driven driven = drive(load, grader, plan(500, milliseconds(1'000)), kGoOn);
  const Histogram& latency = driven.measured.latencies.whole;
  EXPECT_GE(latency.most(), milliseconds(380));
  EXPECT_GE(latency.at(0.99), milliseconds(350)) << "4 of 10 were due while it stood still, and counted from then";
  EXPECT_GE(latency.at(0.75), milliseconds(100));
  EXPECT_EQ(driven.measured.verdicts.missing, 0u);
}

// Whoever measured from when a submission was sent would see one slow one.
TEST(Drive, AQueueThatTakesNothingForAWhileHidesNothingEither) {
  const Workload load(Mix{}, "r");
  Grader grader(load);
  grader.blocked_from = Clock::now() + milliseconds(300);
  grader.blocked_until = grader.blocked_from + milliseconds(400);
  const Driven driven = drive(load, grader, plan(500, milliseconds(1'000)), kGoOn);
  const Latencies& of = driven.measured.latencies;
  EXPECT_GE(of.whole.at(0.99), milliseconds(350));
  EXPECT_GE(of.whole.at(0.75), milliseconds(100));
  EXPECT_GE(of.publishing.at(0.75), milliseconds(100)) << "and it is told where";
  EXPECT_GE(driven.measured.most_behind, milliseconds(350));
}

TEST(Drive, AWrongResultIsCountedAndShown) {
  const Workload load(Mix{}, "r");
  Grader grader(load);
  grader.spoil = [](ScoredResult& result) {
    if (!result.parts.empty() && result.submission.value == "r-7") result.parts.front().credit = Ratio(1, 7);
  };
  const Driven driven = drive(load, grader, plan(1'000, milliseconds(200)), kGoOn);
  const VerdictCheck& verdicts = driven.measured.verdicts;
  EXPECT_EQ(verdicts.disagreed, 1u);
  EXPECT_FALSE(verdicts.passed());
  ASSERT_EQ(verdicts.examples.size(), 1u);
  EXPECT_EQ(verdicts.examples.front().submission, "r-7");
  EXPECT_EQ(verdicts.examples.front().part, "q1");
  EXPECT_THAT(verdicts.examples.front().got, testing::HasSubstr("1/7"));
  EXPECT_NE(verdicts.examples.front().answer, "");
}

TEST(Drive, AResultThatFailsWhereItMustNotIsWrong) {
  const Workload load(Mix{}, "r");
  Grader grader(load);
  grader.spoil = [](ScoredResult& result) { result.progress = Progress::kFailed; };
  const VerdictCheck verdicts = drive(load, grader, plan(1'000, milliseconds(100)), kGoOn).measured.verdicts;
  EXPECT_GT(verdicts.disagreed, 50u);
  EXPECT_EQ(verdicts.examples.size(), VerdictCheck::kMostExamples);
  EXPECT_EQ(verdicts.examples.front().expected, "FINAL");
}

TEST(Drive, AResultThatIsWrongAsAWholeIsWrong) {
  const struct {
    const char* what;
    std::function<void(ScoredResult&)> spoil;
  } rows[] = {
      {"somebody else's", [](ScoredResult& result) { result.learner = LearnerId("p-0"); }},
      {"another assignment's", [](ScoredResult& result) { result.assignment = AssignmentId("x"); }},
      {"another attempt's", [](ScoredResult& result) { result.attempt_no += 1; }},
      {"a sum that is none", [](ScoredResult& result) { result.raw += 1; }},
      {"another maximum", [](ScoredResult& result) { result.maximum += 1; }},
      {"one part twice", [](ScoredResult& result) { result.parts.push_back(result.parts.front()); }},
      {"not final", [](ScoredResult& result) { result.progress = Progress::kPartialNeedsHuman; }},
  };
  for (const auto& row : rows) {
    const Workload load(Mix{}, "r");
    Grader grader(load);
    grader.spoil = [&](ScoredResult& result) {
      if (result.submission.value == "r-7") row.spoil(result);
    };
    EXPECT_EQ(drive(load, grader, plan(1'000, milliseconds(50)), kGoOn).measured.verdicts.disagreed, 1u) << row.what;
  }
}

TEST(Drive, AResultThatComesAgainMustBeTheSame) {
  const Workload load(Mix{}, "r");
  Grader grader(load);
  grader.times = [](std::size_t number) { return number == 5 ? 2 : 1; };
  int seen = 0;
  grader.on_its_way = [&](ScoredResult& result) {
    if (result.submission.value == "r-5" && ++seen == 2) result.content_sha256 = "other";
  };
  const VerdictCheck verdicts = drive(load, grader, plan(1'000, milliseconds(50)), kGoOn).measured.verdicts;
  EXPECT_EQ(verdicts.repeated, 1u);
  EXPECT_EQ(verdicts.disagreed, 1u);
}

// Of a grader that stops for good the quick results before are the only ones there are.
TEST(Drive, WhatNeverComesCountsWithTheTimeThatItWaited) {
  const Workload load(Mix{}, "r");
  Grader grader(load);
  grader.stalled_from = Clock::now() + milliseconds(100);
  LoadPlan impatient = plan(500, milliseconds(500));
  impatient.patience = milliseconds(300);
  const Measured of = drive(load, grader, impatient, kGoOn).measured;
  EXPECT_GT(of.waiting, 100u);
  EXPECT_EQ(of.latencies.whole.count() + of.without_result + of.verdicts.parked_expected, of.sent);
  EXPECT_GE(of.latencies.whole.at(0.5), milliseconds(300));
  EXPECT_FALSE(of.held());
}

TEST(Drive, NothingIsRightOfWhichNothingCame) { EXPECT_FALSE(VerdictCheck{}.passed()); }

TEST(Drive, ARateIsHeldWhereAllComesThatCan) {
  const auto held = [](double rate, std::uint64_t offered, std::uint64_t without_result, std::uint64_t came) {
    Measured of;
    of.rate = rate;
    of.offered = of.sent = offered;
    of.without_result = without_result;
    of.came = came;
    return of.held();
  };
  EXPECT_FALSE(held(1'000, 1'000, 0, 790));
  EXPECT_TRUE(held(1'000, 1'000, 200, 790)) << "800 could come";
  EXPECT_TRUE(held(1'000, 1'000, 0, 910)) << "the rest is on its way";
  EXPECT_FALSE(held(40'000, 12'000, 0, 8'000)) << "two thirds of what was due in 0.3 s";
}

TEST(Drive, WhatIsLostAndWhatComesTwiceIsCounted) {
  const Workload load(Mix{}, "r");
  Grader grader(load);
  grader.times = [](std::size_t number) { return number == 3 ? 0 : number == 5 ? 2 : 1; };
  LoadPlan short_patience = plan(1'000, milliseconds(200));
  short_patience.patience = seconds(1);
  const VerdictCheck verdicts = drive(load, grader, short_patience, kGoOn).measured.verdicts;
  EXPECT_EQ(verdicts.missing, 1u);
  EXPECT_EQ(verdicts.repeated, 1u);
  EXPECT_FALSE(verdicts.passed());
}

TEST(Drive, AServerThatGoesEndsTheRunAndWhatWasDoneIsKept) {
  const Workload load(Mix{}, "r");
  Grader grader(load);
  std::thread end([&] {
    wait_until([&] { return grader.taken > 100; });
    grader.gone = true;
  });
  const auto begun = Clock::now();
  const Driven driven = drive(load, grader, plan(1'000, seconds(30)), kGoOn);
  end.join();
  EXPECT_LT(Clock::now() - begun, seconds(20));
  ASSERT_TRUE(driven.failure);
  EXPECT_EQ(driven.failure->code(), "OT484");
  EXPECT_GT(driven.measured.verdicts.checked, 50u);
  EXPECT_LT(driven.measured.duration, seconds(20)) << "rates are those of the time that it went";
}

TEST(Drive, AQueueThatTakesNoMoreEndsTheRun) {
  const Workload load(Mix{}, "r");
  Grader grader(load);
  grader.fail_after = 50;
  const Driven driven = drive(load, grader, plan(1'000, seconds(30)), kGoOn);
  ASSERT_TRUE(driven.failure);
  EXPECT_EQ(driven.failure->code(), "OT404");
}

TEST(Drive, ItStopsWhenItIsTold) {
  const Workload load(Mix{}, "r");
  Grader grader(load);
  std::atomic<bool> stop{false};
  std::thread end([&] {
    wait_until([&] { return grader.taken > 50; });
    stop = true;
  });
  const Driven driven = drive(load, grader, plan(1'000, seconds(30)), stop);
  end.join();
  EXPECT_TRUE(driven.stopped);
  EXPECT_FALSE(driven.failure);
  EXPECT_GT(driven.measured.verdicts.checked, 0u);
}

TEST(Drive, ARateBeyondWhatIsTakenIsNotHeld) {
  const Workload load(Mix{}, "r");
  Grader grader(load);
  const Driven driven = drive(load, grader, plan(300'000, milliseconds(100)), kGoOn);
  EXPECT_FALSE(driven.measured.held());
  EXPECT_LT(driven.measured.achieved_rate(), driven.measured.offered_rate() * 0.98);
}

TEST(Drive, AClosedLoopSendsAsFastAsResultsCome) {
  const Workload load(Mix{}, "r");
  Grader grader(load);
  const Driven driven = drive(load, grader, plan(0, milliseconds(300)), kGoOn);
  EXPECT_TRUE(driven.measured.held());
  EXPECT_GT(driven.measured.came, 500u);
  EXPECT_EQ(driven.measured.verdicts.missing, 0u);
}

}  // namespace
}  // namespace otmetka::load
