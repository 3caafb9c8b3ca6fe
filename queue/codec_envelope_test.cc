#include "queue/codec_envelope.h"

#include <array>
#include <set>

#include <gtest/gtest.h>

#include "proto/submission.pb.h"

namespace otmetka::queue {
namespace {

std::string set(std::string_view name, std::string_view characters, Submission& out) {
  const EnvelopeField* field = find_envelope_field(name);
  if (field == nullptr) return "unknown";
  const Status status = field->set(*field, characters, out);
  return status ? "" : status.failure().code();
}

std::string set(std::string_view name, std::string_view characters) {
  Submission out;
  return set(name, characters, out);
}

TEST(Envelope, KnowsEveryFieldOfTheEventInBothSpellings) {
  const auto* event = v1::SubmissionEvent::descriptor();
  std::set<const EnvelopeField*> met;
  for (int i = 0; i < event->field_count(); ++i) {
    if (event->field(i)->name() == "responses") continue;
    const EnvelopeField* field = find_envelope_field(event->field(i)->name());
    ASSERT_NE(field, nullptr) << event->field(i)->name();
    EXPECT_EQ(field->camel, event->field(i)->json_name());
    met.insert(field);
  }
  EXPECT_EQ(met.size(), envelope_fields().size());
}

TEST(Envelope, WholeNumbersAreWholeAndInRange) {
  const std::pair<std::string, std::string> rows[] = {
      {"1", ""},      {"2.0", ""},     {"2.", "OT311"}, {"2.5", "OT311"},  {"", "OT311"},          {"-1", "OT311"},
      {"1e3", "OT311"}, {" 1", "OT311"}, {"1x", "OT311"}, {"2147483647", ""}, {"2147483648", "OT311"}, {"вторая", "OT311"}};
  for (const auto& [typed, code] : rows) EXPECT_EQ(set("attempt_no", typed), code) << typed;
  EXPECT_EQ(set("grade_epoch", "-9223372036854775808"), "");
  EXPECT_EQ(set("grade_epoch", "9223372036854775808"), "OT311");
}

TEST(Envelope, AttemptsAreCountedFromOne) {
  EXPECT_EQ(set("attempt_no", "0"), "OT311");
  EXPECT_EQ(set("attempt_no", "-1"), "OT311");
  Submission out;
  ASSERT_EQ(set("attempt_no", "1", out), "");
  EXPECT_EQ(out.attempt_no, 1);
}

TEST(Envelope, EnumsAreNamesOrNumbers) {
  Submission out;
  EXPECT_EQ(set("priority", "BATCH", out), "");
  EXPECT_EQ(out.priority, Priority::kBatch);
  EXPECT_EQ(set("priority", "0", out), "");
  EXPECT_EQ(out.priority, Priority::kInteractive);
  EXPECT_EQ(set("reason", "3", out), "");
  EXPECT_EQ(out.reason, Reason::kRejudgeInfra);
  EXPECT_EQ(set("priority", "batch"), "OT313");
  EXPECT_EQ(set("reason", "5"), "OT313");
}

TEST(Envelope, TimesAreRfc3339AndTextsAreBoundedUtf8) {
  EXPECT_EQ(set("submitted_at", "2026-11-23T10:15:00+03:00"), "");
  EXPECT_EQ(set("submitted_at", "23.11.2026"), "OT312");
  EXPECT_EQ(set("learner_id", "p-1"), "");
  EXPECT_EQ(set("learner_id", "\xFF"), "OT310");
  EXPECT_EQ(set("learner_id", std::string(1024, 'a')), "");
  EXPECT_EQ(set("learner_id", std::string(1025, 'a')), "OT310");
}

TEST(NearestName, OffersOnlyWhatIsNear) {
  const std::array<std::string_view, 3> names = {"learner_id", "responses", "locale"};
  EXPECT_EQ(nearest_name("lerner_id", names), "learner_id");
  EXPECT_EQ(nearest_name("response", names), "responses");
  EXPECT_EQ(nearest_name("teacher", names), std::nullopt);
  EXPECT_EQ(nearest_name("", names), std::nullopt);
  EXPECT_EQ(nearest_name(std::string(1'000'000, 'l'), names), std::nullopt);
}

}  // namespace
}  // namespace otmetka::queue
