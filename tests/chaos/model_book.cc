// The model against a gradebook that has been given all results.
#include "engine/gradebook_feed.h"
#include "tests/chaos/engine_worker.h"
#include "tests/chaos/model.h"

namespace otmetka::chaos {

Status Model::fill(gradebook::Store& book) {
  for (const queue::PublishedSpec& spec : published_specs()) {
    if (Status put = book.put_spec({spec.sha256, spec.id, spec.bytes}); !put) return put;
  }
  for (std::size_t partition = 0; partition < readers_.size(); ++partition) {
    const auto results = client_->results_of(static_cast<std::int32_t>(partition));
    engine::GradebookFeed feed(*results, book, {.partition = static_cast<std::int32_t>(partition)});
    feed.stop();  // it leaves when all that is there is applied
    if (Status fed = feed.run(); !fed) return fed;
  }
  return ok_status();
}

std::vector<std::string> Model::wrong_in(gradebook::Store& book) const {
  Findings findings;
  std::set<std::string> held;
  const auto compare = [&](const ScoredResult& attempt) {
    const std::string& id = attempt.submission.value;
    if (!held.insert(id).second) findings.tell("in the gradebook twice", id);
    const auto expected = expected_.find(id);
    if (expected == expected_.end()) return findings.tell("in the gradebook and never published", id);
    const std::string outcome = outcome_of(attempt);
    if (outcome != expected->second.outcome) findings.tell("another outcome in the gradebook", id + ": " + outcome);
    const auto seen = results_.find(id);
    if (seen == results_.end() || !seen->second.ids.contains(attempt.result_id)) findings.tell("in the gradebook and not in the topic", id);
  };
  const Status read = book.visit({}, [&](const gradebook::Standing& standing) {
    for (const ScoredResult& attempt : standing.attempts) compare(attempt);
    return true;
  });
  if (!read) findings.tell("the gradebook cannot be read", words_of(read.failure()));
  for (const auto& [id, expected] : expected_) {
    if (!held.contains(id)) findings.tell("not in the gradebook", id);
  }
  const auto conflicts = book.conflicts();
  if (!conflicts || *conflicts != 0) findings.tell("conflicts", conflicts ? std::to_string(*conflicts) : words_of(conflicts.failure()));
  return findings.lines();
}

}  // namespace otmetka::chaos
