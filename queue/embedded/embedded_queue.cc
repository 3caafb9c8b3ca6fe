#include "queue/embedded/embedded_queue.h"

#include <cassert>
#include <optional>

#include "queue/embedded/dead_letters.h"
#include "queue/embedded/files.h"
#include "queue/embedded/results.h"
#include "queue/embedded/schema.h"
#include "queue/embedded/serve_lock.h"
#include "queue/embedded/submissions.h"
#include "queue/embedded/trim.h"

namespace otmetka::queue {

using namespace embedded;

struct EmbeddedQueue::Parts {
  std::string id;
  std::optional<ServeLock> lock;  // outlives the rest: nobody serves while this one still closes
  std::unique_ptr<Publisher> publisher;
  std::unique_ptr<Results> results;
  std::unique_ptr<DeadLetters> dead_letters;
  std::unique_ptr<Source> source;
  std::unique_ptr<Sink> sink;
  std::unique_ptr<Trimmer> trimmer;
};

namespace {

Result<std::string> read_id(const DatabaseOptions& options) {
  auto database = Database::open(options, kQueueSchema);
  if (!database) return database.failure();
  auto select = (*database)->prepare("SELECT id FROM identity");
  if (!select) return select.failure();
  const auto row = select->step();
  if (!row) return row.failure();
  return *row ? std::string(select->bytes(0)) : std::string();
}

// The value of a Result into its place, or its error.
template <class T, class Place>
Status into(Place& place, Result<T> opened) {
  if (!opened) return opened.failure();
  place = std::move(*opened);
  return ok_status();
}

}  // namespace

EmbeddedQueue::EmbeddedQueue(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
EmbeddedQueue::~EmbeddedQueue() = default;

Result<std::unique_ptr<EmbeddedQueue>> EmbeddedQueue::open(const EmbeddedOptions& options, EmbeddedRole role) {
  if (auto made = make_folder(options.folder); !made) return made.failure();
  const DatabaseOptions database{.file = options.folder + "/queue.db",
                                 .busy_timeout = options.busy_timeout,
                                 .most_pages = options.most_pages};
  const std::string submitted = options.folder + "/doorbell";
  const std::string scored = options.folder + "/results.doorbell";
  auto parts = std::make_unique<Parts>();
  const auto open_all = [&]() -> Status {
    if (role == EmbeddedRole::kServe) {
      auto lock = ServeLock::take(options.folder);
      if (!lock) return lock.failure();
      parts->lock.emplace(std::move(*lock));
    }
    if (auto done = into(parts->id, read_id(database)); !done) return done;
    if (auto done = into(parts->publisher, Publisher::open(database, submitted)); !done) return done;
    if (auto done = into(parts->results, Results::open(database, scored)); !done) return done;
    if (auto done = into(parts->dead_letters, DeadLetters::open(database, submitted)); !done) return done;
    if (role == EmbeddedRole::kClient) return ok_status();
    if (auto done = into(parts->sink, Sink::open(database, scored)); !done) return done;
    if (auto done = into(parts->source, Source::open(database, submitted)); !done) return done;
    return into(parts->trimmer, Trimmer::open(database));
  };
  if (auto done = open_all(); !done) return done.failure();
  return std::unique_ptr<EmbeddedQueue>(new EmbeddedQueue(std::move(parts)));
}

SubmissionSource& EmbeddedQueue::source() {
  assert(parts_->source);
  return *parts_->source;
}

ResultSink& EmbeddedQueue::sink() {
  assert(parts_->sink);
  return *parts_->sink;
}

SubmissionPublisher& EmbeddedQueue::publisher() { return *parts_->publisher; }
ResultSource& EmbeddedQueue::results() { return *parts_->results; }
DeadLetterStore& EmbeddedQueue::dead_letters() { return *parts_->dead_letters; }
const std::string& EmbeddedQueue::id() const { return parts_->id; }

Result<Trimmed> EmbeddedQueue::trim(std::int64_t results_applied_below, Keep keep) {
  assert(parts_->trimmer);
  return parts_->trimmer->trim(results_applied_below, keep);
}

}  // namespace otmetka::queue
