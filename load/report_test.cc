#include "load/report.h"

#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checkers/catalog.h"
#include "load/plot.h"
#include "load/summary.h"
#include "queue/json_reader.h"

namespace otmetka::load {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Say words(messages::Language language) {
  return [language](const std::string& id, const std::vector<Arg>& args) {
    return checkers::message_catalogue().render({id, args}, language);
  };
}
const Say kEnglish = words(messages::Language::kEnglish);
const Say kRussian = words(messages::Language::kRussian);

Report a_run() {
  Report out;
  out.target = "embedded";
  out.version = "0.1.0";
  out.started_at = "2026-11-30T08:00:00Z";
  out.mix.name = "<b>mine</b>";
  out.command = "otmetka bench --target embedded";
  out.server_seen = true;
  Measured& of = out.measured;
  of.rate = 100;
  of.duration = seconds(10);
  of.offered = of.sent = of.came = 1'000;
  for (int i = 0; i < 10; ++i) {
    Block block{.begin = seconds(i), .sent = 100, .came = 100, .cpu_seconds = 0.1};
    for (int n = 0; n < 100; ++n) {
      const auto latency = milliseconds(10 + n % 7 + (i == 5 ? 500 : 0));
      block.latency.record(latency);
      of.latencies.whole.record(latency);
      of.latencies.answers.record(latency);
      of.latencies.publishing.record(milliseconds(2));
      of.latencies.waiting.record(milliseconds(5));
      of.latencies.finishing.record(latency - milliseconds(7));
    }
    of.blocks.push_back(block);
  }
  of.verdicts.checked = 1'000;
  of.verdicts.by_status["GRADED"] = 4'000;
  of.after.cpu_seconds = 1;
  of.after.peak_bytes = of.after.resident_bytes = 50 << 20;
  return out;
}

std::string head_of(const Report& report, const Say& say, const char* language) {
  std::string out;
  for (const Sentence& one : summary(report, say, language)) out += one.text + "\n";
  return out;
}

TEST(Report, ItsHeadSaysWhatAPersonWantsToKnow) {
  EXPECT_EQ(
      head_of(a_run(), kEnglish, "en"),
      "The rate of 100 submissions a second was held. Of 100 results 99 were there within 516 ms, half of them within 13 ms, the slowest "
      "after 516 ms.\n1000 results were checked, and each is what it must be.\n");
  EXPECT_THAT(head_of(a_run(), kRussian, "ru"), AllOf(HasSubstr("516 мс"), HasSubstr("1000 результатов проверены")));
}

TEST(Report, WhatIsWrongIsSaid) {
  Report report = a_run();
  report.measured.came = 500;
  report.measured.verdicts.disagreed = 3;
  report.measured.verdicts.missing = 1;
  report.measured.verdicts.undecodable = 2;
  EXPECT_FALSE(report.verdicts_passed());
  EXPECT_THAT(head_of(report, kEnglish, "en"),
              AllOf(HasSubstr("not held: 100 submissions a second were due, 50 results"), HasSubstr("wrong: 3 of 1,000"),
                    HasSubstr("1 submission has got no result"), HasSubstr("2 undecodable submissions were sent, and 0 were parked")));
  report.partial = Message{"bench.interrupted", {}};
  EXPECT_THAT(head_of(report, kEnglish, "en"), HasSubstr("partial: it was stopped by a signal"));
  report.measured.verdicts.disagreed = 0;
  EXPECT_TRUE(report.verdicts_passed()) << "what is missing of a partial run is no disagreement";
}

TEST(Report, ARampSaysTheRate) {
  Report report = a_run();
  report.ramp = RampOutcome{{{1'000, 999, milliseconds(20), true}, {2'000, 1'500, seconds(1), false}}, 1'000, milliseconds(500)};
  EXPECT_THAT(head_of(report, kEnglish, "en"), HasSubstr("The highest rate that was held is 1,000 submissions a second"));
  EXPECT_THAT(to_html(report, kEnglish, "en"), HasSubstr("Throughput against offered load"));
  report.ramp->highest.reset();
  EXPECT_THAT(head_of(report, kEnglish, "en"), HasSubstr("None of the rates"));
}

TEST(Report, ItsJsonIsJsonWithEveryNumberOfIt) {
  Report report = a_run();
  report.server_stages = {{"otmetka_queue_wait_seconds", 5, 0.1, 0.2, std::numeric_limits<double>::infinity()}};
  const std::string json = to_json(report);
  queue::JsonReader reader;
  const auto root = reader.read(json);
  ASSERT_TRUE(root) << root.failure().code() << json;
  for (const char* part :
       {"\"schema\":\"otmetka.bench.v1\"", "\"achieved\":100.000", "\"held\":true", "\"p99_9\":516.000", "\"passed\":true",
        "\"GRADED\":4000", "\"cpu_us_per_result\":1000.000", "\"p99_at_most\":null", "\"peak_bytes\":52428800"}) {
    EXPECT_THAT(json, HasSubstr(part));
  }
}

TEST(Report, ItsPageAsksNothingOfAnybodyAndTypesNothingThatItWasGiven) {
  Report report = a_run();
  report.measured.verdicts.examples.push_back({"s-1", "q1", "<script>alert(1)</script>", "GRADED 0", "GRADED 1"});
  for (const auto& [say, language] : {std::pair{&kEnglish, "en"}, std::pair{&kRussian, "ru"}}) {
    const std::string page = to_html(report, *say, language);
    EXPECT_FALSE(std::regex_search(page, std::regex("https?:|//|src=|href=|url\\(|@import|<script|<link|<iframe")));
    EXPECT_THAT(page, Not(HasSubstr("<b>mine")));
    EXPECT_THAT(page, HasSubstr("&lt;script&gt;"));
    EXPECT_EQ(std::regex_search(page, std::regex("bench\\.[a-z]")), false) << "every text is in the catalogue";
    for (const char* tag : {"<svg", "<figure", "<table", "<section"}) {
      const auto count = [&](const std::string& what) {
        std::size_t times = 0;
        for (std::size_t at = page.find(what); at != std::string::npos; at = page.find(what, at + 1)) ++times;
        return times;
      };
      EXPECT_EQ(count(tag), count(std::string("</") + (tag + 1) + ">")) << tag;
    }
  }
  EXPECT_THAT(to_html(report, kRussian, "ru"), AllOf(HasSubstr("lang=\"ru\""), HasSubstr("Задержка по ходу прогона")));
}

TEST(Report, ARunInWhichNothingCameIsToldToo) {
  Report report;
  report.target = "kafka";
  report.partial = Message{"bench.interrupted", {}};
  EXPECT_THAT(to_html(report, kEnglish, "en"), HasSubstr("Not one result"));
  queue::JsonReader reader;
  EXPECT_TRUE(reader.read(to_json(report)));
}

TEST(TextForm, NumbersAndTimesAreWrittenAsTheLanguageDoes) {
  EXPECT_EQ(number_text(1'234'567.5, 1, "en"), "1,234,567.5");
  EXPECT_EQ(number_text(1'234'567.5, 1, "ru"), "1\u202F234\u202F567,5");
  EXPECT_EQ(number_text(1'234, 0, "ru"), "1234");
  EXPECT_EQ(number_text(-2.50, 2, "en"), "−2.5");
  EXPECT_EQ(duration_text(0.0123, "en"), "12.3 ms");
  EXPECT_EQ(duration_text(0.0123, "ru"), "12,3 мс");
  EXPECT_EQ(duration_text(2.0, "en"), "2 s");
  EXPECT_EQ(duration_text(0.000'004'56, "en"), "4.56 µs");
  EXPECT_EQ(duration_text(0.999'8, "en"), "1 s");
  EXPECT_EQ(duration_text(0, "en"), "0 ms");
}

TEST(Plot, AxesEndAtRoundNumbersAroundWhatTheyShow) {
  const Axis linear = linear_axis("x", 0, 47);
  EXPECT_EQ(linear.low, 0);
  EXPECT_EQ(linear.high, 50);
  EXPECT_THAT(linear.ticks, testing::ElementsAre(0, 10, 20, 30, 40, 50));
  const Axis narrow = logarithmic_axis("y", 0.012, 0.4);
  EXPECT_DOUBLE_EQ(narrow.low, 0.01);
  EXPECT_DOUBLE_EQ(narrow.high, 0.5);
  const Axis wide = logarithmic_axis("y", 1e-6, 3);
  EXPECT_DOUBLE_EQ(wide.low, 1e-6);
  EXPECT_DOUBLE_EQ(wide.high, 10);
}

}  // namespace
}  // namespace otmetka::load
