// Results that contract tests feed a gradebook, and how they are fed.
#include "queue/codec.h"
#include "tests/contract/gradebook_contract.h"

namespace otmetka::gradebook {

ResultMaker::ResultMaker() {
  result.tenant = TenantId("t");
  result.submission = SubmissionId("s-1");
  result.assignment = AssignmentId("a-1");
  result.learner = LearnerId("p-1");
  result.spec = SpecId("a-1");
  result.spec_sha256 = "5ec";
  result.engine_version = "1";
  result.maximum = 2;
  result.raw = 1;
  result.progress = Progress::kFinal;
  result.consumes_attempt = true;
  at(0);
}

ResultMaker& ResultMaker::at(int seconds) {
  result.submitted_at = Timestamp(std::chrono::seconds(1'700'000'000 + seconds));
  return *this;
}

ResultMaker& ResultMaker::version(std::int64_t epoch, std::int64_t revision) {
  result.grade_epoch = epoch;
  result.revision = revision;
  return *this;
}

ResultMaker& ResultMaker::failed() {
  result.progress = Progress::kFailed;
  result.raw = 0;
  result.consumes_attempt = true;  // even if a worker says so, a failure of ours is nobody's attempt
  return *this;
}

ScoredResult ResultMaker::finished() const {
  ScoredResult out = result;
  out.result_id = out.tenant.value + "/" + out.submission.value + "/" + out.spec_sha256 + "/" +
                  std::to_string(out.grade_epoch) + "/" + std::to_string(out.revision);
  out.content_sha256 = "content " + out.raw.to_string();
  return out;
}

Result<Applied> apply_results(Store& store, const std::vector<ScoredResult>& results, std::int64_t expected, std::int64_t next) {
  return apply_results(store, results, {.partition = 0, .expected = expected, .next = next});
}

Result<Applied> apply_results(Store& store, const std::vector<ScoredResult>& results, const Move& move) {
  std::vector<std::string> payloads;
  for (const ScoredResult& result : results) payloads.push_back(queue::encode_result(result));
  std::vector<Arrival> arrivals;
  for (const std::string& payload : payloads) {
    auto head = queue::decode_result_head(payload);
    if (!head) return head.failure();
    arrivals.push_back({std::move(*head), payload});
  }
  return store.apply(arrivals, std::span(&move, 1));
}

}  // namespace otmetka::gradebook
