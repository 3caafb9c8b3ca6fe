#include "queue/codec.h"
#include "queue/codec_wire.h"

namespace otmetka::queue {
namespace {

using std::chrono::microseconds;

void write_test(WireWriter& writer, const TestOutcome& test) {
  const std::size_t begun = writer.begin(11);
  writer.clean_text(1, test.id);
  writer.integer(2, static_cast<std::int64_t>(test.verdict));
  writer.integer(3, test.cpu.count());
  writer.integer(4, test.wall.count());
  writer.integer(5, test.peak_bytes);
  writer.integer(6, test.shown ? 1 : 0);
  writer.end(begun);
}

void write_part(WireWriter& writer, const PartResult& part) {
  const std::size_t begun = writer.begin(22);
  writer.clean_text(1, part.part.value);
  write_ratio(writer, 2, part.credit);
  write_ratio(writer, 3, part.points);
  write_ratio(writer, 4, part.points_max);
  writer.integer(5, static_cast<std::int64_t>(part.status));
  writer.text(6, part.rule_id);
  writer.clean_text(7, part.tag);
  for (const Message& message : part.feedback) write_message(writer, 8, message);
  for (const Message& message : part.trace) write_message(writer, 9, message);
  writer.clean_text(10, part.answer_key);
  for (const TestOutcome& test : part.tests) write_test(writer, test);
  writer.integer(12, part.cpu.count());
  writer.integer(13, part.wall.count());
  writer.integer(14, part.peak_bytes);
  writer.end(begun);
}

Verdict read_verdict(WireReader& reader) {
  const std::int64_t number = reader.integer();
  if (number < 1 || number > static_cast<std::int64_t>(Verdict::kInfraError)) reader.damage();
  return reader.damaged() ? Verdict::kInfraError : static_cast<Verdict>(number);
}

TestOutcome read_test(WireReader& outer) {
  TestOutcome out;
  WireReader reader(outer.bytes());
  while (reader.next()) {
    switch (reader.field()) {
      case 1: out.id = reader.text(); break;
      case 2: out.verdict = read_verdict(reader); break;
      case 3: out.cpu = microseconds{reader.integer()}; break;
      case 4: out.wall = microseconds{reader.integer()}; break;
      case 5: out.peak_bytes = reader.integer(); break;
      case 6: out.shown = reader.boolean(); break;
      default: break;
    }
  }
  if (reader.damaged()) outer.damage();
  return out;
}

void read_part_field(WireReader& reader, PartResult& out) {
  switch (reader.field()) {
    case 1: out.part = PartId(reader.text()); break;
    case 2: out.credit = read_ratio(reader); break;
    case 3: out.points = read_ratio(reader); break;
    case 4: out.points_max = read_ratio(reader); break;
    case 5: out.status = read_verdict(reader); break;
    case 6: out.rule_id = reader.text(); break;
    case 7: out.tag = reader.text(); break;
    case 8: out.feedback.push_back(read_message(reader)); break;
    case 9: out.trace.push_back(read_message(reader)); break;
    case 10: out.answer_key = reader.text(); break;
    case 11: out.tests.push_back(read_test(reader)); break;
    case 12: out.cpu = microseconds{reader.integer()}; break;
    case 13: out.wall = microseconds{reader.integer()}; break;
    case 14: out.peak_bytes = reader.integer(); break;
    default: break;
  }
}

PartResult read_part(WireReader& outer) {
  PartResult out;
  WireReader reader(outer.bytes());
  while (reader.next()) read_part_field(reader, out);
  if (reader.damaged()) outer.damage();
  return out;
}

Progress read_progress(WireReader& reader) {
  const std::int64_t number = reader.integer();
  if (number < 1 || number > static_cast<std::int64_t>(Progress::kFailed)) reader.damage();
  return reader.damaged() ? Progress::kFailed : static_cast<Progress>(number);
}

void read_field(WireReader& reader, ScoredResult& out) {
  switch (reader.field()) {
    case 1: out.result_id = reader.text(); break;
    case 2: out.tenant = TenantId(reader.text()); break;
    case 3: out.event = EventId(reader.text()); break;
    case 4: out.submission = SubmissionId(reader.text()); break;
    case 5: out.assignment = AssignmentId(reader.text()); break;
    case 6: out.learner = LearnerId(reader.text()); break;
    case 7:
      out.attempt_no = static_cast<std::int32_t>(reader.integer());
      if (out.attempt_no < 0) reader.damage();
      if (out.attempt_no == 0) out.attempt_no = 1;
      break;
    case 8: out.spec = SpecId(reader.text()); break;
    case 9: out.spec_sha256 = reader.text(); break;
    case 10: out.grade_epoch = reader.integer(); break;
    case 11: out.revision = reader.integer(); break;
    case 12: out.engine_version = reader.text(); break;
    case 13: out.content_sha256 = reader.text(); break;
    case 14: out.raw = read_ratio(reader); break;
    case 15: out.maximum = read_ratio(reader); break;
    case 17: out.submitted_at = read_time(reader); break;
    case 18: out.due_at = read_time(reader); break;
    case 19: out.graded_at = read_time(reader); break;
    case 20: out.progress = read_progress(reader); break;
    case 21: out.consumes_attempt = reader.boolean(); break;
    case 24: out.regrade_id = reader.text(); break;
    case 25: out.superseded_result_id = reader.text(); break;
    default: break;
  }
}

}  // namespace

std::string encode_result(const ScoredResult& r) {
  std::string out;
  out.reserve(512 + 256 * r.parts.size());
  WireWriter writer(out);
  writer.text(1, r.result_id);
  writer.clean_text(2, r.tenant.value);
  writer.clean_text(3, r.event.value);
  writer.clean_text(4, r.submission.value);
  writer.clean_text(5, r.assignment.value);
  writer.clean_text(6, r.learner.value);
  writer.integer(7, r.attempt_no);
  writer.clean_text(8, r.spec.value);
  writer.clean_text(9, r.spec_sha256);
  writer.integer(10, r.grade_epoch);
  writer.integer(11, r.revision);
  writer.text(12, r.engine_version);
  writer.text(13, r.content_sha256);
  write_ratio(writer, 14, r.raw);
  write_ratio(writer, 15, r.maximum);
  writer.integer(16, r.raw.to_micro());
  write_time(writer, 17, r.submitted_at);
  write_time(writer, 18, r.due_at);
  write_time(writer, 19, r.graded_at);
  writer.integer(20, static_cast<std::int64_t>(r.progress));
  writer.integer(21, r.consumes_attempt ? 1 : 0);
  for (const PartResult& part : r.parts) write_part(writer, part);
  for (const Message& notice : r.notices) write_message(writer, 23, notice);
  writer.clean_text(24, r.regrade_id);
  writer.clean_text(25, r.superseded_result_id);
  return out;
}

Result<ScoredResult> decode_result_head(std::string_view payload) {
  ScoredResult out;
  WireReader reader(payload);
  while (reader.next()) read_field(reader, out);
  if (reader.damaged()) return error("OT309");
  return out;
}

Result<ScoredResult> decode_result(std::string_view payload) {
  ScoredResult out;
  WireReader reader(payload);
  while (reader.next()) {
    switch (reader.field()) {
      case 22: out.parts.push_back(read_part(reader)); break;
      case 23: out.notices.push_back(read_message(reader)); break;
      default: read_field(reader, out); break;
    }
  }
  if (reader.damaged()) return error("OT309");
  return out;
}

}  // namespace otmetka::queue
