#include "cli/feeds.h"

#include <string>
#include <utility>

#include "cli/server_log.h"
#include "cli/stores.h"

namespace otmetka::cli {
namespace {

// A server of databases is restarted, upgraded, moved to another machine; what is graded meanwhile waits in the queue.
constexpr std::chrono::minutes kPatienceWithAServer{10};

// A topic that was made anew begins again at 0, and one whose records are gone begins behind the position.
Status put_right(const Context& context, const Config& config, gradebook::Store& book, queue::ResultSource& results,
                 std::int32_t partition) {
  const auto position = book.position(partition);
  if (!position) return position.failure();
  const auto range = results.range();
  if (!range) return range.failure();
  const std::int64_t from = *position;
  if (range->first <= from && from <= range->next) return ok_status();
  const gradebook::Move move{.partition = partition, .expected = from, .next = range->first};
  if (const auto moved = book.apply({}, std::span(&move, 1)); !moved) return moved.failure();
  const std::string shown = shown_gradebook(config);
  if (from > range->next) {
    log_notice(context, {"OT467", {shown, config.get("queue"), std::int64_t{partition}}});
  } else {
    log_notice(context, {"OT468", {shown, config.get("queue"), std::int64_t{partition}, from, range->first - 1}});
  }
  return ok_status();
}

}  // namespace

std::chrono::milliseconds patience_with_gradebook(const Config& config, bool until_empty) {
  const auto place = gradebook_place(config);
  return place && place->on_server && !until_empty ? kPatienceWithAServer : engine::GradebookFeed::Options().patience;
}

Result<std::unique_ptr<Feeds>> Feeds::open(const Context& context, const Config& config, WorkQueue& queue, gradebook::Store& book,
                                           const engine::GradebookFeed::Options& options) {
  const auto partitions = queue.result_partitions();
  if (!partitions) return partitions.failure();
  std::unique_ptr<Feeds> feeds(new Feeds);
  for (std::int32_t partition = 0; partition < *partitions; ++partition) {
    auto results = queue.results(partition);
    if (queue.embedded() == nullptr) {
      if (Status right = put_right(context, config, book, *results, partition); !right) return right.failure();
    }
    engine::GradebookFeed::Options own = options;
    own.partition = partition;
    auto feed = std::make_unique<engine::GradebookFeed>(*results, book, std::move(own));
    feeds->feeds_.push_back({std::move(results), std::move(feed), {}});
  }
  return feeds;
}

Feeds::~Feeds() { static_cast<void>(finish()); }

void Feeds::start(std::function<void()> ended) {
  for (One& one : feeds_) {
    one.thread = std::thread([this, &one, ended] {
      const Status done = one.feed->run();
      if (!done) {
        const std::lock_guard lock(mutex_);
        if (!failure_) failure_ = done.failure();
      }
      if (ended) ended();
    });
  }
}

Status Feeds::finish() {
  for (const One& one : feeds_) one.feed->stop();
  for (One& one : feeds_) {
    if (one.thread.joinable()) one.thread.join();
  }
  const std::lock_guard lock(mutex_);
  return failure_ ? Status(*failure_) : ok_status();
}

void Feeds::hurry() {
  for (const One& one : feeds_) one.feed->hurry();
}

std::uint64_t Feeds::applied() const {
  std::uint64_t sum = 0;
  for (const One& one : feeds_) sum += one.feed->applied();
  return sum;
}

std::uint64_t Feeds::conflicts() const {
  std::uint64_t sum = 0;
  for (const One& one : feeds_) sum += one.feed->conflicts();
  return sum;
}

std::vector<const engine::GradebookFeed*> Feeds::all() const {
  std::vector<const engine::GradebookFeed*> out;
  for (const One& one : feeds_) out.push_back(one.feed.get());
  return out;
}

}  // namespace otmetka::cli
