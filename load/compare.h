// Two runs of one load, side by side: what got slower, beyond what chance does.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "load/report.h"
#include "model/result.h"

namespace otmetka::load {

// What a comparison needs of a report, read back from its JSON.
struct Baseline {
  std::string target;
  std::string mix;  // to_line()
  std::uint64_t seed = 0;
  std::string loop;
  std::string arrivals;
  double rate = 0;
  bool partial = false;
  bool ramp = false;
  double highest_rate = 0;  // of a ramp; 0: no rate was held
  double p99_limit_ms = 0;  // of a ramp: below it a rate was held
  struct Block {
    double seconds = 0, results = 0, p50_ms = 0, p99_ms = 0, cpu_ms = 0;
  };
  std::vector<Block> blocks;
};

// Of to_json(); at most 4 MiB and 1,000 blocks. OT486 for anything else, argument 1 says what is wrong. Any bytes.
inline constexpr std::size_t kMostBaselineBytes = std::size_t{4} << 20;
Result<Baseline> read_baseline(std::string_view json, const std::string& name);
Baseline baseline_of(const Report& report);

// Whether the two are of one load: OT487 (argument 0 says what differs) where they are not, or where `before` is partial or has fewer
// than 5 blocks and nothing can be held against it.
Status same_load(const Baseline& before, const Baseline& after);

// A figure is the mean of its values in the blocks. It has changed when it differs by a tenth or more and the interval of the ratio, from
// 4,000 pairs of runs drawn from the blocks of the two (a bootstrap, its seed fixed), lies wholly on that side of 1. A highest rate, which
// is one number, has changed when it differs by 15 % or more. OT487 as same_load(), and where `after` has fewer than 5 blocks or
// is partial.
Result<std::vector<Change>> compare(const Baseline& before, const Baseline& after);

}  // namespace otmetka::load
