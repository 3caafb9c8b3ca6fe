// Our insert beside the database's own, and gradebooks of a size.
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bench/gradebook_rows.h"
#include "gradebook/postgres/postgres_store.h"
#include "gradebook/sqlite/sqlite_store.h"
#include "tests/contract/test_folder.h"
#include "tests/support/postgres_server.h"

namespace otmetka::bench {
namespace {

using Clock = std::chrono::steady_clock;

// One command of psql, its start and all: what somebody would run.
double psql(const std::string& dsn, const std::string& command) {
  std::vector<std::string> words{"psql", "--no-psqlrc", "--quiet", "-v", "ON_ERROR_STOP=1", dsn, "-c", command};
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const auto began = Clock::now();
  pid_t pid = -1;
  int status = 0;
  if (posix_spawnp(&pid, argv[0], nullptr, nullptr, argv.data(), environ) != 0 || waitpid(pid, &status, 0) != pid || status != 0) {
    give_up("psql failed: " + command);
  }
  return std::chrono::duration<double>(Clock::now() - began).count();
}

std::unique_ptr<gradebook::Store> open_store(const std::string& dsn, const std::string& schema) {
  if (dsn.starts_with("postgres:")) {
    auto store = gradebook::PostgresStore::open({.dsn = dsn.substr(9), .schema = schema});
    if (!store) give_up("no store: " + store.failure().code());
    return std::move(*store);
  }
  auto store = gradebook::SqliteStore::open({.file = dsn.substr(dsn.find(':') + 1)});
  if (!store) give_up("no store: " + store.failure().code());
  return std::move(*store);
}

}  // namespace

void copy(int rows, int rounds, Figures& figures) {
  PostgresServer server(server_settings());
  if (!server.trouble().empty()) give_up(server.trouble());
  const TestFolder folder;
  const std::string file = folder / "rows.copy";
  const auto order = numbers(0, rows);
  std::vector<double> copied, postgres, sqlite;  // microseconds a row, one a round
  for (int round = 0; round < rounds; ++round) {
    const std::string schema = "round_" + std::to_string(round);
    const auto ours = open_store("postgres:" + server.dsn(), schema);
    postgres.push_back(apply_all(*ours, order, 0, 0).seconds * 1e6 / rows);
    psql(server.dsn(), "\\copy " + schema + ".attempts to '" + file + "'");
    psql(server.dsn(), "CREATE TABLE " + schema + ".copied (LIKE " + schema + ".attempts INCLUDING ALL)");
    copied.push_back(psql(server.dsn(), "\\copy " + schema + ".copied from '" + file + "'") * 1e6 / rows);
    const auto own = open_store("sqlite:" + (folder / (schema + ".db")), "");
    sqlite.push_back(apply_all(*own, order, 0, 0).seconds * 1e6 / rows);
  }
  const std::string work = std::to_string(rows) + " new rows into an empty gradebook";
  std::printf("%s\n", work.c_str());
  const double floor = quantile(copied, 0.5);
  const auto tell = [&](const char* by, const std::vector<double>& times, const char* note) {
    figures.row({work, by, "us a row", quantile(times, 0.5), quantile(times, 0.99), times.size(), quantile(times, 0.5) / floor, note});
  };
  tell("psql COPY", copied, "one transaction; compares nothing with what is there");
  tell("otmetka, PostgreSQL", postgres, "a transaction for each 5,000; replays and older grades are told apart");
  tell("otmetka, SQLite", sqlite, "the same, in process");
}

void fill(const std::string& dsn, int from, int to, Figures& figures) {
  const auto store = open_store(dsn, "otmetka");
  const auto began = Clock::now();
  double in_store = 0;
  for (int at = from; at < to;) {  // numbers are made as they are needed: memory is the store's
    const int next = std::min(at + 100'000, to);
    in_store += apply_all(*store, numbers(at, next), 0, 0).seconds;
    at = next;
  }
  figures.figure("making and storing", std::chrono::duration<double>(Clock::now() - began).count(), "s");
  figures.point("insert", to, in_store, to - from);
}

void serve() {
  PostgresServer server(server_settings());
  if (!server.trouble().empty()) give_up(server.trouble());
  std::printf("postgres:%s\n", server.dsn().c_str());
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
}

}  // namespace otmetka::bench
