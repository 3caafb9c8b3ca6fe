#include "checkers/parts/parts.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <charconv>
#include <random>

#include "checkers/choice/choice.h"
#include "checkers/credit.h"
#include "checkers/digits/digits.h"
#include "checkers/match/match.h"
#include "checkers/order/order.h"
#include "checkers/parts/follower_test.pb.h"
#include "checkers/parts/settings.h"

namespace otmetka::checkers::parts {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

using Value = std::shared_ptr<const numeric::Quantity>;
using Pairs = std::vector<std::pair<std::string, std::string>>;

// Whole numbers stand in for quantities, which this kind never looks into.
Value boxed(std::int64_t n) {
  const auto owner = std::make_shared<const std::int64_t>(n);
  return {owner, reinterpret_cast<const numeric::Quantity*>(owner.get())};
}
std::int64_t unboxed(const Value& value) { return *reinterpret_cast<const std::int64_t*>(value.get()); }

class Follower : public Checker {
 public:
  Follower(v1::FollowerSettings settings, const Bindings& keys) : settings_(std::move(settings)), keys_(keys) {}

  Outcome check(const Answer& answer, const CheckContext& context) const override {
    const auto* text = std::get_if<TextAnswer>(&answer);
    if (text == nullptr) return wrong_shape(AnswerShape::kText, answer);
    Outcome out;
    out.answer_key = text->text;
    if (text->text.empty() || text->text == "?" || text->text == "hand") {
      out.status = text->text.empty() ? Verdict::kNotAttempted : text->text == "?" ? Verdict::kAmbiguous : Verdict::kNeedsHuman;
      return out;
    }
    std::int64_t typed = 0;
    if (std::from_chars(text->text.data(), text->text.data() + text->text.size(), typed).ec != std::errc{}) return invalid({"follower.bad", {}});
    out.value = boxed(typed);
    out.credit = typed == key(context.follow) ? 1 : text->text == settings_.entry() ? Ratio(1, 2) : 0;
    out.rule_id = out.credit == Ratio(1, 2) ? "accept[0]" : rule_of(out.credit);
    if (context.explain) out.trace.push_back({"follower.key", {key(context.follow)}});
    return out;
  }
  std::vector<Entry> entries() const override {
    if (settings_.entry().empty()) return {};
    return {{"accept[0]", "entry", TextAnswer{settings_.entry()}}};
  }
  Value key_value() const override { return boxed(key(nullptr)); }
  Int128 credit_denominator() const override { return 2; }

 private:
  std::int64_t key(const Bindings* own) const {
    std::int64_t sum = settings_.plus();
    for (const std::string& name : settings_.add()) {
      const bool follows = own != nullptr && own->contains(name) && std::count(settings_.follow().begin(), settings_.follow().end(), name) > 0;
      sum += unboxed(follows ? own->find(name)->second : keys_.find(name)->second);
    }
    return sum;
  }
  v1::FollowerSettings settings_;
  Bindings keys_;
};

Made make_follower(const google::protobuf::Message& settings, const MakeContext& context) {
  Made out;
  const auto& own = static_cast<const v1::FollowerSettings&>(settings);
  if (own.plus() < 0) {
    out.problems.push_back({{"follower.negative", {}}, "plus", 0, 0});
  } else {
    out.checker = std::make_unique<Follower>(own, *context.keys);
  }
  return out;
}

const CheckerType* find(std::string_view name) {
  static const CheckerType kTypes[] = {
      {"follower", AnswerShape::kText, false, &v1::FollowerSettings::descriptor, &make_follower, &credit_entries},
      choice::type(), digits::type(), match::type(), order::type(), type()};
  for (const CheckerType& type : kTypes) {
    if (type.settings()->full_name() == name) return &type;
  }
  return nullptr;
}

Made make(const std::string& text) {
  const std::unique_ptr<google::protobuf::Message> settings(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(settings_descriptor())->New());
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, settings.get())) << text;
  MakeContext context;
  context.find = &find;
  return type().make(*settings, context);
}

// One part in the text format; `rest` are its other fields.
std::string part(const std::string& id, const std::string& kind, const std::string& settings, const std::string& rest = "") {
  return "parts { id: \"" + id + "\" " + rest + " kind { [type.googleapis.com/otmetka.v1." + kind + "] { " + settings + " } } } ";
}

// v = 72; t = v + 5, following v, twice the weight; why, only with v.
std::string trip() {
  return part("v", "FollowerSettings", "plus: 72") +
         part("t", "FollowerSettings", R"(plus: 5 add: "v" follow: "v")", "weight { num: 2 den: 1 }") +
         part("why", "DigitsSettings", R"(answer: "12" order: ORDER_ANY)", R"(requires: "v")");
}

Outcome grade(const std::string& settings, Pairs pairs, bool explain = false) {
  const Made made = make(settings);
  EXPECT_THAT(made.problems, IsEmpty());
  CheckContext context;
  context.explain = explain;
  return made.checker->check(MappingAnswer{std::move(pairs)}, context);
}

std::vector<Verdict> statuses(const Outcome& outcome) {
  std::vector<Verdict> out;
  for (const Outcome::Part& p : outcome.parts) out.push_back(p.outcome.status);
  return out;
}

TEST(PartsCredit, IsTheWeightedSumAndEveryPartIsListed) {
  const Outcome out = grade(trip(), {{"why", "21"}, {"v", "72"}, {"t", "77"}});
  EXPECT_EQ(out.credit, Ratio(1));
  EXPECT_EQ(out.rule_id, "answer");
  EXPECT_EQ(out.status, Verdict::kGraded);
  ASSERT_EQ(out.parts.size(), 3U);
  EXPECT_EQ(out.parts[0].id, "v");
  EXPECT_EQ(out.parts[0].share, Ratio(1, 4));
  EXPECT_EQ(out.parts[1].share, Ratio(1, 2));
  EXPECT_EQ(out.answer_key, "v=72|t=77|why=12");
}

TEST(PartsCredit, APartWithoutAnAnswerIsListedAndEarnsNothing) {
  const Outcome out = grade(trip(), {{"t", "77"}});
  EXPECT_EQ(out.credit, Ratio(1, 2));
  EXPECT_EQ(out.rule_id, "partial");
  EXPECT_THAT(statuses(out), ElementsAre(Verdict::kNotAttempted, Verdict::kGraded, Verdict::kNotAttempted));
}

TEST(PartsFollow, AMistakeIsNotPaidForTwice) {
  const Outcome out = grade(trip(), {{"v", "70"}, {"t", "75"}, {"why", "12"}});
  EXPECT_EQ(out.credit, Ratio(1, 2));
  EXPECT_EQ(out.parts[1].outcome.credit, Ratio(1));
  const Message note{"parts.follow_through", {std::string("t"), std::string("v")}};
  EXPECT_THAT(out.parts[1].outcome.feedback, Contains(note));
  EXPECT_THAT(out.feedback, IsEmpty());
}

TEST(PartsFollow, TheKeyStillCountsAndNeedsNoNote) {
  const Outcome out = grade(trip(), {{"v", "70"}, {"t", "77"}});
  EXPECT_EQ(out.parts[1].outcome.credit, Ratio(1));
  EXPECT_THAT(out.parts[1].outcome.feedback, IsEmpty());
}

TEST(PartsFollow, WithoutAReadableEarlierValueOnlyTheKeyCounts) {
  for (const char* v : {"много", "?", ""}) EXPECT_EQ(grade(trip(), {{"v", v}, {"t", "75"}}).parts[1].outcome.credit, Ratio(0)) << v;
  EXPECT_EQ(grade(trip(), {{"t", "75"}}).parts[1].outcome.credit, Ratio(0));
}

TEST(PartsFollow, TheBetterOfBothStands) {
  const std::string settings = part("v", "FollowerSettings", "plus: 1") +
                               part("t", "FollowerSettings", R"(plus: 1 add: "v" follow: "v" entry: "9")");
  EXPECT_EQ(grade(settings, {{"v", "5"}, {"t", "9"}}).parts[1].outcome.rule_id, "accept[0]");  // half by the key, half by his own
  EXPECT_EQ(grade(settings, {{"v", "8"}, {"t", "9"}}).parts[1].outcome.credit, Ratio(1));
}

TEST(PartsFollow, GoesFromPartToPart) {
  const std::string settings = part("a", "FollowerSettings", "plus: 1") + part("b", "FollowerSettings", R"(plus: 1 add: "a" follow: "a")") +
                               part("c", "FollowerSettings", R"(add: "a" add: "b" follow: ["a", "b"])");
  EXPECT_EQ(grade(settings, {{"a", "2"}, {"b", "3"}, {"c", "5"}}).credit, Ratio(2, 3));
  EXPECT_EQ(grade(settings, {{"a", "2"}, {"b", "9"}, {"c", "11"}}).credit, Ratio(1, 3));
  EXPECT_EQ(grade(settings, {{"a", "2"}, {"b", "9"}, {"c", "5"}}).credit, Ratio(0));
}

TEST(PartsFollow, OnlyThePartsThatAreFollowedTakeTheLearnersValue) {
  const std::string settings = part("a", "FollowerSettings", "plus: 1") + part("b", "FollowerSettings", R"(plus: 1 add: "a")");
  EXPECT_EQ(grade(settings, {{"a", "2"}, {"b", "3"}}).credit, Ratio(0));
}

TEST(PartsGate, AFailedPartClosesItAndIsNamed) {
  const Outcome out = grade(trip(), {{"v", "70"}, {"t", "77"}, {"why", "12"}});
  EXPECT_EQ(out.parts[2].outcome.status, Verdict::kGated);
  EXPECT_EQ(out.parts[2].outcome.credit, Ratio(0));
  EXPECT_THAT(out.parts[2].outcome.feedback, ElementsAre(Message{"parts.gated", {std::string("why"), std::string("v")}}));
  EXPECT_EQ(out.status, Verdict::kGraded);
}

TEST(PartsGate, PartialCreditOpensIt) {
  const std::string settings = part("v", "FollowerSettings", R"(plus: 72 entry: "70")") + part("w", "FollowerSettings", "plus: 1", R"(requires: "v")");
  EXPECT_EQ(grade(settings, {{"v", "70"}, {"w", "1"}}).credit, Ratio(3, 4));
}

TEST(PartsGate, ReachesThroughOtherGates) {
  const std::string settings = part("a", "FollowerSettings", "plus: 1") + part("b", "FollowerSettings", "plus: 2", R"(requires: "a")") +
                               part("c", "FollowerSettings", "plus: 3", R"(requires: "b")") +
                               part("d", "FollowerSettings", "plus: 4", R"(requires: ["c", "a"])");
  const Outcome out = grade(settings, {{"a", "9"}, {"b", "2"}, {"c", "3"}, {"d", "4"}});
  EXPECT_EQ(out.credit, Ratio(0));
  EXPECT_THAT(statuses(out), ElementsAre(Verdict::kGraded, Verdict::kGated, Verdict::kGated, Verdict::kGated));
  EXPECT_THAT(out.parts[3].outcome.feedback,
              ElementsAre(Message{"parts.gated_through", {std::string("d"), std::string("c"), std::string("a")}}));
  EXPECT_EQ(grade(settings, {{"a", "1"}, {"b", "2"}, {"c", "3"}, {"d", "4"}}).credit, Ratio(1));
}

TEST(PartsGate, AFollowThroughOpensIt) {
  const std::string settings = part("v", "FollowerSettings", "plus: 1") + part("t", "FollowerSettings", R"(plus: 1 add: "v" follow: "v")") +
                               part("w", "FollowerSettings", "plus: 7", R"(requires: "t")");
  EXPECT_EQ(grade(settings, {{"v", "4"}, {"t", "5"}, {"w", "7"}}).credit, Ratio(2, 3));
}

TEST(PartsGate, AnUnansweredPartBehindItIsNotAttempted) {
  EXPECT_THAT(statuses(grade(trip(), {{"v", "70"}})), ElementsAre(Verdict::kGraded, Verdict::kNotAttempted, Verdict::kNotAttempted));
}

TEST(PartsStatus, OfTheItem) {
  const struct {
    Pairs pairs;
    Verdict expected;
  } rows[] = {{{{"v", "72"}, {"t", "?"}}, Verdict::kGraded},
              {{{"v", "x"}, {"t", "1"}}, Verdict::kGraded},
              {{{"v", "x"}, {"t", "?"}}, Verdict::kAmbiguous},
              {{{"v", "x"}, {"why", "12"}}, Verdict::kInvalidInput},
              {{{"why", "12"}}, Verdict::kGated},
              {{{"v", "hand"}, {"t", "77"}}, Verdict::kNeedsHuman},
              {{{"v", ""}}, Verdict::kNotAttempted},
              {{}, Verdict::kNotAttempted}};
  for (const auto& row : rows) EXPECT_EQ(grade(trip(), row.pairs).status, row.expected) << ::testing::PrintToString(row.pairs);
}

TEST(PartsAnswerForms, AnswersMayComePartByPart) {
  const Made made = make(trip());
  const auto& checker = static_cast<const PartsChecker&>(*made.checker);
  const Response responses[] = {{PartId("t"), TextAnswer{"77"}}, {PartId("v"), TextAnswer{"72"}}};
  EXPECT_EQ(checker.check_all(nullptr, responses, {}).credit, Ratio(3, 4));
  EXPECT_EQ(checker.part_shapes()[1].id, "t");
}

TEST(PartsAnswerForms, AnAnswerToAnUnknownPartIsToldAndCostsNothing) {
  const Outcome out = grade(trip(), {{"v", "72"}, {"z", "1"}});
  EXPECT_EQ(out.credit, Ratio(1, 4));
  EXPECT_THAT(out.feedback, Contains(Message{"parts.unknown", {std::string("z")}}));
  EXPECT_EQ(grade(trip(), {{"z", "1"}}).status, Verdict::kInvalidInput);
}

TEST(PartsAnswerForms, APartAnsweredTwiceIsInvalid) {
  const Outcome out = grade(trip(), {{"v", "72"}, {"t", "77"}, {"v", "72"}});
  EXPECT_EQ(out.parts[0].outcome.status, Verdict::kInvalidInput);
  EXPECT_EQ(out.parts[0].outcome.feedback.front(), (Message{"parts.repeated", {std::string("v")}}));
  EXPECT_EQ(out.credit, Ratio(1, 2));
}

TEST(PartsAnswerForms, AnotherShapeIsInvalidInEveryPart) {
  const Made made = make(trip());
  for (const Answer& answer : {Answer(TextAnswer{"72"}), Answer(ChoiceAnswer{{"v"}}), Answer(SequenceAnswer{}), Answer(FilesAnswer{}),
                               Answer(MisshapenAnswer{{"answer.nested", {}}})}) {
    const Outcome out = made.checker->check(answer, {});
    EXPECT_EQ(out.status, Verdict::kInvalidInput);
    EXPECT_THAT(statuses(out), ElementsAre(Verdict::kInvalidInput, Verdict::kInvalidInput, Verdict::kInvalidInput));
    EXPECT_FALSE(out.parts[2].outcome.feedback.empty());
    EXPECT_TRUE(out.feedback.empty()) << "said of each part, not once more of the last";
  }
  EXPECT_EQ(made.checker->check(TextAnswer{" "}, {}).status, Verdict::kNotAttempted);
}

TEST(PartsAnswerForms, ListsAndPairsAreWrittenInOneLine) {
  const std::string settings =
      part("c", "ChoiceSettings", R"(right { id: "a" } right { id: "b" } wrong { id: "c" })") +
      part("m", "MatchSettings", R"(pairs { left: "k" right: "1" } pairs { left: "l" right: "2" })") +
      part("o", "OrderSettings", R"(sequence: ["x", "y", "z"] scoring: SCORING_LIS)");
  EXPECT_EQ(grade(settings, {{"c", "b|a"}, {"m", "l=2|k=1"}, {"o", "x|y|z"}}).credit, Ratio(1));
  const Outcome out = grade(settings, {{"c", "a|a"}, {"m", "l"}, {"o", "y|z|x"}});
  EXPECT_THAT(statuses(out), ElementsAre(Verdict::kInvalidInput, Verdict::kInvalidInput, Verdict::kGraded));
  EXPECT_EQ(out.credit, Ratio(2, 9));
  EXPECT_EQ(out.parts[1].outcome.feedback.front(), (Message{"OT350", {std::string("l")}}));
}

TEST(PartsTrace, ShowsBothJudgementsAndTheSum) {
  const Outcome out = grade(trip(), {{"v", "70"}, {"t", "75"}}, true);
  EXPECT_THAT(out.parts[1].outcome.trace,
              ElementsAre(Message{"follower.key", {std::int64_t{77}}}, Message{"parts.judged_again", {std::string("v")}},
                          Message{"follower.key", {std::int64_t{75}}}, Message{"parts.better", {Ratio(0), Ratio(1)}}));
  EXPECT_THAT(out.trace, ElementsAre(Message{"parts.term", {std::string("v"), Ratio(1, 4), Ratio(0), Ratio(0)}},
                                     Message{"parts.term", {std::string("t"), Ratio(1, 2), Ratio(1), Ratio(1, 2)}},
                                     Message{"parts.term", {std::string("why"), Ratio(1, 4), Ratio(0), Ratio(0)}},
                                     Message{"parts.sum", {Ratio(1, 2)}}));
  EXPECT_THAT(grade(trip(), {{"v", "70"}, {"t", "75"}}).trace, IsEmpty());
}

TEST(PartsEntries, AreThoseOfThePartsUnderTheirNames) {
  const Made made = make(part("a", "FollowerSettings", R"(plus: 1 entry: "5")") +
                         part("b", "FollowerSettings", R"(plus: 1 entry: "6")", R"(requires: "a")"));
  const std::vector<Entry> entries = made.checker->entries();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].rule_id, "a.accept[0]");
  EXPECT_EQ(entries[0].path, "parts[0].follower.entry");
  ASSERT_TRUE(entries[0].example.has_value());
  EXPECT_TRUE(met(made.checker->check(*entries[0].example, {}), "a.accept[0]"));
  EXPECT_FALSE(met(made.checker->check(*entries[0].example, {}), "b.accept[0]"));
  EXPECT_FALSE(entries[1].example.has_value());
}

TEST(PartsSpec, ProblemsNameTheirPlace) {
  const std::string v = part("v", "FollowerSettings", "plus: 1");
  const struct {
    std::string settings;
    const char* expected;
  } rows[] = {{"", "OT190 parts"},
              {part("v", "FollowerSettings", "plus: 1", R"(requires: "t")") + part("t", "FollowerSettings", "plus: 1"), "OT197 parts[0].requires[0]"},
              {part("v", "FollowerSettings", "plus: 1", R"(requires: "v")"), "OT197 parts[0].requires[0]"},
              {v + part("t", "FollowerSettings", R"(add: "v" follow: "x")"), "OT197 parts[1].follower.follow[0]"},
              {part("d", "DigitsSettings", R"(answer: "1")") + part("t", "FollowerSettings", R"(follow: "d")"), "OT197 parts[1].follower.follow[0]"},
              {v + v, "OT191 parts[1].id"},
              {part("", "FollowerSettings", ""), "OT186 parts[0].id"},
              {part("v", "FollowerSettings", "plus: -1"), "follower.negative parts[0].follower.plus"},
              {part("v", "DigitsSettings", ""), "OT189 parts[0].digits.answer"},
              {part("v", "PartsSettings", part("w", "FollowerSettings", "")), "OT198 parts[0].parts"},
              {R"(parts { id: "v" })", "OT175 parts[0]"},
              {R"(parts { id: "v" kind { type_url: "x/otmetka.v1.DigitsSettings" value: "\377" } })", "OT177 parts[0].digits"},
              {part("v", "FollowerSettings", "", "weight { num: 0 den: 1 }"), "OT177 "},
              {part("v", "FollowerSettings", "", "weight { num: 1 den: 0 }"), "OT177 "},
              {part("v", "FollowerSettings", "", "weight { num: 9223372036854775807 den: 1 }"), "OT177 "}};
  for (const auto& row : rows) {
    const Made made = make(row.settings);
    EXPECT_EQ(made.checker, nullptr) << row.settings;
    std::vector<std::string> codes;
    for (const Problem& problem : made.problems) codes.push_back(problem.message.id + " " + problem.path);
    EXPECT_THAT(codes, Contains(row.expected)) << row.settings;
  }
}

TEST(PartsSpec, ABrokenPartIsReportedOnceAndOthersMayNameIt) {
  const Made made = make(part("v", "FollowerSettings", "plus: -1") + part("t", "FollowerSettings", "plus: 1", R"(requires: "v")"));
  ASSERT_EQ(made.problems.size(), 1U);
  EXPECT_EQ(made.problems[0].path, "parts[0].follower.plus");
}

TEST(PartsSpec, DenominatorsStayExactAndBounded) {
  EXPECT_EQ(make(trip()).checker->credit_denominator(), 8);
  const std::string thirds = part("a", "FollowerSettings", "") + part("b", "FollowerSettings", "") + part("c", "FollowerSettings", "");
  EXPECT_EQ(make(thirds).checker->credit_denominator(), 6);
  std::string primes;
  const int dens[] = {999983, 999979, 999961, 999959};
  for (const int den : dens) primes += part("p" + std::to_string(den), "FollowerSettings", "", "weight { num: 1 den: " + std::to_string(den) + " }");
  const Made fine = make(primes);
  EXPECT_EQ(fine.checker, nullptr);
}

// Shares and credits as integers over one denominator, against the sum of ratios.
TEST(PartsProperty, AHundredThousandRandomWeightsAddUpExactly) {
  const std::uint64_t seed = std::random_device{}();
  std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
  std::mt19937_64 random(seed);
  const auto dice = [&](std::uint64_t low, std::uint64_t high) { return low + random() % (high - low + 1); };
  for (int spec = 0; spec < 200; ++spec) {
    const std::uint64_t n = dice(1, 12);
    std::string settings;
    std::vector<std::uint64_t> weights;
    std::uint64_t sum = 0;
    for (std::uint64_t i = 0; i < n; ++i) {
      weights.push_back(dice(1, 50));
      sum += weights.back();
      settings += part("p" + std::to_string(i), "FollowerSettings", R"(plus: 1 entry: "2")",
                       "weight { num: " + std::to_string(weights.back()) + " den: 7 }");
    }
    const Made made = make(settings);
    ASSERT_NE(made.checker, nullptr);
    Ratio shares;
    for (const Part& p : static_cast<const PartsChecker&>(*made.checker).parts()) shares += p.share;
    ASSERT_EQ(shares, Ratio(1)) << "seed " << seed;
    for (int answer = 0; answer < 500; ++answer) {
      MappingAnswer mapping;
      std::uint64_t halves = 0;
      for (std::uint64_t i = 0; i < n; ++i) {
        const std::uint64_t earned = dice(0, 2);
        mapping.pairs.emplace_back("p" + std::to_string(i), earned == 2 ? "1" : earned == 1 ? "2" : "3");
        halves += weights[i] * earned;
      }
      const Ratio credit = made.checker->check(mapping, {}).credit;
      ASSERT_EQ(credit, Ratio(static_cast<Int128>(halves), static_cast<Int128>(2 * sum))) << "seed " << seed;
      ASSERT_EQ((credit * Ratio(made.checker->credit_denominator(), 1)).den(), 1) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace otmetka::checkers::parts
