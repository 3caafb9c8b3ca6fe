#include "cli/result_wait.h"

#include <thread>

#include "queue/codec.h"

namespace otmetka::cli {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kRecords = 1'000;
constexpr std::size_t kBytes = std::size_t{8} << 20;
constexpr milliseconds kPause{10};  // between two rounds in which nothing came

}  // namespace

Result<std::unique_ptr<ResultWait>> ResultWait::begin(std::unique_ptr<WorkQueue> queue) {
  std::unique_ptr<ResultWait> out(new ResultWait(std::move(queue)));
  const auto count = out->queue_->result_partitions();
  if (!count) return count.failure();
  for (std::int32_t partition = 0; partition < *count; ++partition) {
    auto results = out->queue_->results(partition);
    const auto range = results->range();
    if (!range) return range.failure();
    out->partitions_.push_back({std::move(results), range->next});
  }
  return out;
}

// How many records came, wanted or not.
Result<std::size_t> ResultWait::read(Partition& partition, std::set<std::pair<std::string, std::string>>& wanted, bool& some_failed) {
  const auto records = partition.results->poll_results(partition.next, kRecords, kBytes, milliseconds(0));
  if (!records) return records.failure();
  for (const queue::ResultRecord& record : *records) {
    partition.next = record.offset + 1;
    const auto result = queue::decode_result_head(record.payload);
    if (!result || wanted.erase({result->tenant.value, result->submission.value}) == 0) continue;
    some_failed = some_failed || result->progress == Progress::kFailed;
  }
  return records->size();
}

Result<ResultWait::Outcome> ResultWait::wait(const Ids& ids, milliseconds patience, const std::function<void(std::size_t)>& progress) {
  std::set<std::pair<std::string, std::string>> wanted(ids.begin(), ids.end());
  const std::size_t all = wanted.size();
  Outcome outcome;
  auto last_change = Clock::now();
  while (!wanted.empty() && Clock::now() - last_change <= patience) {
    const std::size_t before = wanted.size();
    std::size_t came = 0;
    for (Partition& partition : partitions_) {
      const auto read = this->read(partition, wanted, outcome.some_failed);
      if (!read && !read.failure().retryable) return read.failure();
      came += read ? *read : 0;
    }
    if (wanted.size() != before) {
      last_change = Clock::now();
      progress(all - wanted.size());
    } else if (came == 0) {
      std::this_thread::sleep_for(kPause);
    }
  }
  outcome.done = all - wanted.size();
  return outcome;
}

}  // namespace otmetka::cli
