#include "queue/kafka/headers.h"

#include <algorithm>
#include <charconv>

#include "queue/codec_wire.h"
#include "queue/dead_letter.h"
#include "queue/kafka/names.h"

namespace otmetka::queue::kafka {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr const char* kSource = "/otmetka";

// A copy's journey. The first says that it is one, and how many tries have failed.
constexpr const char* kForwarded = "otmetka-attempts";
constexpr const char* kRounds = "otmetka-rounds";
constexpr const char* kSuspected = "otmetka-suspected";
constexpr const char* kNotBefore = "otmetka-not-before-us";
constexpr std::int64_t kMostRounds = 1'000'000;

std::string_view content_type(Encoding encoding) {
  return encoding == Encoding::kJson ? "application/json" : "application/protobuf";
}

void begin_event(Headers& out, const char* type, std::string id, Timestamp at) {
  out.reserve(8);
  out.emplace_back("ce_specversion", "1.0");
  out.emplace_back("ce_id", std::move(id));
  out.emplace_back("ce_type", type);
  out.emplace_back("ce_source", kSource);
  out.emplace_back("ce_time", to_rfc3339(at));
}

// The first field of a ScoredResult, which is its result_id.
std::string result_id(std::string_view payload) {
  WireReader reader(payload);
  return reader.next() && reader.field() == 1 ? reader.text() : std::string();
}

std::string number(std::int64_t value) { return std::to_string(value); }

std::int64_t number_in(const rd_kafka_message_t& message, const char* name, std::int64_t otherwise) {
  const auto text = header_of(message, name);
  std::int64_t value = otherwise;
  if (text) std::from_chars(text->data(), text->data() + text->size(), value);
  return value;
}

std::string text_in(const rd_kafka_message_t& message, const char* name) {
  return std::string(header_of(message, name).value_or(std::string_view()));
}

Timestamp time_in(const rd_kafka_message_t& message, const char* name) {
  return Timestamp(microseconds(number_in(message, name, 0)));
}

}  // namespace

std::optional<std::string_view> header_of(const rd_kafka_message_t& message, const char* name) {
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return std::nullopt;
  const void* value = nullptr;
  std::size_t size = 0;
  if (rd_kafka_header_get_last(headers, name, &value, &size) != RD_KAFKA_RESP_ERR_NO_ERROR) return std::nullopt;
  return std::string_view(static_cast<const char*>(value), value == nullptr ? 0 : size);
}

std::string_view payload_of(const rd_kafka_message_t& message) {
  return {static_cast<const char*>(message.payload), message.payload == nullptr ? 0 : message.len};
}

Encoding encoding_of(const rd_kafka_message_t& message) {
  const std::string_view type = header_of(message, "content-type").value_or(std::string_view());
  if (type.find("json") != std::string_view::npos) return Encoding::kJson;
  if (type.find("protobuf") != std::string_view::npos) return Encoding::kProtobuf;
  const std::string_view body = payload_of(message);
  const auto first = body.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && body[first] == '{' ? Encoding::kJson : Encoding::kProtobuf;
}

Timestamp published_at(const rd_kafka_message_t& message) {
  if (const auto text = header_of(message, "ce_time")) {
    if (const auto at = parse_rfc3339(*text)) return *at;
  }
  rd_kafka_timestamp_type_t type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
  const std::int64_t at = rd_kafka_message_timestamp(&message, &type);
  return type == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE ? Timestamp() : Timestamp(milliseconds(at));
}

Headers submission_headers(const Outgoing& submission, const std::string& id, Timestamp at) {
  Headers out;
  begin_event(out, "otmetka.submission.v1", id, at);
  out.emplace_back("content-type", content_type(submission.encoding));
  return out;
}

Headers result_headers(const ResultRecord& result, Encoding encoding) {
  Headers out;
  begin_event(out, "otmetka.result.v1", result_id(result.payload), now());
  out.emplace_back("content-type", content_type(encoding));
  if (!result.traceparent.empty()) out.emplace_back("traceparent", result.traceparent);
  return out;
}

Headers forwarded_headers(const Forwarded& forwarded, const std::string& origin_topic) {
  const Record& record = forwarded.record;
  const Journey& journey = record.journey;
  Headers out;
  begin_event(out, "otmetka.submission.v1", letter_key(record.position, origin_topic), record.published_at);
  out.emplace_back("content-type", content_type(record.encoding));
  if (!record.traceparent.empty()) out.emplace_back("traceparent", record.traceparent);
  out.emplace_back(kForwarded, number(journey.attempts));
  if (journey.rounds > 0) out.emplace_back(kRounds, number(journey.rounds));
  if (journey.suspected > 0) out.emplace_back(kSuspected, number(journey.suspected));
  if (journey.not_before != Timestamp()) out.emplace_back(kNotBefore, number(journey.not_before.time_since_epoch().count()));
  return out;
}

// Every record is asked; only a copy has more than the first.
Journey journey_of(const rd_kafka_message_t& message) {
  if (!header_of(message, kForwarded)) return {};
  const auto small = [&](const char* name) {
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(number_in(message, name, 0), 0, kMostRounds));
  };
  return {.forwarded = true,
          .attempts = small(kForwarded),
          .rounds = small(kRounds),
          .suspected = small(kSuspected),
          .not_before = time_in(message, kNotBefore)};
}

std::string letter_key(const Position& at, const std::string& origin_topic) {
  return origin_topic + "/" + number(topic_partition(at.partition)) + "/" + number(at.offset);
}

Headers letter_headers(const DeadLetter& letter, const std::string& origin_topic) {
  const Position& at = letter.record.position;
  Headers out;
  begin_event(out, "otmetka.dead-letter.v1", letter_key(at, origin_topic), letter.parked_at);
  out.emplace_back("content-type", content_type(letter.record.encoding));
  if (!letter.record.traceparent.empty()) out.emplace_back("traceparent", letter.record.traceparent);
  out.emplace_back("otmetka-code", letter.reason.id);
  out.emplace_back("otmetka-reason", encode_reason(letter.reason));
  out.emplace_back("otmetka-attempts", number(letter.attempts));
  out.emplace_back("otmetka-origin-topic", origin_topic);
  out.emplace_back("otmetka-origin-partition", number(topic_partition(at.partition)));
  out.emplace_back("otmetka-origin-offset", number(at.offset));
  out.emplace_back("otmetka-queue-partition", number(at.partition));
  out.emplace_back("otmetka-published-us", number(letter.record.published_at.time_since_epoch().count()));
  out.emplace_back("otmetka-parked-us", number(letter.parked_at.time_since_epoch().count()));
  out.emplace_back("otmetka-submission", letter.submission_id);
  out.emplace_back("otmetka-assignment", letter.assignment_id);
  out.emplace_back("otmetka-learner", letter.learner_id);
  return out;
}

DeadLetter letter_of(const rd_kafka_message_t& message) {
  DeadLetter letter;
  letter.id = message.offset + 1;
  letter.record.position.partition = static_cast<std::int32_t>(number_in(message, "otmetka-queue-partition", 0));
  letter.record.position.offset = number_in(message, "otmetka-origin-offset", 0);
  letter.record.payload = std::string(payload_of(message));
  letter.record.encoding = encoding_of(message);
  letter.record.published_at = time_in(message, "otmetka-published-us");
  letter.record.traceparent = text_in(message, "traceparent");
  letter.reason = decode_reason(header_of(message, "otmetka-reason").value_or(std::string_view()));
  letter.attempts = static_cast<std::int32_t>(number_in(message, "otmetka-attempts", 1));
  letter.parked_at = time_in(message, "otmetka-parked-us");
  letter.submission_id = text_in(message, "otmetka-submission");
  letter.assignment_id = text_in(message, "otmetka-assignment");
  letter.learner_id = text_in(message, "otmetka-learner");
  return letter;
}

}  // namespace otmetka::queue::kafka
