#include "engine/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <thread>

#include "tests/support/prometheus_text.h"

namespace otmetka::engine {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::array<std::chrono::nanoseconds, 3> kBounds{10us, 1ms, 2s};

TEST(MetricsTest, ThePageIsWhatTheFormatAsksForToTheLetter) {
  Metrics metrics;
  const auto parts = metrics.counter("otmetka_parts_total", "Parts, by status.", {{"status", "GRADED"}});
  metrics.counter("otmetka_parts_total", "unused", {{"status", "TIME_LIMIT"}}).add(3);
  const auto took = metrics.histogram("otmetka_took_seconds", "How long.", kBounds, {{"lane", "answers"}});
  metrics.read_gauge("otmetka_waiting_works", "Waiting.", [] { return 2.5; });
  parts.add();
  parts.add(4);
  took.observe(10us);
  took.observe(11us);
  took.observe(3s);
  EXPECT_EQ(metrics.text(),
            "# HELP otmetka_parts_total Parts, by status.\n"
            "# TYPE otmetka_parts_total counter\n"
            "otmetka_parts_total{status=\"GRADED\"} 5\n"
            "otmetka_parts_total{status=\"TIME_LIMIT\"} 3\n"
            "# HELP otmetka_took_seconds How long.\n"
            "# TYPE otmetka_took_seconds histogram\n"
            "otmetka_took_seconds_bucket{lane=\"answers\",le=\"0.00001\"} 1\n"
            "otmetka_took_seconds_bucket{lane=\"answers\",le=\"0.001\"} 2\n"
            "otmetka_took_seconds_bucket{lane=\"answers\",le=\"2\"} 2\n"
            "otmetka_took_seconds_bucket{lane=\"answers\",le=\"+Inf\"} 3\n"
            "otmetka_took_seconds_sum{lane=\"answers\"} 3.000021\n"
            "otmetka_took_seconds_count{lane=\"answers\"} 3\n"
            "# HELP otmetka_waiting_works Waiting.\n"
            "# TYPE otmetka_waiting_works gauge\n"
            "otmetka_waiting_works 2.5\n");
  EXPECT_THAT(PrometheusReader::read(metrics.text()).problems, IsEmpty());
}

TEST(MetricsTest, WhatCannotStandAsItIsIsEscaped) {
  Metrics metrics;
  metrics.read_gauge("otmetka_a", "A \\ and\na line.", [] { return 1.0; }, {{"path", "a\"b\\c\nd"}});
  EXPECT_THAT(metrics.text(), HasSubstr("# HELP otmetka_a A \\\\ and\\na line.\n"));
  EXPECT_THAT(metrics.text(), HasSubstr("otmetka_a{path=\"a\\\"b\\\\c\\nd\"} 1\n"));
  EXPECT_THAT(PrometheusReader::read(metrics.text()).problems, IsEmpty());
}

TEST(MetricsTest, NumbersAreWrittenAsPrometheusReadsThem) {
  Metrics metrics;
  const std::pair<double, const char*> rows[] = {{0, "0"},
                                                 {-3, "-3"},
                                                 {0.1, "0.1"},
                                                 {1764510000.25, "1764510000.25"},
                                                 {1e18, "1000000000000000000"},
                                                 {std::nan(""), "NaN"},
                                                 {std::numeric_limits<double>::infinity(), "+Inf"},
                                                 {-std::numeric_limits<double>::infinity(), "-Inf"}};
  int n = 0;
  for (const auto& [value, text] : rows) metrics.read_gauge("otmetka_g", "G.", [v = value] { return v; }, {{"n", std::to_string(n++)}});
  n = 0;
  for (const auto& [value, text] : rows) {
    EXPECT_THAT(metrics.text(), HasSubstr("otmetka_g{n=\"" + std::to_string(n++) + "\"} " + text + "\n"));
  }
  EXPECT_THAT(PrometheusReader::read(metrics.text()).problems, IsEmpty());
}

TEST(MetricsTest, RareCountsAppearWithTheirLabel) {
  Metrics metrics;
  const auto letters = metrics.labelled("otmetka_dead_letters_total", "Parked.", "code");
  EXPECT_THAT(PrometheusReader::read(metrics.text()).values, IsEmpty());
  letters.add("OT380", 2);
  letters.add("OT301", 1);
  letters.add("OT380", 1);
  const auto page = PrometheusReader::read(metrics.text());
  EXPECT_THAT(page.problems, IsEmpty());
  EXPECT_THAT(page.values, SizeIs(2));
  EXPECT_EQ(page.at("otmetka_dead_letters_total{code=\"OT380\"}"), 3);
  EXPECT_EQ(page.at("otmetka_dead_letters_total{code=\"OT301\"}"), 1);
}

TEST(MetricsTest, AClockThatWentBackCountsAsNoTimeAtAll) {
  Metrics metrics;
  metrics.histogram("otmetka_took_seconds", "T.", kBounds).observe(-5s);
  EXPECT_EQ(PrometheusReader::read(metrics.text()).at("otmetka_took_seconds_sum"), 0);
  EXPECT_EQ(PrometheusReader::read(metrics.text()).at("otmetka_took_seconds_bucket{le=\"0.00001\"}"), 1);
}

// Threads that are still there, threads that ended before the page and threads that ended before others began.
TEST(MetricsTest, NoThreadsCountsAreLostAndNoneCountTwice) {
  constexpr int kThreads = 8;
  constexpr int kRounds = 5;
  constexpr std::uint64_t kAdds = 20'000;
  Metrics metrics;
  const auto adds = metrics.counter("otmetka_adds_total", "A.");
  const auto took = metrics.histogram("otmetka_took_seconds", "T.", kBounds);
  double before = 0;
  for (int round = 1; round <= kRounds; ++round) {
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&] {
        for (std::uint64_t n = 0; n < kAdds; ++n) {
          adds.add();
          took.observe(1us);
        }
      });
    }
    for (int look = 0; look < 20; ++look) {
      const auto page = PrometheusReader::read(metrics.text());
      EXPECT_THAT(page.problems, IsEmpty());
      EXPECT_GE(page.at("otmetka_adds_total"), before);
      before = page.at("otmetka_adds_total");
    }
    for (std::thread& thread : threads) thread.join();
    const auto page = PrometheusReader::read(metrics.text());
    EXPECT_EQ(page.at("otmetka_adds_total"), static_cast<double>(kAdds * kThreads) * round);
    EXPECT_EQ(page.at("otmetka_took_seconds_count"), static_cast<double>(kAdds * kThreads) * round);
  }
}

TEST(MetricsTest, AThreadThatCountsForTwoKeepsThemApart) {
  Metrics first;
  auto second = std::make_unique<Metrics>();
  const auto a = first.counter("otmetka_a_total", "A.");
  const auto b = second->counter("otmetka_b_total", "B.");
  for (int i = 0; i < 10; ++i) {
    a.add();
    b.add(2);
  }
  EXPECT_EQ(PrometheusReader::read(first.text()).at("otmetka_a_total"), 10);
  EXPECT_EQ(PrometheusReader::read(second->text()).at("otmetka_b_total"), 20);
  second = std::make_unique<Metrics>();  // perhaps where the old one lay
  second->counter("otmetka_c_total", "C.").add();
  a.add();
  EXPECT_EQ(PrometheusReader::read(second->text()).at("otmetka_c_total"), 1);
  EXPECT_EQ(PrometheusReader::read(first.text()).at("otmetka_a_total"), 11);
}

TEST(PrometheusReaderTest, TellsWhatTheFormatDoesNotAllow) {
  const std::string head = "# HELP a_total A.\n# TYPE a_total counter\n";
  const std::string buckets = "# HELP h H.\n# TYPE h histogram\n";
  const std::string pages[] = {
      head + "a_total 1",                                        // no line's end
      head + "a_total 1\na_total 2\n",                           // twice
      head + "a_total one\n",                                    // no number
      head + "a_total -1\n",                                     // below 0
      head + "b_total 1\n",                                      // of no family
      head + "a_total{x=\"1\" 1\n",                              // not closed
      head + "a_total{x=\"\\q\"} 1\n",                           // an escape that is none
      head + "a_total{x=\"1\",x=\"2\"} 1\n",                     // a label twice
      head + "\na_total 1\n",                                    // an empty line
      head + head + "a_total 1\n",                               // a family twice
      "a_total 1\n",                                             // no help, no type
      "# HELP a A.\n# TYPE a counter\na 1\n",                    // a counter's name
      buckets + "h_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 2\n", // two counts
      buckets + "h_bucket{le=\"1\"} 2\nh_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 1\n",
      buckets + "h_bucket{le=\"1\"} 1\nh_sum 1\nh_count 1\n",    // no +Inf
  };
  for (const std::string& page : pages) EXPECT_FALSE(PrometheusReader::read(page).problems.empty()) << page;
}

}  // namespace
}  // namespace otmetka::engine
