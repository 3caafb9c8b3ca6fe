// Results as the feed hands them to a gradebook, and what storing them takes.
#pragma once

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "bench/figures.h"
#include "gradebook/store.h"
#include "model/result.h"

namespace otmetka::bench {

[[noreturn]] inline void give_up(const std::string& what) {
  std::fprintf(stderr, "gradebook_bench: %s\n", what.c_str());
  std::exit(1);
}

// Result n of a class of a thousand assignments, learners in no order; with payload_bytes of explanation.
ScoredResult result_of(int n, int epoch, int payload_bytes);

struct Pass {
  gradebook::Applied applied;
  double seconds = 0;
  double cpu_seconds = 0;  // of this process, without the server's
  double cpu_micros(std::size_t rows) const { return cpu_seconds * 1e6 / static_cast<double>(rows); }
  double rate(std::size_t rows) const { return static_cast<double>(rows) / seconds; }
};

// The results of these numbers, in that order, 5,000 at once, of so many partitions, each on a thread of its own; only what the store
// does is timed.
Pass apply_all(gradebook::Store& store, const std::vector<int>& order, int epoch, int payload_bytes, int partitions = 1);

// from, from + 1 … up to, and without, `to`.
std::vector<int> numbers(int from, int to);

// A private server, synced as in earnest.
const std::vector<std::string>& server_settings();

// psql's COPY of the same rows into a table with the same columns and indexes, beside our insert; both begin with nothing in each round.
void copy(int rows, int rounds, Figures& figures);

// Results `from` to `to` into the gradebook `dsn`, sqlite:FILE or postgres:DSN.
void fill(const std::string& dsn, int from, int to, Figures& figures);

// Runs a server, says what `fill` calls it, and ends it when standard input ends.
void serve();

}  // namespace otmetka::bench
