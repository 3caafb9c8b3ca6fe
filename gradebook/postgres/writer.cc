#include "gradebook/postgres/writer.h"

#include <algorithm>
#include <array>

#include "gradebook/postgres/sqlstate.h"

namespace otmetka::gradebook::postgres {
namespace {

constexpr int kTries = 10;  // of a transaction that collides with others
constexpr std::chrono::milliseconds kSlice{100};  // the longest that it is missed that the process is to leave

// The rows of one transaction are found by their keys, whatever the statistics say: an empty table's would hold for the
// session.
constexpr const char* kSettings =
    "; SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET plan_cache_mode = force_generic_plan"
    "; SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

// A line for each place where a position may stand: one of them at most fits.
constexpr const char* kMove =
    "UPDATE positions p SET next = m.next FROM unnest($2::integer[], $3::bigint[], $4::bigint[]) AS m(partition, place, next)"
    " WHERE p.queue = $1 AND p.partition = m.partition AND p.next = m.place RETURNING p.partition";
constexpr const char* kStart = "INSERT INTO positions (queue, partition, next) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
constexpr const char* kPutSpec = "INSERT INTO specs (sha256, spec_id, bytes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";

}  // namespace

std::vector<std::int64_t> UnansweredMoves::places(const Move& move) const {
  std::vector<std::int64_t> out{move.expected};
  const std::lock_guard lock(mutex_);
  for (const Move& lost : moves_) {
    const bool fits = lost.partition == move.partition && lost.expected == move.expected;
    if (fits && std::find(out.begin(), out.end(), lost.next) == out.end()) out.push_back(lost.next);
  }
  return out;
}

// One COMMIT after the other may lose its answer, and any of them may be the one that was done.
void UnansweredMoves::committed(std::span<const Move> moves, bool answered) {
  const std::lock_guard lock(mutex_);
  for (const Move& move : moves) {
    const auto is_past = [&](const Move& lost) { return answered || lost.expected != move.expected; };
    std::erase_if(moves_, [&](const Move& lost) { return lost.partition == move.partition && is_past(lost); });
  }
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
  Column places(Type::kBigint);
  Column next(Type::kBigint);
  for (const Move& move : moves) {
    for (const std::int64_t place : unanswered_.places(move)) {
      partitions.integer(move.partition);
      places.bigint(place);
      next.bigint(move.next);
    }
  }
  const auto done = connection_.run(kMove, std::array{bytes_parameter(queue_id_), partitions.take(), places.take(), next.take()});
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

Writers::Writers(const ConnectionOptions& options, const std::string& queue_id, std::size_t count, std::chrono::milliseconds patience)
    : place_(options.place), patience_(patience), leaving_(options.leaving) {
  ConnectionOptions own = options;
  own.settings += kSettings;
  for (std::size_t i = 0; i < count; ++i) free_.push_back(std::make_unique<Writer>(own, queue_id, unanswered_));
}

std::unique_ptr<Writer> Writers::take() {
  using Clock = std::chrono::steady_clock;
  auto until = Clock::now() + patience_;
  std::unique_lock lock(mutex_);
  while (free_.empty()) {
    if (leaving_ != nullptr && *leaving_) until = std::min(until, Clock::now() + kLeavingTimeout);
    if (Clock::now() >= until) return nullptr;
    given_back_.wait_until(lock, std::min(until, Clock::now() + kSlice));
  }
  std::unique_ptr<Writer> writer = std::move(free_.back());
  free_.pop_back();
  return writer;
}

// As a row of another's that stays locked.
Error Writers::none_is_free() const { return failure_of(place_, "55P03", "every connection to write with is waiting"); }

void Writers::give_back(std::unique_ptr<Writer> writer) {
  {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(writer));
  }
  given_back_.notify_one();
}

}  // namespace otmetka::gradebook::postgres
