#include "queue/embedded/trim.h"

#include <algorithm>

#include "queue/embedded/schema.h"

namespace otmetka::queue::embedded {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds kMostTime{20};
constexpr std::int64_t kFreePagesKept = 16'384;  // 64 MiB: room that the next submissions will need again

// The limit keeps a transaction to some milliseconds, so that publishers wait no longer than that.
constexpr const char* kRemoveSubmissions =
    "DELETE FROM submissions WHERE offset IN (SELECT offset FROM submissions WHERE offset < ?1 ORDER BY offset LIMIT 2000)";
constexpr const char* kRemoveResults =
    "DELETE FROM results WHERE offset IN (SELECT offset FROM results WHERE offset < ?1 ORDER BY offset LIMIT 2000)";
constexpr const char* kMarkTrimmed =
    "UPDATE trimmed SET results_below = max(results_below, min(?1, ifnull((SELECT min(offset) FROM results), ?1)))";
// One of each thousand submissions stays: they tell where to begin again for a gradebook that has missed results.
constexpr const char* kRemoveCommits =
    "DELETE FROM commits WHERE results_below IN (SELECT results_below FROM"
    " (SELECT results_below, submissions_below / 1000 AS thousand,"
    "   lead(submissions_below / 1000) OVER (ORDER BY results_below) AS next FROM commits"
    "   WHERE results_below >= ?2 AND results_below <= ?1) WHERE thousand = next ORDER BY results_below LIMIT 2000)";
constexpr const char* kLastCommit = "SELECT ifnull(max(results_below), 0) FROM commits WHERE results_below <= ?1";
constexpr const char* kFinishedBelow =
    "SELECT submissions_below FROM commits WHERE results_below <= ?1 ORDER BY results_below DESC LIMIT 1";
constexpr std::int64_t kBatch = 2'000;

}  // namespace

Result<std::unique_ptr<Trimmer>> Trimmer::open(const DatabaseOptions& options) {
  auto database = Database::open(options, kQueueSchema);
  if (!database) return database.failure();
  std::unique_ptr<Trimmer> trimmer(new Trimmer(std::move(*database)));
  if (auto ready = trimmer->prepare(); !ready) return ready.failure();
  return trimmer;
}

Status Trimmer::prepare() {
  const std::pair<Statement*, const char*> statements[] = {{&finished_below_, kFinishedBelow},
                                                           {&remove_submissions_, kRemoveSubmissions},
                                                           {&remove_results_, kRemoveResults},
                                                           {&mark_trimmed_, kMarkTrimmed},
                                                           {&remove_commits_, kRemoveCommits},
                                                           {&last_commit_, kLastCommit}};
  for (const auto& [statement, sql] : statements) {
    auto prepared = database_->prepare(sql);
    if (!prepared) return prepared.failure();
    *statement = std::move(*prepared);
  }
  return ok_status();
}

Result<std::int64_t> Trimmer::step(Statement& remove, std::int64_t below) {
  if (auto removed = remove.bind(1, below).run(); !removed) return removed.failure();
  return database_->changes();
}

// Rows and mark go together: who reads either sees both.
Result<std::int64_t> Trimmer::step_results(std::int64_t below) {
  if (below <= 0) return 0;
  auto transaction = Transaction::begin(*database_);
  if (!transaction) return transaction.failure();
  const auto removed = step(remove_results_, below);
  if (!removed || *removed == 0) return removed;
  if (auto marked = mark_trimmed_.bind(1, below).run(); !marked) return marked.failure();
  if (auto done = transaction->commit(); !done) return done.failure();
  return removed;
}

Result<std::int64_t> Trimmer::step_commits(std::int64_t applied_below) {
  remove_commits_.bind(2, thinned_below_);
  const auto removed = step(remove_commits_, applied_below);
  if (!removed || *removed == kBatch) return removed;
  const auto row = last_commit_.bind(1, applied_below).step();
  if (!row) return row.failure();
  thinned_below_ = last_commit_.integer(0);
  last_commit_.reset();
  return removed;
}

Result<Trimmed> Trimmer::trim(std::int64_t results_applied_below, Keep keep) {
  // Even a DELETE that finds nothing takes the write lock, and the committer would wait for it.
  if (results_applied_below <= std::min(keep.results, keep.submissions)) return Trimmed{};
  const auto until = Clock::now() + kMostTime;
  finished_below_.bind(1, results_applied_below);
  const auto row = finished_below_.step();
  if (!row) return row.failure();
  const std::int64_t submissions_below = *row ? finished_below_.integer(0) : 0;
  finished_below_.reset();

  Trimmed trimmed;
  do {
    const auto submissions = step(remove_submissions_, submissions_below - keep.submissions);
    if (!submissions) return submissions.failure();
    const auto results = step_results(results_applied_below - keep.results);
    if (!results) return results.failure();
    const auto commits = step_commits(results_applied_below);
    if (!commits) return commits.failure();
    trimmed.submissions += *submissions;
    trimmed.results += *results;
    trimmed.more = std::max({*submissions, *results, *commits}) == kBatch;
  } while (trimmed.more && Clock::now() < until);
  if (auto given = give_back(); !given) return given.failure();
  return trimmed;
}

Status Trimmer::give_back() {
  const auto free = database_->integer("PRAGMA freelist_count");
  if (!free) return free.failure();
  if (*free <= kFreePagesKept) return ok_status();
  return database_->execute("PRAGMA incremental_vacuum(2000)");
}

}  // namespace otmetka::queue::embedded
