#include "queue/codec_submission_wire.h"

#include "queue/codec.h"
#include "queue/codec_answer.h"
#include "queue/codec_envelope.h"
#include "queue/codec_wire.h"

namespace otmetka::queue {
namespace {

// Reads a nested message; `field(reader)` is called for each of its fields.
template <class Field>
void nested(WireReader& outer, Field field) {
  WireReader reader(outer.bytes());
  while (reader.next()) field(reader);
  if (reader.damaged()) outer.damage();
}

std::vector<std::string> read_texts(WireReader& outer) {
  std::vector<std::string> out;
  nested(outer, [&](WireReader& reader) {
    if (reader.field() == 1) out.push_back(reader.text());
  });
  return out;
}

MappingAnswer read_mapping(WireReader& outer) {
  MappingAnswer out;
  nested(outer, [&](WireReader& reader) {
    if (reader.field() != 1) return;
    auto& pair = out.pairs.emplace_back();
    nested(reader, [&](WireReader& inner) {
      if (inner.field() == 1) pair.first = inner.text();
      if (inner.field() == 2) pair.second = inner.text();
    });
  });
  return out;
}

FilesAnswer read_files(WireReader& outer) {
  FilesAnswer out;
  nested(outer, [&](WireReader& reader) {
    if (reader.field() != 1) return;
    auto& file = out.files.emplace_back();
    nested(reader, [&](WireReader& inner) {
      if (inner.field() == 1) file.name = inner.text();
      if (inner.field() == 2 || inner.field() == 3) file.bytes = file.blob_sha256 = {};  // a oneof: the last one holds
      if (inner.field() == 2) file.bytes = inner.text();
      if (inner.field() == 3) file.blob_sha256 = inner.text();
    });
  });
  return out;
}

TextAnswer read_text(WireReader& outer) {
  TextAnswer out;
  nested(outer, [&](WireReader& reader) {
    if (reader.field() == 1) out.text = reader.text();
  });
  return out;
}

MisshapenAnswer read_unreadable(WireReader& outer) {
  MisshapenAnswer out;
  nested(outer, [&](WireReader& reader) {
    if (reader.field() == 1) out.reason = read_message(reader);
    if (reader.field() == 2) out.raw = reader.text().substr(0, kMaxRawBytes);
  });
  return out.reason.id.empty() ? no_answer_shape() : out;
}

Response read_response(WireReader& outer) {
  Response out{{}, no_answer_shape()};
  nested(outer, [&](WireReader& reader) {
    switch (reader.field()) {
      case 1: out.part = PartId(reader.text()); break;
      case 2: out.answer = read_text(reader); break;
      case 3: out.answer = ChoiceAnswer{read_texts(reader)}; break;
      case 4: out.answer = read_mapping(reader); break;
      case 5: out.answer = SequenceAnswer{read_texts(reader)}; break;
      case 6: out.answer = read_files(reader); break;
      case 7: out.answer = read_unreadable(reader); break;
      default: break;
    }
  });
  bound_answer(out.answer);
  return out;
}

// An enum of this program's version; 0 is read as the first value.
template <class Enum>
Enum read_enum(WireReader& reader, Enum last) {
  const std::int64_t number = reader.integer();
  if (number < 0 || number > static_cast<std::int64_t>(last)) reader.damage();
  return static_cast<Enum>(number <= 0 ? 1 : number);
}

void read_field(WireReader& reader, Submission& out) {
  switch (reader.field()) {
    case 1: out.tenant = TenantId(reader.text()); break;
    case 2: out.event = EventId(reader.text()); break;
    case 3: out.submission = SubmissionId(reader.text()); break;
    case 4: out.assignment = AssignmentId(reader.text()); break;
    case 5: out.learner = LearnerId(reader.text()); break;
    case 6:
      out.attempt_no = static_cast<std::int32_t>(reader.integer());
      if (out.attempt_no < 0) reader.damage();
      if (out.attempt_no == 0) out.attempt_no = 1;
      break;
    case 7: out.started_at = read_time(reader); break;
    case 8: out.submitted_at = read_time(reader); break;
    case 9: out.received_at = read_time(reader); break;
    case 10: out.due_at = read_time(reader); break;
    case 11: out.spec = SpecId(reader.text()); break;
    case 12: out.spec_sha256 = reader.text(); break;
    case 13: out.locale = reader.text(); break;
    case 14: out.priority = read_enum(reader, Priority::kBatch); break;
    case 15: out.reason = read_enum(reader, Reason::kPreview); break;
    case 16: out.regrade_id = reader.text(); break;
    case 17: out.grade_epoch = reader.integer(); break;
    case 18: out.revision = reader.integer(); break;
    case 19:
      if (out.responses.size() <= kMaxResponses) out.responses.push_back(read_response(reader));
      break;
    default: break;
  }
}

void write_texts(WireWriter& writer, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) writer.present_text(1, text);
}

struct AnswerWriter {
  WireWriter& writer;

  void operator()(const TextAnswer& answer) const {
    const std::size_t begun = writer.begin(2);
    writer.text(1, answer.text);
    writer.end(begun);
  }
  void operator()(const ChoiceAnswer& answer) const {
    const std::size_t begun = writer.begin(3);
    write_texts(writer, answer.ticked);
    writer.end(begun);
  }
  void operator()(const MappingAnswer& answer) const {
    const std::size_t begun = writer.begin(4);
    for (const auto& [left, right] : answer.pairs) {
      const std::size_t pair = writer.begin(1);
      writer.text(1, left);
      writer.text(2, right);
      writer.end(pair);
    }
    writer.end(begun);
  }
  void operator()(const SequenceAnswer& answer) const {
    const std::size_t begun = writer.begin(5);
    write_texts(writer, answer.elements);
    writer.end(begun);
  }
  void operator()(const FilesAnswer& answer) const {
    const std::size_t begun = writer.begin(6);
    for (const SubmittedFile& file : answer.files) {
      const std::size_t inner = writer.begin(1);
      writer.text(1, file.name);
      if (file.blob_sha256.empty()) {
        writer.present_text(2, file.bytes);
      } else {
        writer.present_text(3, file.blob_sha256);
      }
      writer.end(inner);
    }
    writer.end(begun);
  }
  void operator()(const MisshapenAnswer& answer) const {
    const std::size_t begun = writer.begin(7);
    write_message(writer, 1, answer.reason);
    writer.text(2, answer.raw);
    writer.end(begun);
  }
};

}  // namespace

Result<Submission> decode_submission_wire(std::string_view payload) {
  Submission out;
  WireReader reader(payload);
  while (reader.next()) read_field(reader, out);
  if (reader.damaged()) return error("OT308");
  if (out.responses.size() > kMaxResponses) return error("OT315", {static_cast<std::int64_t>(kMaxResponses)});
  if (auto status = check_envelope(out); !status) return status.failure();
  return out;
}

std::string encode_submission(const Submission& s) {
  std::string out;
  WireWriter writer(out);
  writer.text(1, s.tenant.value);
  writer.text(2, s.event.value);
  writer.text(3, s.submission.value);
  writer.text(4, s.assignment.value);
  writer.text(5, s.learner.value);
  writer.integer(6, s.attempt_no);
  write_time(writer, 7, s.started_at);
  write_time(writer, 8, s.submitted_at);
  write_time(writer, 9, s.received_at);
  write_time(writer, 10, s.due_at);
  writer.text(11, s.spec.value);
  writer.text(12, s.spec_sha256);
  writer.text(13, s.locale);
  writer.integer(14, static_cast<std::int64_t>(s.priority));
  writer.integer(15, static_cast<std::int64_t>(s.reason));
  writer.text(16, s.regrade_id);
  writer.integer(17, s.grade_epoch);
  writer.integer(18, s.revision);
  for (const Response& response : s.responses) {
    const std::size_t begun = writer.begin(19);
    writer.text(1, response.part.value);
    std::visit(AnswerWriter{writer}, response.answer);
    writer.end(begun);
  }
  writer.integer(21, 1);
  return out;
}

}  // namespace otmetka::queue
