// What a running server counts, and the page that tells it: the Prometheus text format 0.0.4.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otmetka::engine {

// Every thread that counts has a shard of its own and is its only writer, so that an add is a load and a store (about 1 ns)
// and nobody waits; text() adds the shards up, and a thread that ends leaves its counts behind. Any thread may do anything
// here. Handles (Counter, Histogram, Labelled) are copied freely and must not outlive the Metrics they are of.
//
// Names are otmetka_…, with _total on counters, units spelt out (_seconds, _bytes); labels have few values, never an id.
class Metrics {
 public:
  using Labels = std::vector<std::pair<std::string, std::string>>;
  using Reading = std::function<double()>;  // called by text(); NaN where nobody knows
  static constexpr std::size_t kMostSlots = 384;  // a counter takes 1, a histogram its bounds and 2; 3 KiB a thread

  class Counter {
   public:
    void add(std::uint64_t n = 1) const { bump(metrics_->shard()[slot_], n); }

   private:
    friend class Metrics;
    Counter(const Metrics* metrics, std::size_t slot) : metrics_(metrics), slot_(slot) {}
    const Metrics* metrics_;
    std::size_t slot_;
  };

  class Histogram {
   public:
    void observe(std::chrono::nanoseconds took) const;  // what is below 0 (clocks differ) counts as 0

   private:
    friend class Metrics;
    Histogram(const Metrics* metrics, std::size_t slot, std::span<const std::chrono::nanoseconds> bounds)
        : metrics_(metrics), slot_(slot), bounds_(bounds) {}
    const Metrics* metrics_;
    std::size_t slot_;  // one a bound, one for what lies above all, then the sum in nanoseconds
    std::span<const std::chrono::nanoseconds> bounds_;
  };

  // For what is rare: one label, whose values are seen as they come. An add takes a lock.
  class Labelled {
   public:
    void add(std::string_view value, std::uint64_t n) const;

   private:
    friend class Metrics;
    Labelled(Metrics* metrics, std::string name) : metrics_(metrics), name_(std::move(name)) {}
    Metrics* metrics_;
    std::string name_;
  };

  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // Calls with one name make one family: its help and type are those of the first. `labels` differ within it.
  Counter counter(const std::string& name, std::string_view help, const Labels& labels = {});
  // `bounds` ascend and live as long as this.
  Histogram histogram(const std::string& name, std::string_view help, std::span<const std::chrono::nanoseconds> bounds,
                      const Labels& labels = {});
  Labelled labelled(const std::string& name, std::string_view help, const std::string& label);
  // Read when the page is made; what they read must live until then. A counter's reading never falls.
  void read_counter(const std::string& name, std::string_view help, Reading reading, const Labels& labels = {});
  void read_gauge(const std::string& name, std::string_view help, Reading reading, const Labels& labels = {});

  // The whole page. Counts of one page are not of one instant; each for itself never falls from page to page.
  std::string text() const;

 private:
  using Slot = std::atomic<std::uint64_t>;
  struct Shard;
  struct ThreadShards;  // those of one thread, in all the Metrics it counts for
  struct Hot {
    std::uint64_t owner;
    Slot* slots;
  };
  struct Series;
  struct Family;
  using Totals = std::array<std::uint64_t, kMostSlots>;

  static void bump(Slot& slot, std::uint64_t n) {
    slot.store(slot.load(std::memory_order_relaxed) + n, std::memory_order_relaxed);
  }
  Slot* shard() const { return hot_.owner == id_ ? hot_.slots : find_shard(); }
  Slot* find_shard() const;
  std::size_t take_slots(std::size_t count);
  Family& family(const std::string& name, std::string_view help, std::string_view type);
  void fold_ended() const;  // under shards_mutex_
  Totals fold() const;

  static inline constinit thread_local Hot hot_{};  // of the Metrics that this thread counted for last

  const std::uint64_t id_;  // never given twice in a process
  mutable std::mutex shards_mutex_;
  mutable std::vector<std::shared_ptr<Shard>> shards_;
  mutable Totals ended_{};  // of threads that have ended
  mutable std::mutex families_mutex_;
  std::vector<std::unique_ptr<Family>> families_;  // in the order of the page
  std::size_t slots_taken_ = 0;
  mutable std::mutex labelled_mutex_;
  std::map<std::string, std::map<std::string, std::uint64_t, std::less<>>> labelled_;  // by family and value
};

}  // namespace otmetka::engine
