#include "gradebook/postgres/postgres_store.h"

#include <algorithm>
#include <array>

#include "gradebook/postgres/dsn.h"
#include "gradebook/postgres/schema.h"
#include "gradebook/postgres/sqlstate.h"
#include "gradebook/postgres/standing_reader.h"
#include "queue/codec.h"

namespace otmetka::gradebook {
namespace {

using postgres::bigint_parameter;
using postgres::bytes_parameter;
using postgres::Column;
using postgres::Connection;
using postgres::ConnectionOptions;
using postgres::integer_parameter;
using postgres::quoted_name;
using postgres::Transaction;
using postgres::Type;

constexpr int kTries = 10;  // of a transaction that collides with others

// The rows of one transaction are found by their keys, whatever the statistics say: an empty table's would hold for the
// session.
constexpr const char* kWriterSettings =
    "; SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET plan_cache_mode = force_generic_plan"
    "; SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

constexpr const char* kMove =
    "UPDATE positions p SET next = m.next FROM unnest($2::integer[], $3::bigint[], $4::bigint[], $5::bigint[])"
    " AS m(partition, expected, unanswered, next)"
    " WHERE p.queue = $1 AND p.partition = m.partition AND p.next IN (m.expected, m.unanswered) RETURNING p.partition";
constexpr const char* kStart = "INSERT INTO positions (queue, partition, next) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
constexpr const char* kPosition = "SELECT next FROM positions WHERE queue = $1 AND partition = $2";
constexpr const char* kPutSpec = "INSERT INTO specs (sha256, spec_id, bytes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
constexpr const char* kSelectSpec = "SELECT sha256, spec_id, bytes FROM specs WHERE sha256 = $1";
constexpr const char* kOutcome =
    "SELECT min(r.failed::integer) FROM (SELECT assignment_id, failed FROM attempts WHERE submission_id = $2 UNION ALL"
    " SELECT assignment_id, failed FROM history WHERE submission_id = $2) r JOIN assignments a ON a.id = r.assignment_id"
    " WHERE a.tenant = $1";
constexpr const char* kHistory =
    "SELECT h.payload, a.failed, a.submission_id, a.grade_epoch, a.revision, a.spec_sha256 FROM assignments s"
    " JOIN attempts a ON a.assignment_id = s.id JOIN history h USING (assignment_id, learner, attempt_no)"
    " WHERE s.assignment = $1 AND s.tenant = $2 AND a.learner = $3 AND a.attempt_no = $4";

std::vector<Move> in_order(std::span<const Move> moves) {
  std::vector<Move> out(moves.begin(), moves.end());
  std::sort(out.begin(), out.end(), [](const Move& a, const Move& b) { return a.partition < b.partition; });
  return out;
}

std::string in_milliseconds(std::chrono::milliseconds time) { return "'" + std::to_string(time.count()) + "ms'"; }

}  // namespace

PostgresStore::PostgresStore(const PostgresOptions& options, const std::string& place)
    : options_(options),
      writer_(connection_options(place, "; SET lock_timeout = " + in_milliseconds(options.lock_timeout) + kWriterSettings)),
      rows_(writer_),
      reader_(connection_options(place, "")) {}

ConnectionOptions PostgresStore::connection_options(const std::string& place, const std::string& settings) const {
  return {.dsn = options_.dsn,
          .place = place,
          .settings = "SET search_path = " + quoted_name(options_.schema) + settings,
          .connect_timeout = options_.connect_timeout,
          .answer_timeout = options_.answer_timeout,
          .leaving = options_.leaving};
}

Result<std::unique_ptr<PostgresStore>> PostgresStore::open(const PostgresOptions& options) {
  const auto place = place_of(options.dsn);
  if (!place) return place.failure();
  std::unique_ptr<PostgresStore> store(new PostgresStore(options, *place));
  if (Status ready = postgres::prepare_schema(store->reader_, options.schema, options.must_exist); !ready) return ready.failure();
  return store;
}

Status PostgresStore::put_spec(const SpecRow& spec) {
  const std::lock_guard lock(write_mutex_);
  const std::array row{bytes_parameter(spec.sha256), bytes_parameter(spec.spec_id), bytes_parameter(spec.bytes)};
  const auto done = writer_.run(kPutSpec, row);
  return done ? ok_status() : Status(done.failure());
}

Result<std::optional<SpecRow>> PostgresStore::spec(const std::string& sha256) {
  const std::lock_guard lock(read_mutex_);
  const auto rows = reader_.run(kSelectSpec, std::array{bytes_parameter(sha256)});
  if (!rows) return rows.failure();
  std::optional<SpecRow> found;
  if (rows->count() > 0) found = SpecRow{rows->text(0, 0), rows->text(0, 1), std::string(rows->bytes(0, 2))};
  return found;
}

Result<Applied> PostgresStore::apply(std::span<const Arrival> results, std::span<const Move> moves) {
  const std::lock_guard lock(write_mutex_);
  const std::vector<const Arrival*> ordered = in_key_order(results);
  const std::vector<Move> steps = in_order(moves);
  for (int tries = 1;; ++tries) {
    auto applied = apply_once(ordered, steps);
    if (applied) return applied;
    rows_.forget();
    if (!postgres::is_collision(applied.failure()) || tries == kTries) return applied;
  }
}

Result<Applied> PostgresStore::apply_once(std::span<const Arrival* const> results, std::span<const Move> moves) {
  auto transaction = Transaction::begin(writer_);
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
std::int64_t PostgresStore::unanswered_next(const Move& move) const {
  for (const Move& lost : unanswered_) {
    if (lost.partition == move.partition && lost.expected == move.expected) return lost.next;
  }
  return move.expected;
}

Status PostgresStore::move_positions(std::span<const Move> moves) {
  Column partitions(Type::kInteger);
  Column expected(Type::kBigint);
  Column unanswered(Type::kBigint);
  Column next(Type::kBigint);
  for (const Move& move : moves) {
    partitions.integer(move.partition);
    expected.bigint(move.expected);
    unanswered.bigint(unanswered_next(move));
    next.bigint(move.next);
  }
  const auto done = writer_.run(
      kMove, std::array{bytes_parameter(options_.queue_id), partitions.take(), expected.take(), unanswered.take(), next.take()});
  if (!done) return done.failure();
  std::vector<std::int32_t> moved;
  for (int row = 0; row < done->count(); ++row) moved.push_back(static_cast<std::int32_t>(done->integer(row, 0)));
  return moved.size() == moves.size() ? ok_status() : start_positions(moves, moved);
}

// A partition that has never been read stands at 0.
Status PostgresStore::start_positions(std::span<const Move> moves, const std::vector<std::int32_t>& moved) {
  for (const Move& move : moves) {
    if (std::find(moved.begin(), moved.end(), move.partition) != moved.end()) continue;
    if (move.expected == 0) {
      const auto started = writer_.run(
          kStart, std::array{bytes_parameter(options_.queue_id), integer_parameter(move.partition), bigint_parameter(move.next)});
      if (!started) return started.failure();
      if (started->changed() == 1) continue;
    }
    return error("OT420", {writer_.place(), move.expected});
  }
  return ok_status();
}

Status PostgresStore::commit(Transaction& transaction, std::span<const Move> moves) {
  Status done = transaction.commit();
  if (!done && writer_.connected()) return done;
  for (const Move& move : moves) std::erase_if(unanswered_, [&](const Move& lost) { return lost.partition == move.partition; });
  if (!done) unanswered_.insert(unanswered_.end(), moves.begin(), moves.end());
  return done;
}

Result<std::int64_t> PostgresStore::position(std::int32_t partition) {
  const std::lock_guard lock(read_mutex_);
  const auto rows = reader_.run(kPosition, std::array{bytes_parameter(options_.queue_id), integer_parameter(partition)});
  if (!rows) return rows.failure();
  return rows->count() > 0 ? rows->integer(0, 0) : 0;
}

Status PostgresStore::visit(const Filter& filter, const std::function<bool(const Standing&)>& visit,
                            const std::function<void(const Error&)>& damaged) {
  Connection connection(connection_options(reader_.place(), ""));
  StandingMaker maker(visit, damaged, [this](const std::string& sha256) -> Result<std::optional<std::string>> {
    auto found = spec(sha256);
    if (!found) return found.failure();
    return *found ? std::optional(std::move((*found)->bytes)) : std::nullopt;
  });
  return postgres::visit_standings(connection, filter, maker);
}

Result<Outcome> PostgresStore::outcome(const std::string& tenant, const std::string& submission_id) {
  const std::lock_guard lock(read_mutex_);
  const auto rows = reader_.run(kOutcome, std::array{bytes_parameter(tenant), bytes_parameter(submission_id)});
  if (!rows) return rows.failure();
  if (rows->is_null(0, 0)) return Outcome::kNone;
  return rows->integer(0, 0) != 0 ? Outcome::kFailed : Outcome::kGraded;
}

Result<std::vector<HistoryRow>> PostgresStore::history(const RowKey& row) {
  const std::lock_guard lock(read_mutex_);
  const auto rows = reader_.run(kHistory, std::array{bytes_parameter(row.assignment.value), bytes_parameter(row.tenant.value),
                                                     bytes_parameter(row.learner.value), integer_parameter(row.attempt_no)});
  if (!rows) return rows.failure();
  std::vector<HistoryRow> found;
  for (int i = 0; i < rows->count(); ++i) {
    auto result = queue::decode_result(rows->bytes(i, 0));
    if (!result) return error("OT422", {reader_.place(), row.learner.value, row.assignment.value});
    const std::string submission = rows->text(i, 2);
    const std::string spec = rows->text(i, 5);
    const RowVersion holder{.failed = rows->integer(i, 1) != 0,
                            .submitted_at = {},
                            .submission = submission,
                            .grade_epoch = rows->integer(i, 3),
                            .revision = rows->integer(i, 4),
                            .content_sha256 = {},
                            .spec_sha256 = spec,
                            .result_id = {}};
    std::optional<Message> notice = notice_of(*result, holder);
    found.push_back({std::move(*result), std::move(notice)});
  }
  std::sort(found.begin(), found.end(), [](const HistoryRow& a, const HistoryRow& b) {
    return compare(version_of(a.result), version_of(b.result)) > 0;
  });
  return found;
}

Result<std::int64_t> PostgresStore::conflicts() {
  const std::lock_guard lock(read_mutex_);
  const auto rows = reader_.run("SELECT value FROM counters WHERE name = 'conflicts'");
  if (!rows) return rows.failure();
  return rows->count() > 0 ? rows->integer(0, 0) : 0;
}

}  // namespace otmetka::gradebook
