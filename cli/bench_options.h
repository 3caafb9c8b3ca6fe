// What `otmetka bench` is asked for, read.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

#include "cli/command_line.h"
#include "load/drive.h"
#include "load/mix.h"
#include "model/result.h"

namespace otmetka::cli {

// As the command line gave it.
struct BenchWords {
  std::string target, queue, brokers, server_pid, specs, mix, rate, arrivals, p99, duration, warmup, seed, format, output, compare, config;
  bool ramp = false;
};

struct BenchSettings {
  std::string target;  // "in-process", "embedded", "kafka"
  std::string queue;   // empty: one made for the run, or the configuration's broker
  pid_t server_pid = 0;
  load::Mix mix;
  load::LoadPlan plan;
  bool ramp = false;
  std::chrono::nanoseconds p99{0};
  std::string command;  // what repeats it
};

// OT462 for what is not understood, OT480 to OT483 of the mix, OT37x where it cannot be read.
Result<BenchSettings> read_bench_words(const Context& context, const BenchWords& words);

// "10s", "500ms", "1.5s", "2m", "1h"; nullopt: anything else.
std::optional<std::chrono::nanoseconds> parse_time(const std::string& text);

// A whole file of at most `most` bytes and one more, by which a larger one is known.
Result<std::string> read_small_file(const std::string& path, std::size_t most);

}  // namespace otmetka::cli
