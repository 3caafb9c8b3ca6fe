#include "queue/codec_envelope.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <string>

#include "queue/codec_utf8.h"

namespace otmetka::queue {
namespace {

Status wrong(std::string code, const EnvelopeField& field, std::string_view characters) {
  return error(std::move(code), {std::string(field.name), to_utf8(cut_utf8(characters, 80))});
}

bool is_sound(std::string_view text) { return text.size() <= kMaxEnvelopeText && is_utf8(text); }

template <class Target>
Status set_text(const EnvelopeField& field, std::string_view characters, Target& target) {
  if (!is_sound(characters)) return error("OT310", {std::string(field.name), static_cast<std::int64_t>(kMaxEnvelopeText)});
  target = Target(std::string(characters));
  return ok_status();
}

template <auto kMember>
Status text_field(const EnvelopeField& field, std::string_view characters, Submission& out) {
  return set_text(field, characters, out.*kMember);
}

// Spreadsheets and data frames write a column of whole numbers with gaps as 1.0, 2.0.
std::string_view without_zero_fraction(std::string_view text) {
  const auto point = text.find('.');
  if (point == std::string_view::npos || point + 1 == text.size()) return text;
  return text.find_first_not_of('0', point + 1) == std::string_view::npos ? text.substr(0, point) : text;
}

template <auto kMember, std::int64_t kLeast, std::int64_t kMost>
Status whole_field(const EnvelopeField& field, std::string_view characters, Submission& out) {
  const std::string_view digits = without_zero_fraction(characters);
  std::int64_t value = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool whole = problem == std::errc{} && end == digits.data() + digits.size();
  if (!whole || value < kLeast || value > kMost) return wrong("OT311", field, characters);
  out.*kMember = static_cast<std::remove_reference_t<decltype(out.*kMember)>>(value);
  return ok_status();
}

template <auto kMember>
Status time_field(const EnvelopeField& field, std::string_view characters, Submission& out) {
  const auto at = parse_rfc3339(characters);
  if (!at) return wrong("OT312", field, characters);
  out.*kMember = *at;
  return ok_status();
}

// `names` in the order of the enum's numbers, from 0; number 0 is read as number 1.
template <auto kMember, std::size_t kCount>
Status enum_field(const EnvelopeField& field, std::string_view characters, Submission& out,
                  const std::array<std::string_view, kCount>& names) {
  for (std::size_t i = 0; i < kCount; ++i) {
    if (characters != names[i] && characters != std::to_string(i)) continue;
    out.*kMember = static_cast<std::remove_reference_t<decltype(out.*kMember)>>(std::max<std::size_t>(i, 1));
    return ok_status();
  }
  return wrong("OT313", field, characters);
}

Status priority_field(const EnvelopeField& field, std::string_view characters, Submission& out) {
  static constexpr std::array<std::string_view, 3> kNames = {"PRIORITY_UNSPECIFIED", "INTERACTIVE", "BATCH"};
  return enum_field<&Submission::priority>(field, characters, out, kNames);
}

Status reason_field(const EnvelopeField& field, std::string_view characters, Submission& out) {
  static constexpr std::array<std::string_view, 5> kNames = {"REASON_UNSPECIFIED", "FIRST", "REGRADE", "REJUDGE_INFRA",
                                                             "PREVIEW"};
  return enum_field<&Submission::reason>(field, characters, out, kNames);
}

// Fields that producers keep for themselves.
Status ignore(const EnvelopeField&, std::string_view, Submission&) { return ok_status(); }

constexpr auto kMost64 = std::numeric_limits<std::int64_t>::max();

constexpr auto kFields = std::to_array<EnvelopeField>({
    {"learner_id", "learnerId", text_field<&Submission::learner>},
    {"attempt_no", "attemptNo", whole_field<&Submission::attempt_no, 1, std::numeric_limits<std::int32_t>::max()>},
    {"submitted_at", "submittedAt", time_field<&Submission::submitted_at>},
    {"assignment_id", "assignmentId", text_field<&Submission::assignment>},
    {"submission_id", "submissionId", text_field<&Submission::submission>},
    {"tenant_id", "tenantId", text_field<&Submission::tenant>},
    {"event_id", "eventId", text_field<&Submission::event>},
    {"started_at", "startedAt", time_field<&Submission::started_at>},
    {"received_at", "receivedAt", time_field<&Submission::received_at>},
    {"due_at", "dueAt", time_field<&Submission::due_at>},
    {"spec_id", "specId", text_field<&Submission::spec>},
    {"spec_sha256", "specSha256", text_field<&Submission::spec_sha256>},
    {"locale", "locale", text_field<&Submission::locale>},
    {"priority", "priority", priority_field},
    {"reason", "reason", reason_field},
    {"regrade_id", "regradeId", text_field<&Submission::regrade_id>},
    {"grade_epoch", "gradeEpoch", whole_field<&Submission::grade_epoch, -kMost64 - 1, kMost64>},
    {"revision", "revision", whole_field<&Submission::revision, -kMost64 - 1, kMost64>},
    {"payload_sha256", "payloadSha256", ignore},
    {"schema_version", "schemaVersion", ignore},
});

std::size_t edits(std::string_view a, std::string_view b) {
  std::array<std::size_t, 65> row{};
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({substituted, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

std::span<const EnvelopeField> envelope_fields() { return kFields; }

const EnvelopeField* find_envelope_field(std::string_view name) {
  for (const EnvelopeField& field : kFields) {
    if (field.name == name || field.camel == name) return &field;
  }
  return nullptr;
}

Status check_envelope(const Submission& s) {
  const std::pair<std::string_view, std::string_view> texts[] = {
      {"tenant_id", s.tenant.value},     {"event_id", s.event.value},     {"submission_id", s.submission.value},
      {"learner_id", s.learner.value},   {"assignment_id", s.assignment.value}, {"spec_id", s.spec.value},
      {"spec_sha256", s.spec_sha256},    {"locale", s.locale},            {"regrade_id", s.regrade_id}};
  for (const auto& [name, text] : texts) {
    if (!is_sound(text)) return error("OT310", {std::string(name), static_cast<std::int64_t>(kMaxEnvelopeText)});
  }
  return ok_status();
}

std::optional<std::string_view> nearest_name(std::string_view typed, std::span<const std::string_view> names) {
  std::optional<std::string_view> best;
  std::size_t fewest = 65;
  for (const std::string_view name : names) {
    if (typed.size() > 64 || name.size() > 64) continue;
    const std::size_t n = edits(typed, name);
    if (n >= fewest || n > std::max(typed.size(), name.size()) / 3) continue;
    fewest = n;
    best = name;
  }
  return best;
}

}  // namespace otmetka::queue
