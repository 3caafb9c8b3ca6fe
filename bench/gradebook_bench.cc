// What the gradebook on PostgreSQL takes a second: rows that are new, rows that change, and a replay, which must write none. The server is
// a private one, synced as in earnest; the SQLite store does the same work beside it, with 200,000 rows at the most.
//
//   gradebook_bench [ROWS [PAYLOAD_BYTES]]     1,000,000 and 0 (as short as a result can be) where they are left out
//   gradebook_bench copy [ROWS [ROUNDS]]       psql's COPY beside our insert
//   gradebook_bench fill DSN FROM TO           what growth.py fills a gradebook with
//   gradebook_bench server                     a PostgreSQL for it, until standard input ends
//
// Each writes its figures as JSON where `--json FILE` is given as well.
#include <libpq-fe.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "bench/arguments.h"
#include "bench/figures.h"
#include "bench/gradebook_rows.h"
#include "gradebook/postgres/postgres_store.h"
#include "gradebook/sqlite/sqlite_store.h"
#include "queue/codec.h"
#include "tests/contract/test_folder.h"
#include "tests/support/postgres_server.h"

namespace otmetka::bench {
namespace {

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

// Of PostgreSQL, whose tables can be asked where their lines lie, and which has the goals.
void measure(const std::string& name, gradebook::Store& store, int rows, int payload_bytes, const std::string& dsn, Figures& figures) {
  const auto goal = [&](double least) { return dsn.empty() || payload_bytes > 0 ? std::optional<Goal>() : Goal{least, false}; };
  const auto what = [&](const std::string& done) {
    return name + ", " + std::to_string(rows) + " rows" + (payload_bytes > 0 ? " with explanations" : "") + ": " + done;
  };
  std::mt19937 random(1);
  std::vector<int> order = numbers(0, rows);
  const Pass inserted = apply_all(store, order, 0, payload_bytes);
  figures.figure(what("insert"), inserted.rate(order.size()), "rows/s", goal(100'000));
  figures.figure(what("insert, our own CPU a row"), inserted.cpu_micros(order.size()), "us");
  const std::string before = dsn.empty() ? "" : lines_of(dsn);
  const Pass replayed = apply_all(store, order, 0, payload_bytes);
  if (replayed.applied.duplicates != order.size()) give_up("a replay was not known as one");
  figures.figure(what("replay"), replayed.rate(order.size()), "rows/s");
  if (!dsn.empty()) figures.figure(what("tables a replay touches"), lines_of(dsn) == before ? 0 : 1, "tables", Goal{0});
  std::shuffle(order.begin(), order.end(), random);
  order.resize(std::min<std::size_t>(order.size(), 200'000));
  const Pass updated = apply_all(store, order, 1, payload_bytes);
  figures.figure(what("update in random order"), updated.rate(order.size()), "rows/s", goal(50'000));
  figures.figure(what("update, our own CPU a row"), updated.cpu_micros(order.size()), "us");
}

void measure_both(int rows, int payload_bytes, Figures& figures) {
  const std::size_t bytes = queue::encode_result(result_of(1, 0, payload_bytes)).size();
  figures.figure(payload_bytes > 0 ? "bytes of a result with explanations" : "bytes of a result", static_cast<double>(bytes), "B");
  PostgresServer server(server_settings());
  if (!server.trouble().empty()) give_up(server.trouble());
  auto postgres = gradebook::PostgresStore::open({.dsn = server.dsn()});
  if (!postgres) give_up("no store: " + postgres.failure().code());
  measure("PostgreSQL", **postgres, rows, payload_bytes, server.dsn(), figures);
  const TestFolder folder;
  auto sqlite = gradebook::SqliteStore::open({.file = folder / "book.db"});
  if (!sqlite) give_up("no store: " + sqlite.failure().code());
  measure("SQLite", **sqlite, std::min(rows, 200'000), payload_bytes, {}, figures);
}

}  // namespace
}  // namespace otmetka::bench

int main(int count, char** words) {
  using namespace otmetka::bench;
  Figures figures(option(count, words, "--json"));
  const std::string what = count > 1 ? words[1] : "";
  if (what == "copy") {
    copy(number(count, words, 2, 100'000), number(count, words, 3, 5), figures);
  } else if (what == "fill" && count == 5) {
    fill(words[2], number(count, words, 3, 0), number(count, words, 4, 0), figures);
  } else if (what == "server") {
    serve();
  } else {
    measure_both(number(count, words, 1, 1'000'000), number(count, words, 2, 0), figures);
  }
}
