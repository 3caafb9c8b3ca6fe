// A text means the same through whatever door it comes: a JSON string, a mapping that answers parts, one part by itself, a
// cell of a table, a file of a learner's folder.
#include <gtest/gtest.h>

#include "checkers/catalog.h"
#include "engine/answers/answers_test_support.h"
#include "engine/grade_submission.h"
#include "engine/replay.h"
#include "engine/spec_check.h"
#include "queue/codec.h"

namespace otmetka::engine::answers {
namespace {

// The same four questions as items of their own and as parts of one.
constexpr const char* kSpec = R"(grade: v1
id: t
items:
- {id: k, choice: {right: [a, b], wrong: [c]}}
- {id: o, order: {sequence: [x, y, z], scoring: lis}}
- {id: m, match: {pairs: {Франция: Париж, Япония: Токио}}}
- {id: w, text: Москва}
- id: p
  parts:
    k: {choice: {right: [a, b], wrong: [c]}}
    o: {order: {sequence: [x, y, z], scoring: lis}}
    m: {match: {pairs: {Франция: Париж, Япония: Токио}}}
    w: {text: Москва}
)";

const CompiledSpec& spec() {
  static const CheckedSpec kChecked = check_spec_text(kSpec, "t.yaml", "", Depth::kCompile);
  return *kChecked.spec;
}

// "1 GRADED answer (choice.wrong)": all that is said of one part.
std::string told(const Submission& work, const std::string& id) {
  const ScoredResult result = *grade_submission(spec(), work, {.explain = true});
  for (const PartResult& part : result.parts) {
    if (part.part.value != id) continue;
    std::string out = part.credit.to_string() + " " + std::string(verdict_name(part.status)) + " " + part.rule_id;
    for (const Message& message : part.feedback) out += " (" + message.id + ")";
    return out;
  }
  return "no such part";
}

std::string from_json(const std::string& responses, const std::string& id) {
  const auto work = queue::decode_submission("{\"responses\":" + responses + "}", queue::Encoding::kJson);
  return work ? told(*work, id) : work.failure().code();
}

std::string from_file(const std::string& name, const std::string& bytes, const std::string& id) {
  const TestFolder folder;
  const std::string path = folder.write(name, bytes);
  auto reader = open_answers(name.ends_with(".csv") ? path : folder.path(), answer_shapes(spec()));
  if (!reader) return reader.failure().code();
  const auto row = (*reader)->next();
  return row && row->submission ? told(*row->submission, id) : "no row";
}

TEST(Doors, ATextIsReadAlikeThroughEachOfThem) {
  struct Row {
    std::string item, text, told;
  };
  const Row rows[] = {
      {"k", "a|b", "1 GRADED answer"},
      {"k", "a | b|", "1 GRADED answer"},
      {"k", "a", "0 GRADED wrong (choice.wrong)"},
      {"k", "|", "0 GRADED wrong (choice.empty)"},
      {"k", " ", "0 NOT_ATTEMPTED "},
      {"k", "a|z", "0 INVALID_INPUT  (choice.unknown)"},
      {"o", "x | y | z", "1 GRADED answer"},
      {"o", "z|x|y", "2/3 GRADED partial (order.partial)"},
      {"m", "Франция = Париж | Япония=Токио", "1 GRADED answer"},
      {"m", "Франция", "0 INVALID_INPUT  (OT350)"},
      {"w", "Москва", "1 GRADED answer"},
      {"w", "Москва|", "0 GRADED  (text.wrong)"},
  };
  for (const Row& row : rows) {
    const std::string quoted = "\"" + row.text + "\"";
    const std::string part = "p." + row.item;
    EXPECT_EQ(from_json("{\"" + row.item + "\":" + quoted + "}", row.item), row.told) << "a JSON string: " << row.text;
    EXPECT_EQ(from_json("{\"" + part + "\":" + quoted + "}", part), row.told) << "one part: " << row.text;
    EXPECT_EQ(from_json("{\"p\":{\"" + row.item + "\":" + quoted + "}}", part), row.told) << "a mapping of parts: " << row.text;
    for (const std::string& id : {row.item, part}) {
      EXPECT_EQ(from_file("a.csv", "learner_id," + id + "\np-1,\"" + row.text + "\"\n", id), row.told) << "a cell of " << id << ": " << row.text;
    }
    EXPECT_EQ(from_file("ada/" + row.item + ".txt", row.text, row.item), row.told) << "a file: " << row.text;
  }
}

TEST(Doors, LinesPartPiecesTooAndJsonListsAreTheSame) {
  EXPECT_EQ(from_file("ada/o.txt", "x\ny\n z \n", "o"), "1 GRADED answer");
  EXPECT_EQ(from_json(R"({"p": {"o": ["x", "y", "z"], "k": "a|b"}})", "p.o"), "1 GRADED answer");
  EXPECT_EQ(from_json(R"({"p": "k=a"})", "p.k"), "0 GRADED wrong (choice.wrong)");
}

TEST(Doors, APartOfAnItemWithoutPartsCostsTheItemNothing) {
  for (const char* json : {R"({"responses":{"w":"Москва","w.x":"y"}})", R"({"responses":{"w.x":"y","w":"Москва"}})"}) {
    const auto work = queue::decode_submission(json, queue::Encoding::kJson);
    const ScoredResult result = *grade_submission(spec(), *work, {});
    EXPECT_EQ(result.parts[3].credit, Ratio(1)) << json;
    EXPECT_EQ(result.notices, (std::vector<Message>{{"OT383", {std::string("w.x")}}})) << json;
  }
  EXPECT_EQ(from_json(R"({"w.x":"y"})", "w"), "0 INVALID_INPUT  (OT320)") << "alone it is an answer too deep";
}

TEST(Doors, WhatCouldNotBeReadIsQuotedInTheTraceAndComesBackFromIt) {
  for (const char* json : {R"({"w":[["a", 2.50]]})", R"({"m":"Франция"})", R"({"p":[["x"]]})", R"({"p.k":[["x"]], "p.w":"Москва"})",
                           R"({"w.x":"y"})", R"({"p":"abc"})", R"({"p":["a"]})"}) {
    const auto work = queue::decode_submission("{\"responses\":" + std::string(json) + "}", queue::Encoding::kJson);
    const ScoredResult stored = *grade_submission(spec(), *work, {.explain = true});
    for (const PartResult& part : stored.parts) {
      for (const Message& step : part.trace) {
        if (step.id == "trace.unreadable") {
          EXPECT_NE(std::get<std::string>(step.args[0]), "null") << json;
        }
      }
    }
    const auto again = replay(spec(), stored);
    ASSERT_TRUE(again) << json;
    EXPECT_EQ(queue::encode_result(*again), queue::encode_result(stored)) << json;
  }
  const auto work = queue::decode_submission(R"({"responses":{"w":[["a", 2.50]]}})", queue::Encoding::kJson);
  const ScoredResult stored = *grade_submission(spec(), *work, {.explain = true});
  EXPECT_EQ(checkers::message_catalogue().render(stored.parts[3].trace.front(), messages::Language::kEnglish),
            R"(the answer could not be made out: [["a",2.50]])");
}

}  // namespace
}  // namespace otmetka::engine::answers
