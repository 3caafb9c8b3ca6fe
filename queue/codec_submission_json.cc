#include "queue/codec_submission_json.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <optional>

#include "queue/codec.h"
#include "queue/codec_answer.h"
#include "queue/codec_envelope.h"
#include "queue/codec_event_json.h"
#include "queue/codec_submission_wire.h"
#include "queue/codec_utf8.h"

namespace otmetka::queue {
namespace {

constexpr std::string_view kResponses = "responses";

class EnvelopeReader {
 public:
  Result<Submission> read(const JsonNode& object) {
    for (const JsonNode& member : object) {
      if (auto status = read_member(member); !status) return status.failure();
    }
    if (out_.responses.size() > kMaxResponses) return too_many();
    if (zero_attempt_ && short_form_) return *zero_attempt_;
    if (!has_responses_ && (out_.submission.empty() || !unknown_.empty())) return no_responses();
    for (const std::string_view name : unknown_) {
      if (out_.notices.size() < kMaxKeyNotices) out_.notices.push_back(unknown_key(name));
    }
    return std::move(out_);
  }

 private:
  static Error too_many() { return error("OT315", {static_cast<std::int64_t>(kMaxResponses)}); }

  Error no_responses() const {
    const std::array<std::string_view, 1> wanted = {kResponses};
    for (const std::string_view name : unknown_) {
      if (nearest_name(name, wanted)) return error("OT317", {to_utf8(name)});
    }
    return error("OT316");
  }

  Status read_member(const JsonNode& member) {
    if (member.key == kResponses) return read_responses(member);
    const EnvelopeField* field = find_envelope_field(member.key);
    if (field == nullptr) {
      if (unknown_.size() < kMaxKeyNotices) unknown_.push_back(member.key);
      return ok_status();
    }
    const auto index = static_cast<std::size_t>(field - envelope_fields().data());
    if (seen_.test(index)) return error("OT318", {std::string(field->name), std::string(field->camel)});
    seen_.set(index);
    if (member.is_null()) return ok_status();
    const bool right = member.type == JsonNode::Type::kString || member.type == JsonNode::Type::kNumber;
    if (!right) return error("OT314", {std::string(field->name)});
    Status done = field->set(*field, member.text, out_);
    // In protobuf's mapping a field that was never set may be written as 0; who writes an ANSWERS line means something by it.
    if (done || field->name != "attempt_no" || member.text != "0") return done;
    zero_attempt_ = done.failure();
    return ok_status();
  }

  Status read_responses(const JsonNode& member) {
    has_responses_ = true;
    short_form_ = member.is_object();
    if (member.is_null()) return ok_status();
    if (!member.is_array() && !member.is_object()) return error("OT314", {std::string(kResponses)});
    for (const JsonNode& response : member) {
      if (out_.responses.size() > kMaxResponses) return too_many();
      if (member.is_object()) {
        append_short_responses(response.key, response, out_.responses);
      } else {
        out_.responses.push_back(read_event_response(response, unknown_in_responses_));
      }
    }
    for (const std::string_view name : unknown_in_responses_) {
      if (out_.notices.size() < kMaxKeyNotices) out_.notices.push_back(unknown_response_key(name));
    }
    return ok_status();
  }

  static Message unknown_key(std::string_view name) {
    std::vector<std::string_view> names = {kResponses};
    for (const EnvelopeField& field : envelope_fields()) {
      names.push_back(field.name);
      names.push_back(field.camel);
    }
    return notice(name, names);
  }

  static Message unknown_response_key(std::string_view name) {
    static constexpr std::array<std::string_view, 7> kNames = {"part_id",  "partId",   "text", "choice",
                                                               "mapping", "sequence", "files"};
    return notice(name, kNames);
  }

  static Message notice(std::string_view name, std::span<const std::string_view> names) {
    const auto nearest = nearest_name(name, names);
    std::string shown = to_utf8(cut_utf8(name, 80));
    if (!nearest) return {"OT331", {std::move(shown)}};
    return {"OT330", {std::move(shown), std::string(*nearest)}};
  }

  Submission out_;
  std::bitset<32> seen_;
  bool has_responses_ = false;
  bool short_form_ = false;  // an ANSWERS line
  std::optional<Error> zero_attempt_;
  std::vector<std::string_view> unknown_;
  std::vector<std::string_view> unknown_in_responses_;
};

}  // namespace

Result<Submission> decode_submission_json(std::string_view payload) {
  thread_local JsonReader reader;
  const auto root = reader.read(payload);
  if (!root) return root.failure();
  if (!(*root)->is_object()) return error("OT304");
  return EnvelopeReader().read(**root);
}

Identity identity_of(std::string_view json) {
  if (json.size() > kMaxSubmissionBytes) return {};
  JsonReader reader;
  const auto root = reader.read(json);
  if (!root || !(*root)->is_object()) return {};
  Submission out;
  for (const JsonNode& member : **root) {
    const EnvelopeField* field = member.is_scalar() ? find_envelope_field(member.key) : nullptr;
    if (field == nullptr || (field->name != "learner_id" && field->name != "attempt_no")) continue;
    (void)field->set(*field, member.text, out);  // what is wrong with it has been told
  }
  return {std::move(out.learner.value), out.attempt_no};
}

Result<Submission> decode_submission(std::string_view payload, Encoding encoding) {
  if (payload.size() > kMaxSubmissionBytes) return error("OT301", {static_cast<std::int64_t>(kMaxSubmissionBytes / 1024)});
  return encoding == Encoding::kJson ? decode_submission_json(payload) : decode_submission_wire(payload);
}

}  // namespace otmetka::queue
