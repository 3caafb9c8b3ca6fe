// Those who write into a gradebook on PostgreSQL: a connection each, lent to one caller at a time.
#pragma once

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

// What COMMITs have moved whose answers were lost: such a position is right in either place. Any thread.
class UnansweredMoves {
 public:
  std::int64_t next(const Move& move) const;  // where it may stand: at `expected` where nothing was lost
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
  Writers(const ConnectionOptions& options, const std::string& queue_id, std::size_t count);

  // Of the caller's alone until it is destroyed; waits until one is free.
  class Lent {
   public:
    explicit Lent(Writers& writers) : writers_(writers), writer_(writers.take()) {}
    ~Lent() { writers_.give_back(std::move(writer_)); }
    Lent(const Lent&) = delete;
    Lent& operator=(const Lent&) = delete;
    Writer* operator->() const { return writer_.get(); }

   private:
    Writers& writers_;
    std::unique_ptr<Writer> writer_;
  };

 private:
  std::unique_ptr<Writer> take();
  void give_back(std::unique_ptr<Writer> writer);

  UnansweredMoves unanswered_;
  std::mutex mutex_;
  std::condition_variable given_back_;
  std::vector<std::unique_ptr<Writer>> free_;
};

}  // namespace otmetka::gradebook::postgres
