#include "queue/dead_letter.h"

#include <limits>

#include "queue/codec.h"
#include "queue/codec_wire.h"

namespace otmetka::queue {

std::string encode_reason(const Message& reason) {
  std::string out;
  WireWriter writer(out);
  write_message(writer, 1, reason);
  return out;
}

Message decode_reason(std::string_view bytes) {
  WireReader reader(bytes);
  return reader.next() && reader.field() == 1 ? read_message(reader) : Message{};
}

Outgoing submission_again(const DeadLetter& letter) {
  Outgoing out{.key = letter.learner_id + "/" + letter.assignment_id,
               .payload = letter.record.payload,
               .encoding = letter.record.encoding};
  auto submission = decode_submission(letter.record.payload, letter.record.encoding);
  if (!submission) return out;
  if (submission->revision < std::numeric_limits<std::int64_t>::max()) ++submission->revision;
  if (!submission->submitted_at) submission->submitted_at = letter.record.published_at;
  out.payload = encode_submission(*submission);
  out.encoding = Encoding::kProtobuf;
  return out;
}

}  // namespace otmetka::queue
