#include "engine/grade_record.h"

#include "engine/engine_metrics.h"
#include "engine/fault.h"
#include "engine/grade_submission.h"
#include "queue/codec.h"

namespace otmetka::engine {
namespace {

queue::ResultRecord to_record(const ScoredResult& result) {
  return {.key = result.learner.value + "/" + result.assignment.value, .payload = queue::encode_result(result)};
}

// A broker takes 1 MiB with the headers, of which a copy has some more. A submission has 700 KiB in all; what is larger all the
// same is graded where it is.
constexpr std::size_t kMostForwardedBytes = 900 * 1024;

// Workers that have ended while they graded it.
constexpr std::int32_t kParkedAfter = 2;

std::int32_t attempts_of(const Work& work) { return work.record.journey.attempts + work.attempts; }

queue::DeadLetter to_dead_letter(const Work& work, const Error& error) {
  queue::DeadLetter letter;
  letter.record = work.record;
  letter.reason = error.message;
  letter.attempts = attempts_of(work) + 1;
  letter.parked_at = now();
  return letter;
}

Finished finished_for(const Work& work) {
  return {.position = work.record.position, .bytes = work.record.payload.size(), .stamp = {.published_at = work.record.published_at}};
}

Finished parked(const Work& work, const Submission& submission, const Error& error) {
  Finished out = finished_for(work);
  out.dead_letter = to_dead_letter(work, error);
  out.dead_letter->submission_id = submission.submission.value;
  out.dead_letter->assignment_id = submission.assignment.value;
  out.dead_letter->learner_id = submission.learner.value;
  out.result = to_record(failed_result(submission, error.message));
  return out;
}

Finished parked_alone(const Work& work, const Error& error) {
  Finished out = finished_for(work);
  out.dead_letter = to_dead_letter(work, error);
  return out;
}

Finished forwarded(const Work& work, const Submission& submission, queue::Lane to) {
  Finished out = finished_for(work);
  out.stamp.forwarded = true;
  out.forwarded = {to, submission.learner.value + "/" + submission.assignment.value, work.record};
  out.forwarded->record.journey.forwarded = true;
  out.forwarded->record.journey.attempts = attempts_of(work);
  return out;
}

bool may_go(const Work& work, queue::Lane to, LastTry last) {
  return last.forwarding != nullptr && last.forwarding->to(to) && work.record.payload.size() <= kMostForwardedBytes;
}

// Services may publish everything to .submissions. A copy is graded where it has come to: nothing goes round in circles.
bool belongs(const Work& work, queue::Lane to, LastTry last) {
  const bool here = queue::lane_of(work.record.position.partition) != queue::Lane::kSubmissions || work.record.journey.forwarded;
  return !here && may_go(work, to, last);
}

bool can_wait(const Submission& submission) {
  return submission.priority == Priority::kBatch || submission.reason == Reason::kRegrade;
}

// After the last try that this worker makes of it: another round, or the dead letters.
Finished given_up(const Work& work, const Submission& submission, const Error& error, LastTry last) {
  const queue::Journey& journey = work.record.journey;
  if (!may_go(work, queue::Lane::kRetry, last) || journey.rounds >= last.forwarding->rounds) return parked(work, submission, error);
  Finished out = forwarded(work, submission, queue::Lane::kRetry);
  queue::Journey& onward = out.forwarded->record.journey;
  ++onward.attempts;
  ++onward.rounds;
  onward.not_before = now() + last.forwarding->delay * (std::int64_t{1} << std::min(journey.rounds, 10));
  return out;
}

// What an event must name before a row of the gradebook can be its own. One that does not (an empty one, above all) gives no
// row, not even a FAILED one: it would be nobody's.
std::optional<Error> missing_identity(const Submission& submission) {
  const std::pair<const std::string&, const char*> fields[] = {{submission.submission.value, "submission_id"},
                                                               {submission.assignment.value, "assignment_id"},
                                                               {submission.learner.value, "learner_id"}};
  for (const auto& [value, name] : fields) {
    if (value.empty()) return error("OT381", {std::string(name)});
  }
  return std::nullopt;
}

std::string wanted_spec(const Submission& submission) {
  return submission.spec_sha256.empty() ? submission.spec.value : submission.spec.value + " " + submission.spec_sha256;
}

Graded left_for_programs(const Work& work, const Submission& submission) {
  const bool batch = submission.priority == Priority::kBatch || queue::lane_of(work.record.position.partition) == queue::Lane::kBatch;
  return {std::nullopt,
          {},
          Awaits::kPrograms,
          {submission.tenant.value + "/" + submission.assignment.value, !batch}};
}

// Nobody grades it any more. Where not even its bytes can be read without harm it gives no FAILED result either.
Graded parked_suspect(const Work& work) {
  const Error harm = error("OT455");
  if (work.record.journey.suspected > kParkedAfter) return {parked_alone(work, harm), harm};
  const Result<Submission> submission = queue::decode_submission(work.record.payload, work.record.encoding);
  return {submission && !missing_identity(*submission) ? parked(work, *submission, harm) : parked_alone(work, harm), harm};
}

Graded grade(const Work& work, SpecCache& specs, LastTry last, Programs* programs, const EngineMetrics* metrics) {
  if (work.record.journey.suspected >= kParkedAfter) return parked_suspect(work);
  Result<Submission> submission = queue::decode_submission(work.record.payload, work.record.encoding);
  if (!submission) {
    return {parked_alone(work, submission.failure()), submission.failure()};
  }
  if (submission->tenant.empty()) submission->tenant = TenantId("default");
  if (const auto missing = missing_identity(*submission)) return {parked_alone(work, *missing), *missing};
  if (submission->spec.empty()) submission->spec = SpecId(submission->assignment.value);
  if (can_wait(*submission) && belongs(work, queue::Lane::kBatch, last)) return {forwarded(work, *submission, queue::Lane::kBatch), {}};
  auto spec = specs.find(submission->spec.value, submission->spec_sha256);
  if (spec == nullptr) {
    if (auto why = specs.why_withheld(submission->spec.value, submission->spec_sha256)) {
      return {std::nullopt, std::move(*why), Awaits::kStoredSpec};
    }
    spec = specs.find(submission->spec.value, submission->spec_sha256);  // it may have been withheld until this moment
  }
  if (spec == nullptr) {
    const Error unknown = retryable_error("OT380", {wanted_spec(*submission)});
    if (!last.of_spec) return {std::nullopt, unknown, Awaits::kSpec};
    return {parked(work, *submission, unknown), unknown};
  }
  if (spec->runs_programs && belongs(work, queue::Lane::kPrograms, last)) {
    return {forwarded(work, *submission, queue::Lane::kPrograms), {}};
  }
  if (!submission->submitted_at) submission->submitted_at = work.record.published_at;
  if (spec->runs_programs && programs == nullptr) return left_for_programs(work, *submission);
  const auto result = grade_submission(*spec, *submission, {.explain = true, .graded_at = now(), .programs = programs});
  if (!result) {
    if (result.failure().retryable && !last.of_fault) return {std::nullopt, result.failure()};
    if (result.failure().retryable) return {given_up(work, *submission, result.failure(), last), result.failure()};
    return {parked(work, *submission, result.failure()), result.failure()};
  }
  if (metrics != nullptr) metrics->judged(*result);
  Finished out = finished_for(work);
  out.result = to_record(*result);
  return {std::move(out), {}};
}

// A library has thrown, or memory has run out. That may pass; if it does not, the work is parked like any other.
Graded after_fault(const Work& work, const Error& fault, LastTry last) {
  if (!last.of_fault) return {std::nullopt, fault};
  Result<Submission> submission = queue::decode_submission(work.record.payload, work.record.encoding);
  return {submission && !missing_identity(*submission) ? given_up(work, *submission, fault, last) : parked_alone(work, fault), fault};
}

}  // namespace

Graded grade_record(const Work& work, SpecCache& specs, LastTry last, Programs* programs, const EngineMetrics* metrics) {
  Graded graded;
  const Status whole = without_throwing([&] {
    graded = grade(work, specs, last, programs, metrics);
    return ok_status();
  });
  if (!whole) graded = after_fault(work, {whole.failure().message, true}, last);
  if (graded.finished && graded.finished->result) {
    graded.finished->result->source = work.record.position;
    graded.finished->result->traceparent = work.record.traceparent;
  }
  return graded;
}

}  // namespace otmetka::engine
