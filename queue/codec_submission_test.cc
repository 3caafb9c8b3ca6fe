#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include "messages/catalogue.h"
#include "proto/submission.pb.h"
#include "queue/codec.h"
#include "queue/codec_submission_json.h"
#include "queue/codec_test_data.h"
#include "tests/support/seeds.h"

namespace otmetka::queue {
namespace {

using google::protobuf::util::JsonPrintOptions;
using google::protobuf::util::MessageDifferencer;
using google::protobuf::util::MessageToJsonString;

v1::SubmissionEvent random_event(unsigned seed) {
  v1::SubmissionEvent event;
  RandomMessage(seed).fill(event);
  // What the codec does not keep: the producer's own hash, and any schema version but its own.
  event.clear_payload_sha256();
  event.set_schema_version(1);
  for (v1::Response& response : *event.mutable_responses()) {
    if (response.has_unreadable()) response.mutable_unreadable()->mutable_reason()->set_id("OT320");  // none is no answer at all
    if (!response.has_files()) continue;
    for (auto& file : *response.mutable_files()->mutable_files()) {
      if (file.has_blob_sha256()) file.set_blob_sha256("ab" + file.blob_sha256());  // an empty hash names nothing
    }
  }
  return event;
}

TEST(SubmissionProtobuf, GeneratedClassesReadBackEveryFieldWeWrite) {
  for (unsigned seed = 0; seed < seeds(500); ++seed) {
    const v1::SubmissionEvent event = random_event(seed);
    const auto submission = decode_submission(event.SerializeAsString(), Encoding::kProtobuf);
    ASSERT_TRUE(submission) << seed << event.DebugString();
    v1::SubmissionEvent back;
    ASSERT_TRUE(back.ParseFromString(encode_submission(*submission))) << seed;
    EXPECT_TRUE(MessageDifferencer::Equals(event, back)) << event.DebugString() << back.DebugString();
  }
}

TEST(SubmissionJson, ProtobufsOwnJsonReadsAsItsBinary) {
  for (unsigned seed = 0; seed < 400; ++seed) {
    v1::SubmissionEvent event = random_event(seed);
    for (v1::Response& response : *event.mutable_responses()) {
      if (response.has_unreadable()) response.mutable_text();  // what only this program's own readers write
    }
    JsonPrintOptions options;
    options.preserve_proto_field_names = seed % 2 == 0;
    options.always_print_enums_as_ints = seed % 3 == 0;
    options.always_print_primitive_fields = seed % 5 < 2;
    options.add_whitespace = seed % 7 == 0;
    std::string json;
    ASSERT_TRUE(MessageToJsonString(event, &json, options).ok());
    const auto from_json = decode_submission(json, Encoding::kJson);
    const bool blank = event.responses_size() == 0 && !options.always_print_primitive_fields && event.submission_id().empty();
    ASSERT_EQ(from_json.ok(), !blank) << json;
    if (blank) continue;
    const auto from_wire = decode_submission(event.SerializeAsString(), Encoding::kProtobuf);
    EXPECT_EQ(encode_submission(*from_json), encode_submission(*from_wire)) << json;
    EXPECT_TRUE(from_json->notices.empty()) << json;
  }
}

TEST(SubmissionProtobuf, AnswersMayBeAnyBytes) {
  Submission submission;
  submission.responses.push_back({PartId("q"), TextAnswer{"\xFF\xD0"}});
  submission.responses.push_back({PartId("r"), SequenceAnswer{{"\x80", ""}}});
  const auto back = decode_submission(encode_submission(submission), Encoding::kProtobuf);
  ASSERT_TRUE(back);
  EXPECT_EQ(std::get<TextAnswer>(back->responses.at(0).answer).text, "\xFF\xD0");
  EXPECT_EQ(std::get<SequenceAnswer>(back->responses.at(1).answer).elements, (std::vector<std::string>{"\x80", ""}));
}

TEST(SubmissionProtobuf, AResponseWithoutAKnownAnswerIsMisshapen) {
  v1::SubmissionEvent event;
  event.add_responses()->set_part_id("q");
  std::string bytes = event.SerializeAsString();
  bytes += std::string("\x9A\x01\x05\x0A\x01r\x42\x00", 8);  // part `r` with an answer of field 8, which nobody knows yet
  const auto submission = decode_submission(bytes, Encoding::kProtobuf);
  ASSERT_TRUE(submission);
  ASSERT_EQ(submission->responses.size(), 2u);
  for (const Response& response : submission->responses) {
    EXPECT_EQ(std::get<MisshapenAnswer>(response.answer).reason.id, "OT325");
  }
  EXPECT_EQ(submission->responses[1].part.value, "r");
  const auto again = decode_submission(encode_submission(*submission), Encoding::kProtobuf);
  ASSERT_TRUE(again);
  EXPECT_TRUE(std::holds_alternative<MisshapenAnswer>(again->responses.at(0).answer));
}

TEST(SubmissionProtobuf, AMisshapenAnswerKeepsItsReasonAndWhatWasTyped) {
  Submission submission;
  submission.responses.push_back({PartId("q"), misshapen({"OT320", {}}, "[[1]]")});
  const auto back = decode_submission(encode_submission(submission), Encoding::kProtobuf);
  ASSERT_TRUE(back);
  const auto& answer = std::get<MisshapenAnswer>(back->responses.at(0).answer);
  EXPECT_EQ(answer.reason, (Message{"OT320", {}}));
  EXPECT_EQ(answer.raw, "[[1]]");
}

TEST(SubmissionJson, AMisshapenAnswerKeepsTheFirst4KiBOfWhatWasTyped) {
  const auto raw = [](const std::string& json) {
    const auto s = decode_submission(R"({"responses":{"q":)" + json + "}}", Encoding::kJson);
    return std::get<MisshapenAnswer>(s->responses.at(0).answer).raw;
  };
  EXPECT_EQ(raw(R"([["a", 2.50], {"b" : null}])"), R"([["a",2.50],{"b":null}])");
  EXPECT_EQ(raw(R"({"files":{"main.py":["x"]}})"), R"({"main.py":["x"]})");
  EXPECT_EQ(raw("[[\"" + std::string(100'000, 'x') + "\"]]").size(), kMaxRawBytes);
}

TEST(SubmissionProtobuf, DamageIsRefusedWhole) {
  const std::string good = random_event(3).SerializeAsString();
  int refused = 0;
  for (std::size_t cut = 1; cut < good.size(); ++cut) {
    const auto part = decode_submission(std::string_view(good).substr(0, cut), Encoding::kProtobuf);
    if (!part) {
      EXPECT_EQ(part.failure().code(), "OT308");
      ++refused;
    }
  }
  EXPECT_GT(refused, static_cast<int>(good.size() / 2));
  const std::string_view damaged[] = {
      {"\x00", 1},                          // field 0
      {"\x0B", 1},                          // a group
      {"\x0A\xFF\xFF\xFF\xFF\x0F", 6},      // a length past the end
      {"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01", 11},
      {"\x08\x01", 2},                      // tenant_id as a number
      {"\x30\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01", 11},  // attempt −1
      {"\x70\x07", 2},                      // priority 7
      {"\x42\x02\x08\xFF", 4},              // a torn time inside
  };
  for (const auto bytes : damaged) {
    EXPECT_FALSE(decode_submission(bytes, Encoding::kProtobuf).ok()) << testing::PrintToString(std::string(bytes));
  }
}

TEST(SubmissionProtobuf, TimesOutsideTheCalendarAreRefused) {
  for (const std::int64_t seconds : {std::int64_t{-1}, std::int64_t{253'402'300'800}}) {
    v1::SubmissionEvent event;
    event.mutable_submitted_at()->set_seconds(seconds);
    EXPECT_FALSE(decode_submission(event.SerializeAsString(), Encoding::kProtobuf).ok()) << seconds;
  }
}

TEST(SubmissionProtobuf, EnvelopeTextsMustBeUtf8) {
  Submission submission;
  submission.learner = LearnerId("\xFF");
  const auto back = decode_submission(encode_submission(submission), Encoding::kProtobuf);
  ASSERT_FALSE(back);
  EXPECT_EQ(back.failure().code(), "OT310");
}

TEST(Submission, SizeAndNumberOfResponsesAreBounded) {
  const std::string large(kMaxSubmissionBytes + 1, ' ');
  for (const Encoding encoding : {Encoding::kJson, Encoding::kProtobuf}) {
    EXPECT_EQ(decode_submission(large, encoding).failure().code(), "OT301");
  }
  Submission most;
  for (std::size_t i = 0; i < kMaxResponses; ++i) most.responses.push_back({PartId("q"), TextAnswer{}});
  EXPECT_TRUE(decode_submission(encode_submission(most), Encoding::kProtobuf).ok());
  most.responses.push_back({PartId("q"), TextAnswer{}});
  EXPECT_EQ(decode_submission(encode_submission(most), Encoding::kProtobuf).failure().code(), "OT315");
  std::string line = R"({"responses":{"a":0)";
  for (std::size_t i = 0; i < kMaxResponses; ++i) line += ",\"" + std::to_string(i) + "\":0";
  EXPECT_EQ(decode_submission(line + "}}", Encoding::kJson).failure().code(), "OT315");
}

TEST(SubmissionJson, AnAnswersLine) {
  const auto s = decode_submission(
      R"({"learner_id": "p-1", "attempt_no": 2, "submitted_at": "2026-11-23T10:15:00Z", "responses": {"v": 72}})", Encoding::kJson);
  ASSERT_TRUE(s);
  EXPECT_EQ(s->learner.value, "p-1");
  EXPECT_EQ(s->attempt_no, 2);
  EXPECT_EQ(to_rfc3339(s->submitted_at.value()), "2026-11-23T10:15:00Z");
  EXPECT_EQ(std::get<TextAnswer>(s->responses.at(0).answer).text, "72");
}

TEST(SubmissionJson, WhatIsWrongWithTheEnvelopeIsSaidWithACode) {
  const std::pair<std::string, std::string> rows[] = {
      {R"([])", "OT304"},
      {R"("x")", "OT304"},
      {R"({})", "OT316"},
      {R"({"learner_id":"p"})", "OT316"},
      {R"({"response":{"v":"72"}})", "OT317"},
      {R"({"submission_id":"s"})", ""},
      {R"({"submission_id":"s","respones":{}})", "OT317"},
      {R"({"submission_id":"s","other":{}})", "OT316"},
      {R"({"responses":null})", ""},
      {R"({"responses":"x"})", "OT314"},
      {R"({"responses":{},"learner_id":["p"]})", "OT314"},
      {R"({"responses":{},"learner_id":true})", "OT314"},
      {R"({"responses":{},"learner_id":null})", ""},
      {R"({"responses":{},"learner_id":7})", ""},
      {R"({"responses":{},"learner_id":"\ud800"})", "OT310"},
      {R"({"responses":{},"learner_id":"a","learnerId":"b"})", "OT318"},
      {R"({"responses":{},"responses":{}})", "OT305"},
      {R"({"responses":{"q":1,"q":2}})", "OT305"},
      {R"({"responses":{},"gradeEpoch":"12"})", ""},
      {R"({"responses":{},"gradeEpoch":12})", ""},
  };
  for (const auto& [json, code] : rows) {
    const auto s = decode_submission(json, Encoding::kJson);
    EXPECT_EQ(s ? "" : s.failure().code(), code) << json;
  }
}

TEST(SubmissionJson, UnknownKeysBecomeNotices) {
  const auto s = decode_submission(
      R"({"lerner_id":"p","zzz":{"deep":[1]},"responses":[{"part_id":"q","textt":{},"text":{"text":"1"}}]})", Encoding::kJson);
  ASSERT_TRUE(s);
  ASSERT_EQ(s->notices.size(), 3u);
  EXPECT_EQ(s->notices[0], (Message{"OT330", {std::string("textt"), std::string("text")}}));
  EXPECT_EQ(s->notices[1], (Message{"OT330", {std::string("lerner_id"), std::string("learner_id")}}));
  EXPECT_EQ(s->notices[2], (Message{"OT331", {std::string("zzz")}}));
}

TEST(SubmissionJson, NoticesAreBounded) {
  std::string line = R"({"responses":{})";
  for (int i = 0; i < 1000; ++i) line += ",\"lerner_" + std::to_string(i) + "\":0";
  EXPECT_EQ(decode_submission(line + "}", Encoding::kJson)->notices.size(), kMaxKeyNotices);
}

TEST(SubmissionJson, AnEventsMisshapenAnswersSpoilOnlyTheirPart) {
  const std::pair<std::string, std::string> rows[] = {
      {R"({"text":"x"})", "OT320"},
      {R"({"text":{"text":["x"]}})", "OT320"},
      {R"({"choice":{"ticked":["a",null]}})", "OT321"},
      {R"({"mapping":{"pairs":[{"left":{}}]}})", "OT320"},
      {R"({"files":{"files":[{"name":"a","bytes":"*"}]}})", "OT327"},
      {R"({"files":{"files":[{"name":"a","bytes":"YQ","blobSha256":"ab"}]}})", "OT327"},
      {R"({"files":{"files":[{"bytes":"YQ=="}]}})", "OT327"},
      {R"({"files":{"files":[{"name":"a","bytes":"YQ=="},{"name":"a","bytes":"Yg=="}]}})", "OT328"},
      {R"({"mapping":{"pairs":[{"left":"a","right":"1"},{"left":"b"},{"left":"a","right":"2"}]}})", "OT328"},
      {R"({"text":{},"choice":{}})", "OT325"},
      {R"({})", "OT325"},
      {R"("x")", "OT325"},
  };
  for (const auto& [json, code] : rows) {
    const auto s = decode_submission(R"({"responses":[)" + json + R"(,{"partId":"ok","text":{"text":"1"}}]})", Encoding::kJson);
    ASSERT_TRUE(s) << json;
    ASSERT_EQ(s->responses.size(), 2u);
    const auto* reason = std::get_if<MisshapenAnswer>(&s->responses[0].answer);
    ASSERT_NE(reason, nullptr) << json;
    EXPECT_EQ(reason->reason.id, code) << json;
    EXPECT_TRUE(std::holds_alternative<TextAnswer>(s->responses[1].answer));
  }
}

TEST(SubmissionJson, Base64InEitherAlphabetWithOrWithoutPadding) {
  for (const std::string typed : {"-_8=", "+/8=", "-_8", "+/8"}) {
    const auto s = decode_submission(R"({"responses":[{"files":{"files":[{"name":"a","bytes":")" + typed + R"("}]}}]})", Encoding::kJson);
    EXPECT_EQ(std::get<FilesAnswer>(s->responses.at(0).answer).files.at(0).bytes, "\xFB\xFF") << typed;
  }
}

// Every code that a reader may give has words in both languages.
TEST(InputMessages, AreCompleteInBothLanguages) {
  for (const messages::Entry& entry : messages::input_entries()) {
    EXPECT_FALSE(entry.ru.empty() || entry.en.empty() || entry.hint_ru.empty() || entry.hint_en.empty()) << entry.id;
  }
}

TEST(SubmissionJson, AttemptZeroIsAMistakeInAnAnswersLineAndNothingInAnEvent) {
  for (const char* line : {R"({"attempt_no": 0, "responses": {}})", R"({"responses": {}, "attemptNo": "0"})"}) {
    const auto read = decode_submission(line, Encoding::kJson);
    ASSERT_FALSE(read.ok()) << line;
    EXPECT_EQ(read.failure().code(), "OT311") << line;
  }
  for (const char* event : {R"({"attemptNo": 0, "responses": []})", R"({"attemptNo": 0, "submissionId": "s"})"}) {
    const auto read = decode_submission(event, Encoding::kJson);
    ASSERT_TRUE(read.ok()) << event;
    EXPECT_EQ(read->attempt_no, 1) << event;
  }
}

}  // namespace
}  // namespace otmetka::queue
