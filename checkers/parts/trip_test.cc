// The documentation's own example, with the kinds that are in the catalogue.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "checkers/catalog.h"
#include "checkers/parts/parts.h"
#include "checkers/parts/settings.h"

namespace otmetka::checkers::parts {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::IsEmpty;

const char* const kTrip = R"(
  parts { id: "v" kind { [type.googleapis.com/otmetka.v1.NumericSettings] { answer: "72 км/ч" } } }
  parts { id: "t" weight { num: 2 den: 1 } kind { [type.googleapis.com/otmetka.v1.NumericSettings] {
    answer: "= 360 / v" unit_default: "ч" tolerance { text: "0.01" } follow: "v" } } }
  parts { id: "why" requires: "v" kind { [type.googleapis.com/otmetka.v1.TextSettings] { answer: "путь делить на время" } } })";

std::unique_ptr<const Checker> trip() {
  const std::unique_ptr<google::protobuf::Message> settings(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(settings_descriptor())->New());
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kTrip, settings.get()));
  MakeContext context;
  context.locale = "ru";
  context.find = &find_type;
  Made made = type().make(*settings, context);
  EXPECT_THAT(made.problems, IsEmpty());
  return std::move(made.checker);
}

Outcome grade(const std::string& v, const std::string& t, const std::string& why) {
  CheckContext context;
  context.locale = "ru";
  return trip()->check(MappingAnswer{{{"v", v}, {"t", t}, {"why", why}}}, context);
}

TEST(Trip, AllRight) { EXPECT_EQ(grade("72 км/ч", "5", "Путь делить на время").credit, Ratio(1)); }

TEST(Trip, AWrongSpeedIsPaidForOnceAndClosesTheGate) {
  const Outcome out = grade("70 км/ч", "5,14", "путь делить на время");
  EXPECT_EQ(out.credit, Ratio(1, 2));
  EXPECT_THAT(out.parts[1].outcome.feedback, Contains(Field(&Message::id, "parts.follow_through")));
  EXPECT_EQ(out.parts[2].outcome.status, Verdict::kGated);
}

TEST(Trip, AWrongTimeByEitherSpeedIsWrong) { EXPECT_EQ(grade("70 км/ч", "6", "").credit, Ratio(0)); }

TEST(Trip, TheFollowedMagnitudeIsInTheKeysUnit) {
  EXPECT_EQ(grade("20 м/с", "5", "").credit, Ratio(3, 4));  // 72 km/h in another unit
  EXPECT_EQ(grade("10 м/с", "10", "").credit, Ratio(1, 2));  // 36 km/h
}

TEST(Catalogue, EveryMessageHasBothLanguagesAndEveryCodeAHint) {
  for (const messages::Entry* entry : message_catalogue().entries()) {
    EXPECT_FALSE(entry->ru.empty() || entry->en.empty()) << entry->id;
  }
}

}  // namespace
}  // namespace otmetka::checkers::parts
