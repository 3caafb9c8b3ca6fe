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

using postgres::bytes_parameter;
using postgres::Connection;
using postgres::ConnectionOptions;
using postgres::integer_parameter;
using postgres::quoted_name;

constexpr const char* kPosition = "SELECT next FROM positions WHERE queue = $1 AND partition = $2";
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
      writers_(connection_options(place, "; SET lock_timeout = " + in_milliseconds(options.lock_timeout)), options.queue_id,
               options.writers, options.lock_timeout),
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
  return writers_.with_one([&](postgres::Writer& writer) { return writer.put_spec(spec); });
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
  const std::vector<const Arrival*> ordered = in_key_order(results);
  const std::vector<Move> steps = in_order(moves);
  return writers_.with_one([&](postgres::Writer& writer) { return writer.apply(ordered, steps); });
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
