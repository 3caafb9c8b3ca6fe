#include "cli/replay_check.h"

#include <ostream>

#include "engine/replay.h"
#include "queue/codec.h"

namespace otmetka::cli {

std::shared_ptr<const engine::CompiledSpec> ReplayCheck::spec_of(const std::string& sha256) {
  const auto [place, is_new] = specs_.try_emplace(sha256);
  if (!is_new) return place->second;
  const auto row = store_.spec(sha256);
  v1::AssessmentSpec message;
  if (!row || !*row || !message.ParseFromString((*row)->bytes)) return nullptr;
  const auto spec = engine::compile(std::move(message), "", (*row)->bytes).spec;
  if (spec != nullptr && !spec->runs_programs) place->second = spec;
  return place->second;
}

void ReplayCheck::add(const gradebook::Standing& standing) {
  for (const ScoredResult& stored : standing.attempts) add(stored);
}

void ReplayCheck::add(const ScoredResult& stored) {
  const auto spec = stored.progress == Progress::kFailed ? nullptr : spec_of(stored.spec_sha256);
  const auto again = spec == nullptr ? Result<ScoredResult>(error("OT382", {stored.submission.value})) : engine::replay(*spec, stored);
  if (!again) {
    ++cannot_;
  } else if (queue::encode_result(*again) == queue::encode_result(stored)) {
    ++same_;
  } else {
    ++different_;
    report(context_, error("OT428", {stored.assignment.value, stored.learner.value, std::int64_t{stored.attempt_no}}));
  }
}

void ReplayCheck::print(const std::string& format, std::ostream& out) const {
  if (format == "jsonl") {
    out << "{\"same\":" << same_ << ",\"different\":" << different_ << ",\"not_replayed\":" << cannot_ << "}\n";
  } else if (format == "csv") {
    out << "same,different,not_replayed\n" << same_ << ',' << different_ << ',' << cannot_ << '\n';
  } else {
    out << say(context_, "cli.results.replayed", {same_, different_, cannot_}) << '\n';
  }
}

}  // namespace otmetka::cli
