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
#include <functional>
#include <memory>
#include <optional>
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

constexpr int kPartitions = 2;  // one for each core of a small machine

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

struct Book {
  std::string name;
  std::unique_ptr<gradebook::Store> store;
  int rows = 0;
  int partitions = 1;
  std::function<std::string()> lines = {};  // of its tables, where they can be asked for
  bool has_goals = false;
};

void measure(const Book& book, int payload_bytes, Figures& figures) {
  const auto goal = [&](double least) { return book.has_goals && payload_bytes == 0 ? std::optional(Goal{least, false}) : std::nullopt; };
  const auto what = [&](const std::string& done) {
    return book.name + ", " + std::to_string(book.rows) + " rows" + (payload_bytes > 0 ? " with explanations" : "") + ": " + done;
  };
  const auto apply = [&](const std::vector<int>& order, int epoch) {
    return apply_all(*book.store, order, epoch, payload_bytes, book.partitions);
  };
  std::mt19937 random(1);
  std::vector<int> order = numbers(0, book.rows);
  const Pass inserted = apply(order, 0);
  figures.figure(what("insert"), inserted.rate(order.size()), "rows/s", goal(100'000));
  figures.figure(what("insert, our own CPU a row"), inserted.cpu_micros(order.size()), "us");
  const std::string before = book.lines ? book.lines() : "";
  const Pass replayed = apply(order, 0);
  if (replayed.applied.duplicates != order.size()) give_up("a replay was not known as one");
  figures.figure(what("replay"), replayed.rate(order.size()), "rows/s");
  if (book.lines) figures.figure(what("tables a replay touches"), book.lines() == before ? 0 : 1, "tables", Goal{0});
  std::shuffle(order.begin(), order.end(), random);
  order.resize(std::min<std::size_t>(order.size(), 200'000));
  const Pass updated = apply(order, 1);
  figures.figure(what("update in random order"), updated.rate(order.size()), "rows/s", goal(50'000));
  figures.figure(what("update, our own CPU a row"), updated.cpu_micros(order.size()), "us");
}

template <class Store, class Options>
std::unique_ptr<gradebook::Store> opened(const Options& options) {
  auto store = Store::open(options);
  if (!store) give_up("no store: " + store.failure().code());
  return std::move(*store);
}

void measure_all(int rows, int payload_bytes, Figures& figures) {
  const std::size_t bytes = queue::encode_result(result_of(1, 0, payload_bytes)).size();
  figures.figure(payload_bytes > 0 ? "bytes of a result with explanations" : "bytes of a result", static_cast<double>(bytes), "B");
  for (const int partitions : {1, kPartitions}) {
    PostgresServer server(server_settings());
    if (!server.trouble().empty()) give_up(server.trouble());
    auto store = opened<gradebook::PostgresStore>(gradebook::PostgresOptions{.dsn = server.dsn()});
    measure({.name = "PostgreSQL, " + std::to_string(partitions) + (partitions == 1 ? " partition" : " partitions"),
             .store = std::move(store),
             .rows = rows,
             .partitions = partitions,
             .lines = [&] { return lines_of(server.dsn()); },
             .has_goals = partitions > 1},
            payload_bytes, figures);
  }
  const TestFolder folder;
  auto store = opened<gradebook::SqliteStore>(gradebook::SqliteOptions{.file = folder / "book.db"});
  measure({.name = "SQLite", .store = std::move(store), .rows = std::min(rows, 200'000)}, payload_bytes, figures);
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
    measure_all(number(count, words, 1, 1'000'000), number(count, words, 2, 0), figures);
  }
}
