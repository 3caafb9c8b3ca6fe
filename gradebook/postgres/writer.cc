#include "gradebook/postgres/writer.h"

#include <algorithm>
#include <array>

#include "gradebook/postgres/sqlstate.h"

namespace otmetka::gradebook::postgres {
namespace {

constexpr int kTries = 10;  // of a transaction that collides with others

// The rows of one transaction are found by their keys, whatever the statistics say: an empty table's would hold for the
// session.
constexpr const char* kSettings =
    "; SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET plan_cache_mode = force_generic_plan"
    "; SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

constexpr const char* kMove =
    "UPDATE positions p SET next = m.next FROM unnest($2::integer[], $3::bigint[], $4::bigint[], $5::bigint[])"
    " AS m(partition, expected, unanswered, next)"
    " WHERE p.queue = $1 AND p.partition = m.partition AND p.next IN (m.expected, m.unanswered) RETURNING p.partition";
constexpr const char* kStart = "INSERT INTO positions (queue, partition, next) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
constexpr const char* kPutSpec = "INSERT INTO specs (sha256, spec_id, bytes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";

}  // namespace

std::int64_t UnansweredMoves::next(const Move& move) const {
  const std::lock_guard lock(mutex_);
  for (const Move& lost : moves_) {
    if (lost.partition == move.partition && lost.expected == move.expected) return lost.next;
  }
  return move.expected;
}

void UnansweredMoves::committed(std::span<const Move> moves, bool answered) {
  const std::lock_guard lock(mutex_);
  for (const Move& move : moves) std::erase_if(moves_, [&](const Move& lost) { return lost.partition == move.partition; });
  if (!answered) moves_.insert(moves_.end(), moves.begin(), moves.end());
}

Result<Applied> Writer::apply(std::span<const Arrival* const> in_key_order, std::span<const Move> moves) {
  for (int tries = 1;; ++tries) {
    auto applied = apply_once(in_key_order, moves);
    if (applied) return applied;
    rows_.forget();
    if (!is_collision(applied.failure()) || tries == kTries) return applied;
  }
}

Result<Applied> Writer::apply_once(std::span<const Arrival* const> results, std::span<const Move> moves) {
  auto transaction = Transaction::begin(connection_);
  if (!transaction) return transaction.failure();
  if (Status moved = move_positions(moves); !moved) return moved.failure();
  Applied applied;
  if (!results.empty()) {
    if (Status done = rows_.apply(results, applied); !done) return done.failure();
  }
  if (Status done = commit(*transaction, moves); !done) return done.failure();
  return applied;
}

// A position that an unanswered COMMIT may have moved is right in either place: what it wrote is written again as copies.
Status Writer::move_positions(std::span<const Move> moves) {
  Column partitions(Type::kInteger);
  Column expected(Type::kBigint);
  Column unanswered(Type::kBigint);
  Column next(Type::kBigint);
  for (const Move& move : moves) {
    partitions.integer(move.partition);
    expected.bigint(move.expected);
    unanswered.bigint(unanswered_.next(move));
    next.bigint(move.next);
  }
  const auto done = connection_.run(
      kMove, std::array{bytes_parameter(queue_id_), partitions.take(), expected.take(), unanswered.take(), next.take()});
  if (!done) return done.failure();
  std::vector<std::int32_t> moved;
  for (int row = 0; row < done->count(); ++row) moved.push_back(static_cast<std::int32_t>(done->integer(row, 0)));
  return moved.size() == moves.size() ? ok_status() : start_positions(moves, moved);
}

// A partition that has never been read stands at 0.
Status Writer::start_positions(std::span<const Move> moves, const std::vector<std::int32_t>& moved) {
  for (const Move& move : moves) {
    if (std::find(moved.begin(), moved.end(), move.partition) != moved.end()) continue;
    if (move.expected == 0) {
      const auto started =
          connection_.run(kStart, std::array{bytes_parameter(queue_id_), integer_parameter(move.partition), bigint_parameter(move.next)});
      if (!started) return started.failure();
      if (started->changed() == 1) continue;
    }
    return error("OT420", {connection_.place(), move.expected});
  }
  return ok_status();
}

Status Writer::commit(Transaction& transaction, std::span<const Move> moves) {
  Status done = transaction.commit();
  if (!done && connection_.connected()) return done;
  unanswered_.committed(moves, done.ok());
  return done;
}

Status Writer::put_spec(const SpecRow& spec) {
  const std::array row{bytes_parameter(spec.sha256), bytes_parameter(spec.spec_id), bytes_parameter(spec.bytes)};
  const auto done = connection_.run(kPutSpec, row);
  return done ? ok_status() : Status(done.failure());
}

Writers::Writers(const ConnectionOptions& options, const std::string& queue_id, std::size_t count) {
  ConnectionOptions own = options;
  own.settings += kSettings;
  for (std::size_t i = 0; i < count; ++i) free_.push_back(std::make_unique<Writer>(own, queue_id, unanswered_));
}

std::unique_ptr<Writer> Writers::take() {
  std::unique_lock lock(mutex_);
  given_back_.wait(lock, [this] { return !free_.empty(); });
  std::unique_ptr<Writer> writer = std::move(free_.back());
  free_.pop_back();
  return writer;
}

void Writers::give_back(std::unique_ptr<Writer> writer) {
  {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(writer));
  }
  given_back_.notify_one();
}

}  // namespace otmetka::gradebook::postgres
