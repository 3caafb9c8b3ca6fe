#include "queue/embedded/embedded_queue.h"

#include <cassert>
#include <optional>

#include "queue/embedded/dead_letters.h"
#include "queue/embedded/files.h"
#include "queue/embedded/recovery.h"
#include "queue/embedded/results.h"
#include "queue/embedded/schema.h"
#include "queue/embedded/serve_lock.h"
#include "queue/embedded/submissions.h"
#include "queue/embedded/trim.h"

namespace otmetka::queue {

using namespace embedded;

struct EmbeddedQueue::Parts {
  DatabaseOptions database;
  std::string submitted;  // the doorbells
  std::string scored;
  std::string id;
  FileIdentity identity;        // of the database
  std::optional<ServeLock> lock;  // outlives the rest: nobody serves while this one still closes
  std::unique_ptr<Publisher> publisher;
  std::unique_ptr<Results> results;
  std::unique_ptr<DeadLetters> dead_letters;
  std::unique_ptr<Source> source;
  std::unique_ptr<Sink> sink;
  std::unique_ptr<Trimmer> trimmer;

  // From where the last commit stands.
  Status begin_serving();
};

namespace {

// The value of a Result into its place, or its error.
template <class T, class Place>
Status into(Place& place, Result<T> opened) {
  if (!opened) return opened.failure();
  place = std::move(*opened);
  return ok_status();
}

}  // namespace

Status EmbeddedQueue::Parts::begin_serving() {
  if (auto done = into(sink, Sink::open(database, scored)); !done) return done;
  return into(source, Source::open(database, submitted));
}

EmbeddedQueue::EmbeddedQueue(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
EmbeddedQueue::~EmbeddedQueue() = default;

Result<std::unique_ptr<EmbeddedQueue>> EmbeddedQueue::open(const EmbeddedOptions& options, EmbeddedRole role) {
  if (auto made = make_folder(options.folder); !made) return made.failure();
  auto parts = std::make_unique<Parts>();
  parts->database = {.file = options.folder + "/queue.db",
                     .busy_timeout = options.busy_timeout,
                     .most_pages = options.most_pages,
                     .leaving = options.leaving};
  parts->submitted = options.folder + "/doorbell";
  parts->scored = options.folder + "/results.doorbell";
  const auto open_all = [&]() -> Status {
    if (role == EmbeddedRole::kServe) {
      auto lock = ServeLock::take(options.folder);
      if (!lock) return lock.failure();
      parts->lock.emplace(std::move(*lock));
    }
    const DatabaseOptions& database = parts->database;
    if (auto done = into(parts->id, read_id(database)); !done) return done;
    if (auto done = into(parts->publisher, Publisher::open(database, parts->submitted)); !done) return done;
    if (auto done = into(parts->results, Results::open(database, parts->scored)); !done) return done;
    if (auto done = into(parts->dead_letters, DeadLetters::open(database, parts->submitted)); !done) return done;
    if (role == EmbeddedRole::kClient) return ok_status();
    if (auto done = into(parts->trimmer, Trimmer::open(database)); !done) return done;
    return parts->begin_serving();
  };
  if (auto done = open_all(); !done) return done.failure();
  parts->identity = identity_of(parts->database.file);
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

Result<std::int64_t> EmbeddedQueue::grade_again(std::int64_t results_had_below) {
  assert(parts_->lock);
  const auto submissions = embedded::grade_again(parts_->database, results_had_below);
  if (!submissions) return submissions;
  if (auto begun = parts_->begin_serving(); !begun) return begun.failure();
  return submissions;
}

Status EmbeddedQueue::check_place() const {
  const std::string& file = parts_->database.file;
  return identity_of(file) == parts_->identity ? ok_status() : Status(error("OT417", {file}));
}

Result<std::string> EmbeddedQueue::new_id() const { return embedded::new_id(parts_->database); }

Status EmbeddedQueue::take_id(const std::string& id) {
  assert(parts_->lock);
  if (auto written = write_id(parts_->database, id); !written) return written;
  parts_->id = id;
  return ok_status();
}

Result<Trimmed> EmbeddedQueue::trim(std::int64_t results_applied_below, Keep keep) {
  assert(parts_->trimmer);
  return parts_->trimmer->trim(results_applied_below, keep);
}

}  // namespace otmetka::queue
