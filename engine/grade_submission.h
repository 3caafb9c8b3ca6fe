// One submission against one spec: the score, explained.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/compiled_spec.h"
#include "engine/programs.h"
#include "model/scored_result.h"
#include "model/submission.h"

namespace otmetka::engine {

struct GradeOptions {
  bool explain = false;              // fill the traces
  std::optional<Timestamp> graded_at = {};  // nullopt: left empty
  Programs* programs = nullptr;      // for specs that run programs
  std::string_view row = {};         // what stands for a missing submission_id in the result_id
};

inline constexpr std::string_view kEngineVersion = "0.1.0";

// Pure and thread-safe: the same work by the same spec gives the same credit, points, status and rule of every part,
// hence the same content_sha256. An answer to an item that the spec does not have is named in `notices`, and the other
// items are graded all the same; of two answers to one item the first counts and a notice says so. A spec that runs programs
// takes their time, and may fail for a reason of ours: OT566 without `programs`, or what the sandbox says. No other does.
Result<ScoredResult> grade_submission(const CompiledSpec& spec, const Submission& submission, const GradeOptions& options);

// One item alone: its part results, one or (for an item of parts) several; `consumes_attempt`, when not null, tells whether
// the item uses up an attempt, which its parts one by one do not say. `responses` name the item or `item.part`.
Result<std::vector<PartResult>> grade_item(const CompiledItem& item, std::span<const Response> responses,
                                           const checkers::CheckContext& context, bool* consumes_attempt = nullptr);

// Gives a context what an item that runs programs needs; the sandbox is opened by the first.
Status provide_programs(Programs* programs, checkers::CheckContext& context);

// The result of a work that the engine could not grade: no score, progress FAILED, the reason in `notices`.
// `row` as in GradeOptions.
ScoredResult failed_result(const Submission& submission, const Message& reason, std::string_view row = {});

// hex SHA-256 over credit, points, status and rule_id of each part.
std::string content_hash(const ScoredResult& result);

}  // namespace otmetka::engine
