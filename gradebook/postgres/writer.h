// Those who write into a gradebook on PostgreSQL: a connection each, lent to one caller at a time.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "gradebook/postgres/connection.h"
#include "gradebook/postgres/row_writer.h"
#include "gradebook/store.h"

namespace otmetka::gradebook::postgres {

// What COMMITs have moved whose answers were lost: such a position is right in any of these places. Any thread.
class UnansweredMoves {
 public:
  std::vector<std::int64_t> places(const Move& move) const;  // where it may stand, `expected` first
  void committed(std::span<const Move> moves, bool answered);

 private:
  mutable std::mutex mutex_;
  std::vector<Move> moves_;
};

// One thread at a time. Errors as gradebook/postgres/connection.h has them, and OT420.
class Writer {
 public:
  Writer(ConnectionOptions options, std::string queue_id, UnansweredMoves& unanswered)
      : connection_(std::move(options)), queue_id_(std::move(queue_id)), unanswered_(unanswered), rows_(connection_) {}

  // One transaction, done again where it collides with others, ten times at most. Moves in the order of their partitions.
  Result<Applied> apply(std::span<const Arrival* const> in_key_order, std::span<const Move> moves);
  Status put_spec(const SpecRow& spec);

 private:
  Result<Applied> apply_once(std::span<const Arrival* const> results, std::span<const Move> moves);
  Status move_positions(std::span<const Move> moves);
  Status start_positions(std::span<const Move> moves, const std::vector<std::int32_t>& moved);
  Status commit(Transaction& transaction, std::span<const Move> moves);

  Connection connection_;
  std::string queue_id_;
  UnansweredMoves& unanswered_;
  RowWriter rows_;
};

// Any thread. A connection is made when its writer is first wanted, and who was given back last is lent first: one caller alone has
// one connection.
class Writers {
 public:
  Writers(const ConnectionOptions& options, const std::string& queue_id, std::size_t count, std::chrono::milliseconds patience);

  // Of the caller's alone meanwhile. Waits until one is free, as long as for another writer's rows: OT476, and no longer than a moment
  // where the process is to leave.
  template <class Use>
  auto with_one(const Use& use) -> decltype(use(std::declval<Writer&>())) {
    const Lent lent{*this, take()};
    if (lent.writer == nullptr) return none_is_free();
    return use(*lent.writer);
  }

 private:
  // Given back whatever happens, memory that runs out included.
  struct Lent {
    Writers& to;
    std::unique_ptr<Writer> writer;
    ~Lent() {
      if (writer != nullptr) to.give_back(std::move(writer));
    }
  };
  std::unique_ptr<Writer> take();  // null: none was free
  Error none_is_free() const;
  void give_back(std::unique_ptr<Writer> writer);

  const std::string place_;
  const std::chrono::milliseconds patience_;
  const std::atomic<bool>* const leaving_;
  UnansweredMoves unanswered_;
  std::mutex mutex_;
  std::condition_variable given_back_;
  std::vector<std::unique_ptr<Writer>> free_;
};

}  // namespace otmetka::gradebook::postgres
