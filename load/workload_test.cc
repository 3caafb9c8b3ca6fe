// Every answer that a load can send is graded by the engine and gets what the load expects of it.
#include "load/workload.h"

#include <cstdlib>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/grade_submission.h"
#include "engine/programs.h"
#include "engine/spec_check.h"
#include "queue/codec.h"
#include "sandbox/workshop.h"
#include "tests/support/seeds.h"

namespace otmetka::load {
namespace {

std::shared_ptr<const engine::CompiledSpec> compiled(const std::string& text) {
  const auto checked = engine::check_spec_text(text, "spec", "", engine::Depth::kCompile);
  EXPECT_NE(checked.spec, nullptr) << text << (checked.diagnostics.empty() ? "" : checked.diagnostics.front().message.id);
  return checked.spec;
}

std::string told(const Variant& variant) {
  std::string out;
  for (const Response& response : variant.responses)
    out += response.part.value + " = " + queue::answer_json(response.answer).substr(0, 100) + "\n";
  return out;
}

void expect_agreement(const engine::CompiledSpec& spec, const Variant& variant) {
  Submission submission;
  submission.responses = variant.responses;
  const auto result = engine::grade_submission(spec, submission, {});
  ASSERT_TRUE(result);
  for (const ExpectedPart& expected : variant.expected) {
    const auto part =
        std::find_if(result->parts.begin(), result->parts.end(), [&](const PartResult& one) { return one.part.value == expected.part; });
    ASSERT_NE(part, result->parts.end()) << expected.part;
    EXPECT_EQ(verdict_name(part->status), verdict_name(expected.verdict)) << told(variant);
    EXPECT_EQ(part->credit.to_string(), expected.credit.to_string()) << told(variant);
  }
  EXPECT_EQ(result->parts.size(), variant.expected.size()) << "nothing is left unchecked";
}

TEST(Workload, EveryAnswerOfEveryKindGetsWhatIsExpectedOfIt) {
  for (unsigned seed = 1; seed <= seeds(10); ++seed) {
    Random random(seed);
    for (const std::string_view kind : kKinds) {
      const Assignment assignment{"one", {make_item(kind, "q", 30, random)}};
      const auto spec = compiled(assignment.spec());
      ASSERT_NE(spec, nullptr);
      const Item& item = assignment.items.front();
      for (const auto* variants : {&item.right, &item.wrong, &item.hostile}) {
        ASSERT_FALSE(variants->empty()) << kind;
        for (const Variant& variant : *variants) expect_agreement(*spec, variant);
      }
      for (const Variant& variant : item.right) {
        for (const ExpectedPart& part : variant.expected) EXPECT_EQ(part.credit, Ratio(1)) << "right is worth all";
      }
    }
  }
}

TEST(Workload, EveryProgramGetsTheVerdictThatIsExpectedOfIt) {
  engine::Programs programs(sandbox::WorkshopOptions{});
  const auto workshop = programs.workshop();
  if (!workshop) {
    EXPECT_EQ(std::getenv("OTMETKA_ALL_INSTALLED"), nullptr) << workshop.failure().code();
    GTEST_SKIP() << "NOT TESTED: no sandbox here: " << workshop.failure().code();
  }
  for (const std::string_view language : {"python3", "cpp"}) {
    const auto spec = compiled("grade: v1\nid: s\nitems:\n" + program_item_yaml({std::string(language)}, 2));
    ASSERT_NE(spec, nullptr);
    for (const Intent intent : {Intent::kRight, Intent::kWrong, Intent::kHostile}) {
      for (const Program& program : programs_in(language, intent)) {
        Submission submission;
        submission.responses.push_back({PartId("sum"), FilesAnswer{{source_file(language, program, "mark")}}});
        const auto result = engine::grade_submission(*spec, submission, {.programs = &programs});
        ASSERT_TRUE(result) << result.failure().code();
        EXPECT_EQ(verdict_name(result->parts.front().status), verdict_name(program.verdict)) << language << "\n" << program.source;
        EXPECT_EQ(result->parts.front().credit, program.credit) << program.source;
      }
    }
  }
}

Mix everything() {
  Mix mix;
  mix.hostile = 0.1;
  mix.undecodable = 0.1;
  mix.unknown_spec = 0.1;
  mix.programs = 0.1;
  mix.languages = {1, 1, 1};
  return mix;
}

TEST(Workload, TheSameSeedMakesTheSameAndAnotherDoesNot) {
  const Workload one(everything(), "r"), same(everything(), "r");
  Mix other_mix = everything();
  other_mix.seed = 2;
  const Workload other(other_mix, "r");
  EXPECT_EQ(one.specs(), same.specs());
  int differ = 0;
  for (std::uint64_t i = 500; i-- > 0;) {
    EXPECT_EQ(one.submission(i).payload, same.submission(i).payload);
    differ += one.submission(i).payload != other.submission(i).payload ? 1 : 0;
  }
  EXPECT_GT(differ, 400);
}

TEST(Workload, SharesAreThoseOfTheMix) {
  const Workload load(everything(), "r");
  int undecodable = 0, parked = 0, programs = 0, wrong = 0, parts = 0;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    const Expectation expected = load.expectation(i);
    undecodable += expected.fate == Fate::kUndecodable ? 1 : 0;
    parked += expected.fate == Fate::kParked ? 1 : 0;
    programs += expected.program ? 1 : 0;
    if (expected.program) continue;
    for (const ExpectedPart& part : expected.parts) wrong += part.credit < Ratio(1) ? 1 : 0;
    parts += static_cast<int>(expected.parts.size());
  }
  EXPECT_NEAR(undecodable, 2'000, 200);
  EXPECT_NEAR(parked, 2'000, 200);
  EXPECT_NEAR(programs, 1'600, 200) << "of those that can be graded";
  EXPECT_NEAR(static_cast<double>(wrong) / parts, 0.3, 0.05);
}

TEST(Workload, WhatCannotBeDecodedIsThatAndTheRestIsOfItsNumber) {
  const Workload load(everything(), "run-1");
  for (std::uint64_t i = 0; i < 1'000; ++i) {
    const auto submission = queue::decode_submission(load.submission(i).payload, queue::Encoding::kProtobuf);
    ASSERT_EQ(submission.ok(), load.expectation(i).fate != Fate::kUndecodable) << i;
    if (submission) {
      EXPECT_EQ(load.number_of(submission->submission.value), i);
    }
  }
  for (const char* id : {"run-1", "run-1-", "run-1-x", "run-10-3", "run-1-3x", "s-1", ""}) EXPECT_FALSE(load.number_of(id)) << id;
}

TEST(Workload, LearnersFollowZipf) {
  Mix mix;
  mix.learners = 1'000;
  mix.zipf = 1;
  const Workload load(mix, "r");
  std::map<std::string, int> sent;
  for (std::uint64_t i = 0; i < 20'000; ++i) ++sent[load.submission(i).key.substr(0, load.submission(i).key.find('/'))];
  EXPECT_NEAR(sent["p-1"], 20'000 / 7.485, 300) << "the first of 1,000 has one share of H(1000) = 7.485";
  EXPECT_NEAR(sent["p-2"], sent["p-1"] / 2.0, 200);
}

TEST(Workload, AnExampleShowsWhatWasTyped) {
  const Workload load(Mix{}, "r");
  std::uint64_t number = 0;
  while (load.expectation(number).fate != Fate::kGraded) ++number;
  const std::string part = load.expectation(number).parts.front().part;
  EXPECT_THAT(load.answers_of(number, part), testing::Not(testing::IsEmpty()));
  EXPECT_EQ(load.answers_of(number, "no-such-part"), "");
}

}  // namespace
}  // namespace otmetka::load
