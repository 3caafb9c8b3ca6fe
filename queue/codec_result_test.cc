#include <set>

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include "proto/result.pb.h"
#include "queue/codec.h"
#include "queue/codec_test_data.h"
#include "queue/json_reader.h"
#include "tests/support/seeds.h"

namespace otmetka::queue {
namespace {

using google::protobuf::util::MessageDifferencer;

v1::ScoredResult random_result(unsigned seed) {
  v1::ScoredResult result;
  RandomMessage(seed).fill(result);
  result.set_raw_micro(Ratio(result.raw().num(), result.raw().den()).to_micro());
  return result;
}

// Names of all members at all depths: `parts[].credit.num`.
void collect(const JsonNode& node, const std::string& path, std::set<std::string>& out) {
  for (const JsonNode& child : node) {
    const std::string name = node.is_array() ? path + "[]" : path + "." + std::string(child.key);
    out.insert(name);
    if (child.is_array() || child.is_object()) collect(child, name, out);
  }
}

std::set<std::string> names(std::string_view json) {
  JsonReader reader;
  const auto root = reader.read(json);
  std::set<std::string> out;
  if (root) collect(**root, "", out);
  return out;
}

TEST(ResultProtobuf, GeneratedClassesReadBackEveryFieldWeWrite) {
  for (unsigned seed = 0; seed < seeds(500); ++seed) {
    const v1::ScoredResult message = random_result(seed);
    const auto result = decode_result(message.SerializeAsString());
    ASSERT_TRUE(result) << message.DebugString();
    v1::ScoredResult back;
    ASSERT_TRUE(back.ParseFromString(encode_result(*result)));
    EXPECT_TRUE(MessageDifferencer::Equals(message, back)) << message.DebugString() << back.DebugString();
  }
}

TEST(ResultJson, IsProtobufsOwnMapping) {
  for (unsigned seed = 0; seed < seeds(300); ++seed) {
    v1::ScoredResult message = random_result(seed);
    const bool traces = seed % 2 == 0;
    std::string ours;
    append_json(*decode_result(message.SerializeAsString()), {.traces = traces}, ours);
    if (!traces) {
      for (v1::PartResult& part : *message.mutable_parts()) part.clear_trace();
    }
    google::protobuf::util::JsonPrintOptions options;
    options.preserve_proto_field_names = true;
    options.always_print_primitive_fields = true;
    std::string theirs;
    ASSERT_TRUE(MessageToJsonString(message, &theirs, options).ok());
    EXPECT_EQ(names(ours), names(theirs)) << ours << theirs;
    v1::ScoredResult back;
    const auto status = google::protobuf::util::JsonStringToMessage(ours, &back);
    ASSERT_TRUE(status.ok()) << status << ours;
    EXPECT_TRUE(MessageDifferencer::Equals(message, back)) << ours;
    EXPECT_EQ(ours.find('\n'), std::string::npos);
  }
}

TEST(ResultJson, ZeroesAreWritten) {
  ScoredResult result;
  result.parts.emplace_back();
  std::string json;
  append_json(result, {}, json, R"(,"final":"0")");
  EXPECT_NE(json.find(R"("raw":{"num":"0","den":"1"})"), std::string::npos) << json;
  EXPECT_NE(json.find(R"("raw_micro":"0")"), std::string::npos);
  EXPECT_NE(json.find(R"("consumes_attempt":false)"), std::string::npos);
  EXPECT_NE(json.find(R"("status":"NOT_ATTEMPTED")"), std::string::npos);
  EXPECT_EQ(json.substr(json.size() - 13), R"(,"final":"0"})") << json;
}

TEST(ResultProtobuf, ResultsAreReadableEvenWhereAnAnswerIsNoUtf8) {
  ScoredResult result;
  auto& part = result.parts.emplace_back();
  part.part = PartId("q\xFF");
  part.answer_key = "\xD0";
  part.feedback.push_back({"say", {std::string("\x80"), std::string()}});
  v1::ScoredResult read;
  ASSERT_TRUE(read.ParseFromString(encode_result(result)));
  EXPECT_EQ(read.parts(0).answer_key(), "\xEF\xBF\xBD");
  EXPECT_EQ(read.parts(0).feedback(0).args(0).text(), "\xEF\xBF\xBD");
}

TEST(ResultProtobuf, DamageIsRefused) {
  const std::string good = random_result(5).SerializeAsString();
  ASSERT_TRUE(decode_result(good).ok());
  int refused = 0;
  for (std::size_t cut = 1; cut < good.size(); ++cut) {
    const auto part = decode_result(std::string_view(good).substr(0, cut));
    if (part) continue;
    EXPECT_EQ(part.failure().code(), "OT309");
    ++refused;
  }
  EXPECT_GT(refused, static_cast<int>(good.size() / 2));
  v1::ScoredResult strange;
  strange.mutable_raw()->set_num(1);  // a denominator of zero
  EXPECT_FALSE(decode_result(strange.SerializeAsString()).ok());
  strange.Clear();
  strange.set_progress(static_cast<v1::Progress>(9));
  EXPECT_FALSE(decode_result(strange.SerializeAsString()).ok());
}

TEST(ResultProtobuf, AnAbsentRatioIsZeroAndAnUnreducedOneIsReduced) {
  v1::ScoredResult message;
  message.mutable_maximum()->set_num(4);
  message.mutable_maximum()->set_den(6);
  const auto result = decode_result(message.SerializeAsString());
  ASSERT_TRUE(result);
  EXPECT_EQ(result->raw, Ratio(0));
  EXPECT_EQ(result->maximum, Ratio(2, 3));
}

TEST(ResultProtobuf, ARatioPastTheWireIsWrittenToTheMillionth) {
  ScoredResult result;
  result.raw = Ratio(Int128{10'000'000'000} * 1'000'000'000'000 + 1, 1'000'000'000'000);
  const auto back = decode_result(encode_result(result));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->raw, Ratio(10'000'000'000));
}

TEST(JsonString, EscapesWhatJsonNeedsAndReplacesWhatIsNoUtf8) {
  const std::pair<std::string, std::string> rows[] = {
      {"", R"("")"},
      {"Жук 😀", R"("Жук 😀")"},
      {"a\"b\\c\n\r\t", R"("a\"b\\c\n\r\t")"},
      {std::string("\0\x1F\x7F", 3), R"("\u0000\u001f\u007f")"},
      {"x\xFFy\xD0", "\"x\xEF\xBF\xBDy\xEF\xBF\xBD\""}};
  for (const auto& [text, json] : rows) {
    std::string out;
    append_json_string(text, out);
    EXPECT_EQ(out, json);
  }
}

}  // namespace
}  // namespace otmetka::queue
