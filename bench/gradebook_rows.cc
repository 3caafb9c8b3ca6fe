#include "bench/gradebook_rows.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <deque>
#include <numeric>
#include <span>
#include <thread>
#include <utility>

#include "queue/codec.h"

namespace otmetka::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kBatch = 5'000;    // what a feed hands over at once
constexpr std::size_t kBlock = 100'000;  // made before it is timed

double cpu_of_this_process() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

// The results of one partition, as its feed hands them over.
class Feed {
 public:
  void add(ScoredResult result) {
    if (batches_.empty() || batches_.back().arrivals.size() == kBatch) batches_.emplace_back();
    Batch& batch = batches_.back();
    const std::string& payload = batch.payloads.emplace_back(queue::encode_result(result));
    result.notices.clear();
    batch.arrivals.push_back({std::move(result), payload});
  }

  void apply(gradebook::Store& store, std::int32_t partition) {
    std::int64_t position = *store.position(partition);
    for (const Batch& batch : batches_) {
      const gradebook::Move move{partition, position, position + static_cast<std::int64_t>(batch.arrivals.size())};
      const auto applied = store.apply(batch.arrivals, std::span(&move, 1));
      if (!applied) give_up("apply failed: " + applied.failure().code());
      applied_.stored += applied->stored;
      applied_.duplicates += applied->duplicates;
      position = move.next;
    }
  }

  const gradebook::Applied& applied() const { return applied_; }

 private:
  struct Batch {
    std::deque<std::string> payloads;
    std::vector<gradebook::Arrival> arrivals;
  };
  std::vector<Batch> batches_;
  gradebook::Applied applied_;
};

}  // namespace

ScoredResult result_of(int n, int epoch, int payload_bytes) {
  ScoredResult out;
  const std::string id = std::to_string(static_cast<unsigned>(n) * 2'654'435'761U);
  out.tenant = TenantId("default");
  out.submission = SubmissionId("018f3c1e-7b1a-7c3d-9e4f-" + std::string(12 - std::min<std::size_t>(12, id.size()), '0') + id);
  out.assignment = AssignmentId("assignment-" + std::to_string(n % 1'000));
  out.learner = LearnerId("learner-" + id);
  out.spec = SpecId(out.assignment.value);
  out.spec_sha256 = std::string(64, 'a');
  out.result_id = std::string(54 - id.size(), 'b') + id + std::to_string(1'000'000'000 + epoch);
  out.content_sha256 = std::string(63, 'c') + std::to_string(epoch % 10);
  out.engine_version = "0.1.0";
  out.grade_epoch = epoch;
  out.raw = 1;
  out.maximum = 2;
  out.progress = Progress::kFinal;
  out.consumes_attempt = true;
  out.submitted_at = Timestamp(std::chrono::seconds(1'700'000'000 + n));
  if (payload_bytes > 0) out.notices = {{"say", {std::string(static_cast<std::size_t>(payload_bytes), 'x')}}};
  return out;
}

Pass apply_all(gradebook::Store& store, const std::vector<int>& order, int epoch, int payload_bytes, int partitions) {
  Pass pass;
  for (std::size_t at = 0; at < order.size(); at += kBlock) {
    std::vector<Feed> feeds(static_cast<std::size_t>(partitions));
    for (std::size_t i = at; i < std::min(at + kBlock, order.size()); ++i) {
      feeds[static_cast<std::size_t>(order[i]) % feeds.size()].add(result_of(order[i], epoch, payload_bytes));
    }
    const auto began = Clock::now();
    const double cpu = cpu_of_this_process();
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < feeds.size(); ++i) threads.emplace_back([&, i] { feeds[i].apply(store, static_cast<std::int32_t>(i)); });
    for (std::thread& thread : threads) thread.join();
    pass.seconds += std::chrono::duration<double>(Clock::now() - began).count();
    pass.cpu_seconds += cpu_of_this_process() - cpu;
    for (const Feed& feed : feeds) {
      pass.applied.stored += feed.applied().stored;
      pass.applied.duplicates += feed.applied().duplicates;
    }
  }
  return pass;
}

std::vector<int> numbers(int from, int to) {
  std::vector<int> out(static_cast<std::size_t>(to - from));
  std::iota(out.begin(), out.end(), from);
  return out;
}

const std::vector<std::string>& server_settings() {
  static const std::vector<std::string> kSettings{"fsync=on", "shared_buffers=512MB", "max_wal_size=8GB"};
  return kSettings;
}

}  // namespace otmetka::bench
