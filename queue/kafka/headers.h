// What stands beside a record's bytes: CloudEvents in binary mode, `content-type`, `traceparent`, and a dead letter's own.
#pragma once

#include <librdkafka/rdkafka.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/result.h"
#include "queue/record.h"

namespace otmetka::queue::kafka {

using Headers = std::vector<std::pair<const char*, std::string>>;  // in order; values may be any bytes

// The last header of that name; nullopt: none.
std::optional<std::string_view> header_of(const rd_kafka_message_t& message, const char* name);

// By `content-type`; where it is absent or not one of ours, a body that begins with a brace is JSON.
Encoding encoding_of(const rd_kafka_message_t& message);

// `ce_time` where the publisher gave one that can be read; otherwise the record's own, to the millisecond.
Timestamp published_at(const rd_kafka_message_t& message);

std::string_view payload_of(const rd_kafka_message_t& message);

Headers submission_headers(const Outgoing& submission, const std::string& id, Timestamp at);
// Of a copy for another lane: what the submission had, and its journey in headers named otmetka-…
Headers forwarded_headers(const Forwarded& forwarded, const std::string& origin_topic);
Journey journey_of(const rd_kafka_message_t& message);

Headers result_headers(const ResultRecord& result, Encoding encoding);  // of a result in protobuf, to be written as that

// A letter's value is the record's bytes; everything else stands in headers named otmetka-…
Headers letter_headers(const DeadLetter& letter, const std::string& origin_topic);
// Which record it is, as the key of its letter: "topic/partition/offset".
std::string letter_key(const Position& of, const std::string& origin_topic);
// A letter as another program may have written it: what is absent or cannot be read stays as it is in a DeadLetter.
DeadLetter letter_of(const rd_kafka_message_t& message);

}  // namespace otmetka::queue::kafka
