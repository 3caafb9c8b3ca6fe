#include "load/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace otmetka::load {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using testing::HasSubstr;

// A run whose latencies are about `middle`, give or take `noise` of it from block to block.
Report run(double middle_ms, double noise, std::uint64_t seed, double cpu_ms = 50) {
  Random random(seed);
  Report out;
  out.target = "embedded";
  out.version = "1";
  out.measured.rate = 100;
  out.measured.duration = std::chrono::seconds(10);
  for (int i = 0; i < 40; ++i) {
    Block block;
    block.begin = milliseconds(250) * i;
    block.sent = block.came = 25;
    const double here = middle_ms * (1 + noise * (2 * random.share() - 1));
    block.cpu_seconds = cpu_ms / 1e3 * (1 + noise * (2 * random.share() - 1));
    for (int n = 0; n < 25; ++n) {
      block.latency.record(nanoseconds(static_cast<std::int64_t>(here * 1e6 * (0.5 + random.share()))));
      out.measured.latencies.whole.record(nanoseconds(static_cast<std::int64_t>(here * 1e6)));
    }
    out.measured.blocks.push_back(block);
  }
  out.measured.offered = out.measured.sent = out.measured.came = 1'000;
  return out;
}

std::vector<std::string> worse(const Report& before, const Report& after) {
  const auto changes = compare(baseline_of(before), baseline_of(after));
  EXPECT_TRUE(changes) << (changes ? "" : changes.failure().code());
  std::vector<std::string> out;
  for (const Change& one : changes ? *changes : std::vector<Change>{}) {
    if (one.worse) out.push_back(one.figure);
  }
  return out;
}

TEST(Compare, WhatGotSlowerIsNamed) {
  EXPECT_THAT(worse(run(10, 0.2, 1), run(15, 0.2, 2)), testing::ElementsAre("p50", "p99"));
  EXPECT_THAT(worse(run(10, 0.2, 1, 50), run(10, 0.2, 2, 80)), testing::ElementsAre("cpu"));
}

TEST(Compare, ChanceIsNoSlowdown) {
  int named = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) named += worse(run(10, 0.4, seed), run(10, 0.4, 1'000 + seed)).empty() ? 0 : 1;
  EXPECT_LE(named, 1) << "of 60 pairs of the same";
}

TEST(Compare, ASmallChangeIsNone) { EXPECT_THAT(worse(run(10, 0.01, 1), run(10.5, 0.01, 2)), testing::IsEmpty()); }

TEST(Compare, WhatGotFasterIsNoSlowdown) {
  const auto changes = compare(baseline_of(run(15, 0.2, 1)), baseline_of(run(10, 0.2, 2)));
  ASSERT_TRUE(changes);
  EXPECT_TRUE(changes->front().better);
  EXPECT_FALSE(changes->front().worse);
  EXPECT_LT(changes->front().high, 1);
}

TEST(Compare, FewerResultsASecondAreWorse) {
  Report after = run(10, 0.1, 2);
  for (Block& block : after.measured.blocks) block.came = 15;
  EXPECT_THAT(worse(run(10, 0.1, 1), after), testing::Contains("throughput"));
}

TEST(Compare, RampsAreComparedByTheirHighestRate) {
  Report before = run(10, 0.1, 1), after = run(30, 0.1, 2);
  before.ramp = RampOutcome{.steps = {}, .highest = 1'000, .p99_limit = milliseconds(500)};
  after.ramp = RampOutcome{.steps = {}, .highest = 900, .p99_limit = milliseconds(500)};
  EXPECT_THAT(worse(before, after), testing::IsEmpty());
  after.ramp->highest = 800;
  EXPECT_THAT(worse(before, after), testing::ElementsAre("highest_rate"));
  after.ramp->p99_limit = milliseconds(3);
  EXPECT_EQ(compare(baseline_of(before), baseline_of(after)).failure().code(), "OT487") << "another limit makes another rate";
}

TEST(Compare, RunsOfAnotherLoadAreNotCompared) {
  const auto differs = [](const Report& after) {
    const auto changes = compare(baseline_of(run(10, 0.1, 1)), baseline_of(after));
    EXPECT_FALSE(changes);
    return changes ? "" : changes.failure().code() + " " + std::get<std::string>(changes.failure().message.args.front());
  };
  Report after = run(10, 0.1, 2);
  after.target = "kafka";
  EXPECT_THAT(differs(after), HasSubstr("OT487 target: embedded"));
  after = run(10, 0.1, 2);
  after.mix.seed = 5;
  EXPECT_THAT(differs(after), HasSubstr("OT487 mix"));
  after = run(10, 0.1, 2);
  after.measured.rate = 200;
  EXPECT_THAT(differs(after), HasSubstr("OT487 rate: 100"));
  after = run(10, 0.1, 2);
  after.arrivals = Arrivals::kConstant;
  EXPECT_THAT(differs(after), HasSubstr("OT487 arrivals"));
  after = run(10, 0.1, 2);
  after.partial = Message{"bench.interrupted", {}};
  EXPECT_THAT(differs(after), HasSubstr("OT487 partial"));
  after = run(10, 0.1, 2);
  after.measured.blocks.resize(4);
  EXPECT_THAT(differs(after), HasSubstr("OT487 blocks"));
  Report before = run(10, 0.1, 1);
  before.partial = Message{"bench.interrupted", {}};
  EXPECT_FALSE(same_load(baseline_of(before), baseline_of(run(10, 0.1, 2)))) << "known before a run";
}

TEST(Baseline, OnlyAReportIsOne) {
  for (const char* text :
       {"", "{", "[]", "{}", "{\"schema\":\"otmetka.bench.v2\"}", "{\"schema\":\"otmetka.bench.v1\"}", "null", "\"x\"", "[[[["}) {
    const auto base = read_baseline(text, "base.json");
    ASSERT_FALSE(base) << text;
    EXPECT_EQ(base.failure().code(), "OT486") << text;
  }
  std::string report = to_json(run(10, 0.1, 1));
  EXPECT_TRUE(read_baseline(report, "base.json"));
  report.replace(report.find("\"blocks\":["), 10, "\"blocks\":{");
  EXPECT_FALSE(read_baseline(report, "base.json"));
  EXPECT_FALSE(read_baseline(std::string(kMostBaselineBytes + 1, ' '), "base.json"));
}

TEST(Baseline, ItIsReadAsItWasWritten) {
  const Report report = run(10, 0.1, 1);
  const auto base = read_baseline(to_json(report), "base.json");
  ASSERT_TRUE(base);
  EXPECT_EQ(base->target, "embedded");
  EXPECT_EQ(base->mix, to_line(report.mix));
  EXPECT_DOUBLE_EQ(base->rate, 100);
  ASSERT_EQ(base->blocks.size(), 40u);
  EXPECT_NEAR(base->blocks[7].p50_ms, static_cast<double>(report.measured.blocks[7].latency.at(0.5).count()) / 1e6, 0.001);
  EXPECT_DOUBLE_EQ(base->blocks[7].results, 25);
  EXPECT_DOUBLE_EQ(base->blocks[7].seconds, 0.25);
}

}  // namespace
}  // namespace otmetka::load
