// The queue that needs no broker: one SQLite database in a folder. Several processes may publish, one may serve.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>

#include "model/result.h"
#include "queue/source.h"

namespace otmetka::queue {

struct EmbeddedOptions {
  std::string folder;  // made (0700) if it is not there: queue.db, serve.lock, two doorbells
  std::chrono::milliseconds busy_timeout{30'000};  // how long to wait while another process writes
  std::int64_t most_pages = 0;                     // of 16 KiB in queue.db; 0: no bound but the disk's
  const std::atomic<bool>* leaving = nullptr;      // once true, nobody is waited for longer than 0.3 s; outlives the queue
};

enum class EmbeddedRole {
  kServe,   // takes the submissions and commits results: one process at a time
  kClient,  // publishes, reads results, handles dead letters: any number, with or without a server
};

// How many of the newest stay, whoever is done with them.
struct Keep {
  std::int64_t results = 0;
  std::int64_t submissions = 0;
};
inline constexpr std::int64_t kKeepAll = std::numeric_limits<std::int64_t>::max();

struct Trimmed {
  std::int64_t submissions = 0;
  std::int64_t results = 0;
  bool more = false;  // the time was up first
};

// Durable: what publish() and commit() have answered for is on the disk (WAL, synchronous=FULL). Each part below is one
// connection and belongs to one thread at a time, except where queue/source.h says any; trim() is a part of its own.
// They live as long as the queue.
//
// Errors, argument 0 is the path: OT402 a file stands where a folder should be, OT403 not allowed, OT404 disk full
// (retryable), OT405 damaged, OT406 not a queue, OT407 made by a newer version, OT408 busy past the timeout (retryable),
// OT409 anything else; OT410 another server is there (argument 1 its pid), OT411 another server took over.
class EmbeddedQueue {
 public:
  static Result<std::unique_ptr<EmbeddedQueue>> open(const EmbeddedOptions& options, EmbeddedRole role);
  ~EmbeddedQueue();

  SubmissionSource& source();  // role kServe only
  ResultSink& sink();          // role kServe only
  SubmissionPublisher& publisher();
  ResultSource& results();
  DeadLetterStore& dead_letters();

  // Whether the queue that was opened still stands at its path. OT417: it is gone, or another file stands there, and what is
  // published does not come here any more. Any thread.
  Status check_place() const;

  // Given at random when the queue was made: what a gradebook files its position in this queue under.
  const std::string& id() const;

  // For a gradebook that has results up to here and none of those trimmed since: the submissions whose results it may lack
  // are taken up again, by the specs of today; their dead letters go, and come again if they must. The number of submissions
  // that will be graded again. Before source() and sink() are used; role kServe only.
  Result<std::int64_t> grade_again(std::int64_t results_had_below);

  // For a queue that is older than the gradebook's position in it (a backup brought back): its results from here on are
  // others than those that the gradebook knows by the same offsets. Role kServe only.
  Status take_id(const std::string& id);
  Result<std::string> new_id() const;  // one that nobody else has

  // Deletes what nobody needs any more: results below `results_applied_below`, and submissions whose results all lie
  // there; the newest of each stay as `keep` says. Dead letters always stay. Works in small transactions and returns after
  // about 20 ms, so that publishers get their turn; the file gives the room back to the disk in larger steps. Role kServe only.
  Result<Trimmed> trim(std::int64_t results_applied_below, Keep keep);

 private:
  struct Parts;
  explicit EmbeddedQueue(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace otmetka::queue
