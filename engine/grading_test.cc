// The specs of the design's first page, end to end: file → checkers → score → trace → the same again.
#include <gtest/gtest.h>

#include <fstream>

#include "checkers/catalog.h"
#include "engine/grade_submission.h"
#include "engine/lint.h"
#include "engine/replay.h"
#include "engine/spec_check.h"
#include "engine/spec_directory.h"
#include "queue/codec.h"

namespace otmetka::engine {
namespace {

std::string listing(const CheckedSpec& checked) {
  std::string out;
  for (const auto& d : checked.diagnostics) out += spec::render_line(d, checkers::message_catalogue(), messages::Language::kEnglish) + "\n";
  return out;
}

CheckedSpec check(const std::string& items, Depth depth = Depth::kLint) {
  return check_spec_text("grade: v1\nid: t\nlocale: ru\nitems:\n" + items, "t.yaml", "", depth);
}

std::vector<std::string> codes(const CheckedSpec& checked) {
  std::vector<std::string> out;
  for (const auto& d : checked.diagnostics) out.push_back(d.message.id);
  return out;
}

TEST(SpecCheck, SamplesThatHoldLeaveNothingToSay) {
  const CheckedSpec checked = check("- {id: c, text: Москва, samples: [{give: москва., score: 1}, {give: Киев, score: 0}]}\n");
  EXPECT_EQ(listing(checked), "");
  EXPECT_EQ(checked.samples_run, 2u);
  EXPECT_EQ(checked.samples_passed, 2u);
}

TEST(SpecCheck, AFailingSampleIsPointedAt) {
  const CheckedSpec checked = check("- id: c\n  text: Москва\n  samples:\n  - {give: Киев, score: 1}\n  - {give: x, score: 0}\n");
  ASSERT_EQ(codes(checked).size(), 2u) << listing(checked);
  EXPECT_EQ(codes(checked)[0], "OT230");
  EXPECT_EQ(codes(checked)[1], "OT170");
  EXPECT_EQ(checked.diagnostics[1].range.line, 8u);
  EXPECT_EQ(checked.diagnostics[1].range.column, 25u);
}

TEST(SpecCheck, MissingSamplesUnhitAndShadowedEntriesAreWarnedOf) {
  EXPECT_EQ(codes(check("- {id: c, text: Москва}\n")), std::vector<std::string>{"OT234"});
  EXPECT_EQ(codes(check("- id: c\n  text: {answer: Москва, accept: [{value: Moscow}]}\n"
                        "  samples: [{give: Москва, score: 1}, {give: x, score: 0}]\n")),
            std::vector<std::string>{"OT232"});
  EXPECT_EQ(codes(check("- id: c\n  text: {answer: Москва, accept: [{value: МОСКВА, score: 50%}]}\n"
                        "  samples: [{give: Москва, score: 1}, {give: x, score: 0}]\n")),
            std::vector<std::string>{"OT233"});
}

TEST(SpecCheck, ASampleThatCouldNotBeReadIsNoSampleOfAWrongAnswer) {
  EXPECT_EQ(codes(check("- id: n\n  numeric: 9\n  samples:\n  - {give: 9, score: 1}\n  - {give: девять, score: 0}\n")),
            (std::vector<std::string>{"OT231", "OT235"}));
  EXPECT_EQ(codes(check("- id: n\n  numeric: 9\n  samples: [{give: 9, score: 1}, {give: 8, score: 0}, {give: девять, score: 0, status: "
                        "INVALID_INPUT}]\n")),
            std::vector<std::string>());
}

TEST(SpecCheck, ARubricTooFineToComputeExactlyIsRefused) {
  const CheckedSpec checked = check(
      "- {id: a, text: x}\n- {id: b, points: 1000003/999983, text: x}\nrubric:\n  attempts: {use: mean, max: 8, "
      "factor: [1, 9972/9973, 9966/9967, 9948/9949, 9940/9941, 9930/9931, 9928/9929, 9922/9923]}\n",
      Depth::kCompile);
  EXPECT_EQ(codes(checked), std::vector<std::string>{"OT174"}) << listing(checked);
  EXPECT_EQ(checked.spec, nullptr);
}

TEST(SpecCheck, SharesPastAllBoundsAreRefusedWithoutBeingAdded) {
  std::string items;
  for (const char* den : {"999999999989", "999999999961", "999999999937", "999999999899"}) {
    items += "- {id: i" + std::string(den) + ", points: 1/" + den + ", text: x}\n";
  }
  EXPECT_EQ(check(items, Depth::kCompile).spec, nullptr);
}

TEST(SpecCheck, TheTeachersNumberWithTwoReadingsIsRefusedInItsPlace) {
  const CheckedSpec checked = check("- id: n\n  numeric: 1,234\n", Depth::kCompile);
  EXPECT_EQ(checked.spec, nullptr);
  ASSERT_FALSE(checked.diagnostics.empty());
  EXPECT_EQ(checked.diagnostics[0].range.line, 6u);
  EXPECT_EQ(checked.diagnostics[0].range.column, 12u);
}

TEST(SpecCheck, DenominatorsPast10To12AreRefused) {
  const CheckedSpec checked = check(
      "- {id: a, points: 1/999983, text: x}\n- {id: b, points: 1/999979, text: y}\n- {id: c, points: 1/7, text: z}\n", Depth::kCompile);
  ASSERT_EQ(checked.spec, nullptr);
  EXPECT_EQ(checked.diagnostics.back().message.id, "OT199") << listing(checked);
}

ScoredResult grade(const CheckedSpec& checked, const std::string& responses) {
  const auto submission = queue::decode_submission("{\"learner_id\":\"p\",\"responses\":" + responses + "}", queue::Encoding::kJson);
  EXPECT_TRUE(submission);
  return *grade_submission(*checked.spec, *submission, {.explain = true});
}

constexpr const char* kTrip =
    "- id: trip\n  ask: Поезд прошёл 180 км за 2,5 часа.\n  points: 4\n  parts:\n"
    "    v:   {weight: 1, numeric: {answer: 72 км/ч}}\n"
    "    t:   {weight: 2, numeric: {answer: \"= 360 / v\", unit_default: ч, tolerance: 0.01, follow: v}}\n"
    "    why: {weight: 1, requires: v, text: путь делить на время}\n";

TEST(GradeSubmission, PartsAreRowsThatAddUp) {
  const CheckedSpec checked = check(kTrip, Depth::kCompile);
  ASSERT_NE(checked.spec, nullptr) << listing(checked);
  const ScoredResult result = grade(checked, R"({"trip": {"v": "70 км/ч", "t": "5,14", "why": "путь делить на время"}})");
  ASSERT_EQ(result.parts.size(), 3u);
  EXPECT_EQ(result.parts[0].part.value, "trip.v");
  EXPECT_EQ(result.parts[1].points, Ratio(2)) << "follow-through of 70 km/h";
  EXPECT_EQ(result.parts[2].status, Verdict::kGated);
  EXPECT_EQ(result.raw, Ratio(2));
  EXPECT_EQ(result.maximum, Ratio(4));
}

TEST(GradeSubmission, AnswersToPartsMayComeOneByOne) {
  const CheckedSpec checked = check(kTrip, Depth::kCompile);
  const ScoredResult whole = grade(checked, R"({"trip": {"v": "72 км/ч", "t": "5"}})");
  const ScoredResult apart = grade(checked, R"({"trip.v": "72 км/ч", "trip.t": "5"})");
  EXPECT_EQ(whole.content_sha256, apart.content_sha256);
  EXPECT_EQ(apart.raw, Ratio(3));
}

TEST(GradeSubmission, AnAttemptIsUsedUpOnlyBySomethingThatCouldBeRead) {
  const CheckedSpec checked = check("- {id: n, numeric: 9.8}\n- {id: c, text: Москва}\n", Depth::kCompile);
  EXPECT_FALSE(grade(checked, "{}").consumes_attempt);
  EXPECT_FALSE(grade(checked, R"({"n": "девять"})").consumes_attempt);
  EXPECT_TRUE(grade(checked, R"({"n": "девять", "c": "x"})").consumes_attempt);
}

TEST(GradeSubmission, APartGatedByOneThatCouldNotBeReadUsesUpNoAttempt) {
  const CheckedSpec checked = check(kTrip, Depth::kCompile);
  const ScoredResult unread = grade(checked, R"({"trip": {"v": "семьдесят", "why": "путь делить на время"}})");
  EXPECT_EQ(unread.parts[2].status, Verdict::kGated);
  EXPECT_FALSE(unread.consumes_attempt);
  EXPECT_TRUE(grade(checked, R"({"trip": {"v": "70 км/ч", "why": "путь делить на время"}})").consumes_attempt);
  EXPECT_TRUE(grade(checked, R"({"trip": {"why": "путь делить на время"}})").consumes_attempt);
}

TEST(GradeSubmission, IdsDependOnWhatTheyAreMadeOfAndNothingElse) {
  const CheckedSpec checked = check("- {id: c, text: Москва}\n", Depth::kCompile);
  const ScoredResult one = grade(checked, R"({"c": "Москва"})");
  const ScoredResult two = grade(checked, R"({"c": "Киев"})");
  EXPECT_EQ(one.result_id, two.result_id) << "the same work by the same spec";
  EXPECT_NE(one.content_sha256, two.content_sha256);
}

TEST(Replay, EverySampleOfTheSampleAssignmentsComesBackByteForByte) {
  const auto files = spec_files(std::string(OTMETKA_SOURCE_DIR) + "/samples");
  ASSERT_TRUE(files);
  std::size_t replayed = 0;
  for (const std::string& file : *files) {
    const CheckedSpec checked = check_spec_file(file, Depth::kCompile);
    ASSERT_NE(checked.spec, nullptr) << file << "\n" << listing(checked);
    if (checked.spec->runs_programs) continue;  // a program's times are not the same twice
    for (const v1::Item& item : checked.spec->message.items()) {
      for (const v1::Sample& sample : item.samples()) {
        Submission work;
        work.learner = LearnerId("p");
        work.locale = sample.locale();
        work.responses = sample_responses(item.id(), sample.give());
        const ScoredResult stored = *grade_submission(*checked.spec, work, {.explain = true});
        const auto again = replay(*checked.spec, stored);
        if (!again && again.failure().code() == "OT382") continue;
        ASSERT_TRUE(again) << file << " " << item.id();
        EXPECT_EQ(queue::encode_result(*again), queue::encode_result(stored)) << file << " " << item.id();
        ++replayed;
      }
    }
  }
  EXPECT_GT(replayed, 100u);
}

TEST(Replay, AStoredScoreThatWasTamperedWithDoesNotComeBack) {
  const CheckedSpec checked = check("- {id: c, text: Москва}\n", Depth::kCompile);
  ScoredResult stored = grade(checked, R"({"c": "Киев"})");
  stored.parts[0].credit = Ratio(1);
  const auto again = replay(*checked.spec, stored);
  ASSERT_TRUE(again);
  EXPECT_NE(queue::encode_result(*again), queue::encode_result(stored));
}

TEST(Replay, ALongAnswerSaysThatItCannotBeReplayed) {
  const CheckedSpec checked = check("- {id: c, text: Москва}\n", Depth::kCompile);
  const ScoredResult stored = grade(checked, "{\"c\": \"" + std::string(5'000, 'x') + "\"}");
  const auto again = replay(*checked.spec, stored);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.failure().code(), "OT382");
}

}  // namespace
}  // namespace otmetka::engine
