#include "queue/codec_answer.h"

#include <gtest/gtest.h>

#include "queue/codec.h"

namespace otmetka::queue {
namespace {

// Kind and content of each response in one line: `trip map{v=72} trip.why list[a|b]`.
struct Shown {
  std::string operator()(const TextAnswer& a) const { return "text(" + a.text + ")"; }
  std::string operator()(const ChoiceAnswer& a) const { return "choice" + joined(a.ticked); }
  std::string operator()(const SequenceAnswer& a) const { return "list" + joined(a.elements); }
  std::string operator()(const MappingAnswer& a) const {
    std::string out = "map{";
    for (const auto& [left, right] : a.pairs) out += left + "=" + right + ";";
    return out + "}";
  }
  std::string operator()(const FilesAnswer& a) const {
    std::string out = "files{";
    for (const auto& file : a.files) out += file.name + ":" + file.bytes + (file.blob_sha256.empty() ? "" : "#" + file.blob_sha256) + ";";
    return out + "}";
  }
  std::string operator()(const MisshapenAnswer& a) const { return "misshapen(" + a.reason.id + ")"; }

  static std::string joined(const std::vector<std::string>& list) {
    std::string out = "[";
    for (const auto& element : list) out += element + "|";
    return out + "]";
  }
};

std::string shown(std::string_view json) {
  const auto submission = decode_submission(R"({"responses":{"q":)" + std::string(json) + "}}", Encoding::kJson);
  if (!submission) return submission.failure().code();
  std::string out;
  for (const Response& r : submission->responses) {
    out += (out.empty() ? "" : " ") + r.part.value + " " + std::visit(Shown{}, r.answer);
  }
  return out;
}

TEST(ShortForm, EveryShapeOfAnswer) {
  const std::pair<std::string, std::string> rows[] = {
      {R"("9,8 м/с²")", "q text(9,8 м/с²)"},
      {"1e3", "q text(1e3)"},
      {"3.140", "q text(3.140)"},
      {"1e400", "q text(1e400)"},
      {"07", "OT302"},
      {"true", "q misshapen(OT319)"},
      {"false", "q misshapen(OT319)"},
      {R"("true")", "q text(true)"},
      {"null", ""},
      {R"("")", "q text()"},
      {R"(["a","b"])", "q list[a|b|]"},
      {R"([1, 2.50, "false"])", "q list[1|2.50|false|]"},
      {R"([1, false])", "q misshapen(OT320)"},
      {"[]", "q list[]"},
      {R"(["a", null])", "q misshapen(OT321)"},
      {R"([["a"]])", "q misshapen(OT320)"},
      {R"([{"a":1}])", "q misshapen(OT320)"},
      {R"({"Франция":"Париж","n":7})", "q map{Франция=Париж;n=7;}"},
      {"{}", "q map{}"},
      {R"({"a":null,"b":"1"})", "q map{b=1;}"},
      {R"({"files":{"main.py":"print 1","d":{"blob_sha256":"ab"}}})", "q files{main.py:print 1;d:#ab;}"},
      {R"({"files":{}})", "q files{}"},
      {R"({"files":{"main.py":["x"]}})", "q misshapen(OT326)"},
      {R"({"files":{"main.py":{"bytes":"x"}}})", "q misshapen(OT326)"},
      {R"({"files":"x"})", "q map{files=x;}"},
      {R"({"path":"ada/fizz.py"})", "q misshapen(OT324)"},
      {R"({"path":"a","v":"72"})", "q map{path=a;v=72;}"},
      {R"({"path":5})", "q map{path=5;}"},
  };
  for (const auto& [json, expected] : rows) EXPECT_EQ(shown(json), expected) << json;
}

TEST(ShortForm, AnItemOfPartsGivesItsNestedAnswersPartByPart) {
  const std::pair<std::string, std::string> rows[] = {
      {R"({"v":"72","t":"5","why":["a","b"]})", "q map{v=72;t=5;} q.why list[a|b|]"},
      {R"({"m":{"a":"b"}})", "q.m map{a=b;}"},
      {R"({"m":{"a":"b","c":null}})", "q.m map{a=b;}"},
      {R"({"v":true,"t":"5"})", "q map{t=5;} q.v misshapen(OT319)"},
      {R"({"v":false})", "q.v misshapen(OT319)"},
      {R"({"m":{"a":true}})", "q.m misshapen(OT320)"},
      {R"({"files":{"a.py":true}})", "q misshapen(OT326)"},
      {R"({"v":"1","prog":{"files":{"x.py":"y"}}})", "q map{v=1;} q.prog files{x.py:y;}"},
      {R"({"m":{"a":["deep"]}})", "q.m misshapen(OT320)"},
      {R"({"m":{"a":{"b":{"c":"deep"}}},"v":"1"})", "q map{v=1;} q.m misshapen(OT320)"},
      {R"({"m":[["deep"]],"v":null})", "q.m misshapen(OT320)"},
  };
  for (const auto& [json, expected] : rows) EXPECT_EQ(shown(json), expected) << json;
}

TEST(ShortForm, ThePathIsThereForTheReaderOfFiles) {
  const auto submission = decode_submission(R"({"responses":{"fizz":{"path":"ada/fizz.py"}}})", Encoding::kJson);
  ASSERT_TRUE(submission);
  const std::string* path = unread_path(submission->responses.at(0).answer);
  ASSERT_NE(path, nullptr);
  EXPECT_EQ(*path, "ada/fizz.py");
  EXPECT_EQ(unread_path(Answer(TextAnswer{"x"})), nullptr);
  EXPECT_EQ(unread_path(Answer(no_answer_shape())), nullptr);
}

TEST(ShortForm, OversizedAnswersAreMisshapenNotLost) {
  EXPECT_EQ(shown('"' + std::string(kMaxAnswerBytes, 'x') + '"').substr(0, 7), "q text(");
  EXPECT_EQ(shown('"' + std::string(kMaxAnswerBytes + 1, 'x') + '"'), "q misshapen(OT322)");
  std::string list = "[0";
  for (std::size_t i = 0; i < kMaxAnswerElements; ++i) list += ",0";
  EXPECT_EQ(shown(list + "]"), "q misshapen(OT323)");
}

TEST(AnswerJson, RoundTripsEveryShape) {
  const Answer answers[] = {TextAnswer{"9,8 \"м\"\n"},
                            TextAnswer{std::string("\0", 1)},
                            SequenceAnswer{{"a", "", "б"}},
                            MappingAnswer{{{"Франция", "Париж"}, {"", "x"}}},
                            MappingAnswer{},
                            FilesAnswer{{{"main.py", "print(1)\n", ""}, {"big", "", "ab12"}}}};
  for (const Answer& answer : answers) {
    const std::string json = answer_json(answer);
    const auto back = answer_from_json(json);
    ASSERT_TRUE(back) << json;
    EXPECT_EQ(back->index(), answer.index()) << json;
    EXPECT_EQ(std::visit(Shown{}, *back), std::visit(Shown{}, answer));
  }
}

TEST(AnswerJson, AChoiceComesBackAsAListAndNothingStaysNothing) {
  const std::string json = answer_json(ChoiceAnswer{{"b", "a"}});
  EXPECT_EQ(json, R"(["b","a"])");
  EXPECT_EQ(std::visit(Shown{}, *answer_from_json(json)), "list[b|a|]");
  EXPECT_EQ(answer_json(no_answer_shape()), "null");
  EXPECT_EQ(std::visit(Shown{}, *answer_from_json("null")), "misshapen(OT325)");
}

TEST(AnswerJson, BadBytesAreWrittenAsReplacementCharacters) {
  EXPECT_EQ(answer_json(TextAnswer{"a\xD0"}), "\"a\xEF\xBF\xBD\"");
  EXPECT_FALSE(answer_from_json("{").ok());
}

}  // namespace
}  // namespace otmetka::queue
