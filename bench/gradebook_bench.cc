// What the gradebook on PostgreSQL takes a second: rows that are new, rows that change, and a replay, which must write none. The server is
// a private one, synced as in earnest; the SQLite store does the same work beside it.
//
//   gradebook_bench [ROWS [PAYLOAD_BYTES]]     1,000,000 and 0 (as short as a result can be) where they are left out
#include <libpq-fe.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "bench/arguments.h"
#include "gradebook/postgres/postgres_store.h"
#include "gradebook/sqlite/sqlite_store.h"
#include "queue/codec.h"
#include "tests/contract/test_folder.h"
#include "tests/support/postgres_server.h"

namespace {

using namespace otmetka;
using otmetka::bench::number;
using Clock = std::chrono::steady_clock;

constexpr int kBatch = 5'000;  // what the feed hands over at once

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "gradebook_bench: %s\n", what.c_str());
  std::exit(1);
}

// Result n of a class of a thousand assignments, learners in no order.
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

struct Pass {
  gradebook::Applied applied;
  double seconds = 0;
  double cpu_seconds = 0;  // of this process, without the server's
  double cpu_micros(std::size_t rows) const { return cpu_seconds * 1e6 / static_cast<double>(rows); }
  double rate(std::size_t rows) const { return static_cast<double>(rows) / seconds; }
};

double cpu_of_this_process() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

// The results of these numbers, in that order; only what the store does is timed.
Pass apply_all(gradebook::Store& store, const std::vector<int>& order, int epoch, int payload_bytes) {
  Pass pass;
  std::int64_t position = *store.position();
  for (std::size_t at = 0; at < order.size(); at += kBatch) {
    std::vector<std::string> payloads;
    std::vector<gradebook::Arrival> arrivals;
    for (std::size_t i = at; i < std::min(at + kBatch, order.size()); ++i) {
      ScoredResult result = result_of(order[i], epoch, payload_bytes);
      payloads.push_back(queue::encode_result(result));
      result.notices.clear();
      arrivals.push_back({std::move(result), {}});
    }
    for (std::size_t i = 0; i < payloads.size(); ++i) arrivals[i].payload = payloads[i];
    const std::int64_t next = position + static_cast<std::int64_t>(arrivals.size());
    const auto began = Clock::now();
    const double cpu = cpu_of_this_process();
    const auto applied = store.apply(arrivals, position, next);
    pass.seconds += std::chrono::duration<double>(Clock::now() - began).count();
    pass.cpu_seconds += cpu_of_this_process() - cpu;
    if (!applied) give_up("apply failed: " + applied.failure().code());
    pass.applied.stored += applied->stored;
    pass.applied.duplicates += applied->duplicates;
    position = next;
  }
  return pass;
}

// Where each line of the gradebook's tables lies and by which transaction it was written or locked: the same before and after, and
// no line was touched. The server's counters come late.
std::string lines_of(const std::string& dsn) {
  PGconn* connection = PQconnectdb(dsn.c_str());
  PGresult* found = PQexec(connection,
                           "SELECT count(*), sum(hashtext(concat_ws(' ', ctid, xmin, xmax))::bigint) FROM"
                           " (SELECT ctid, xmin, xmax FROM otmetka.attempts UNION ALL SELECT ctid, xmin, xmax FROM otmetka.history) l");
  const std::string text = PQntuples(found) == 1 ? std::string(PQgetvalue(found, 0, 0)) + " " + PQgetvalue(found, 0, 1) : "unknown";
  PQclear(found);
  PQfinish(connection);
  return text;
}

void measure(const char* name, gradebook::Store& store, int rows, int payload_bytes, const std::string& dsn) {
  std::mt19937 random(1);
  std::vector<int> order(static_cast<std::size_t>(rows));
  std::iota(order.begin(), order.end(), 0);
  const Pass inserted = apply_all(store, order, 0, payload_bytes);
  std::printf("%-10s %9d rows, insert   %10.0f rows/s, %4.1f us of our own CPU a row\n", name, rows, inserted.rate(order.size()),
              inserted.cpu_micros(order.size()));
  const std::string before = dsn.empty() ? "" : lines_of(dsn);
  const Pass replayed = apply_all(store, order, 0, payload_bytes);
  std::printf("%-10s %9d rows, replay   %10.0f rows/s", name, rows, replayed.rate(order.size()));
  if (!dsn.empty()) std::printf(", lines touched: %s", lines_of(dsn) == before ? "none" : "SOME");
  std::printf(", %zu copies\n", replayed.applied.duplicates);
  std::shuffle(order.begin(), order.end(), random);
  order.resize(std::min<std::size_t>(order.size(), 200'000));
  const Pass updated = apply_all(store, order, 1, payload_bytes);
  std::printf("%-10s %9zu rows, update   %10.0f rows/s of %d, in random order, %4.1f us of our own CPU a row\n", name, order.size(),
              updated.rate(order.size()), rows, updated.cpu_micros(order.size()));
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** words) {
  const int rows = number(count, words, 1, 1'000'000);
  const int payload_bytes = number(count, words, 2, 0);
  std::printf("payload: %zu bytes a result\n", queue::encode_result(result_of(1, 0, payload_bytes)).size());
  PostgresServer server({"fsync=on", "shared_buffers=512MB", "max_wal_size=8GB"});
  if (!server.trouble().empty()) give_up(server.trouble());
  auto postgres = gradebook::PostgresStore::open({.dsn = server.dsn()});
  if (!postgres) give_up("no store: " + postgres.failure().code());
  measure("PostgreSQL", **postgres, rows, payload_bytes, server.dsn());
  const TestFolder folder;
  auto sqlite = gradebook::SqliteStore::open({.file = folder / "book.db"});
  if (!sqlite) give_up("no store: " + sqlite.failure().code());
  measure("SQLite", **sqlite, rows, payload_bytes, {});
  return 0;
}
