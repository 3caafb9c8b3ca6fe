// A piece of work as the engine sees it, decoded from whatever form it arrived in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "model/ids.h"
#include "model/message.h"
#include "model/time.h"

namespace otmetka {

// Answer bytes are as typed: any bytes at all, not necessarily UTF-8. Checkers bound and validate them.
struct TextAnswer {
  std::string text;
};
// Options ticked, in the order they arrived; repeats are the checker's to judge.
struct ChoiceAnswer {
  std::vector<std::string> ticked;
};
struct MappingAnswer {
  std::vector<std::pair<std::string, std::string>> pairs;
};
struct SequenceAnswer {
  std::vector<std::string> elements;
};
struct SubmittedFile {
  std::string name;
  std::string bytes;        // inline, or empty when blob_sha256 names them
  std::string blob_sha256;  // hex
};
struct FilesAnswer {
  std::vector<SubmittedFile> files;
};
// An answer whose shape no reader could make sense of (a nested list, a JSON object with numbers inside lists): every
// checker answers INVALID_INPUT. `reason` says what was found, `raw` keeps the beginning of what was typed (a cell, JSON) for
// the explanation.
struct MisshapenAnswer {
  Message reason;
  std::string raw = {};  // at most kMaxRawBytes; empty where nothing could be read
};
inline constexpr std::size_t kMaxRawBytes = 4096;

// A list in JSON's short form arrives as SequenceAnswer: `choice` takes it too.
using Answer =
    std::variant<TextAnswer, ChoiceAnswer, MappingAnswer, SequenceAnswer, FilesAnswer, MisshapenAnswer>;

// `raw` may be of any length.
inline MisshapenAnswer misshapen(Message reason, std::string_view raw) {
  return {std::move(reason), std::string(raw.substr(0, kMaxRawBytes))};
}

struct Response {
  PartId part;
  Answer answer;
};

enum class Priority { kInteractive = 1, kBatch };
enum class Reason { kFirst = 1, kRegrade, kRejudgeInfra, kPreview };

struct Submission {
  TenantId tenant;
  EventId event;
  SubmissionId submission;
  AssignmentId assignment;
  LearnerId learner;
  std::int32_t attempt_no = 1;  // from 1
  std::optional<Timestamp> started_at;
  std::optional<Timestamp> submitted_at;
  std::optional<Timestamp> received_at;
  std::optional<Timestamp> due_at;
  SpecId spec;
  std::string spec_sha256;  // hex; empty: the current one of `spec`
  std::string locale;       // BCP 47, how the learner typed numbers; empty: the spec's
  Priority priority = Priority::kInteractive;
  Reason reason = Reason::kFirst;
  std::string regrade_id;
  std::int64_t grade_epoch = 0;
  std::int64_t revision = 0;
  std::vector<Response> responses;
  std::vector<Message> notices;  // what the reader of this submission wants said beside the result
};

}  // namespace otmetka
