// `limits:` of an item that runs programs.
#pragma once

#include <string>
#include <vector>

#include "checkers/checker.h"
#include "sandbox/program.h"

namespace otmetka::checkers::program {

// As written; empty and 0: not given.
struct GivenLimits {
  std::string cpu, wall, memory, output;
  std::int64_t processes = 0;
};

// Wall time is three times the CPU time where it is not given, output 1 MiB. Problems OT602 and OT603, at `limits.KEY`.
std::vector<Problem> read_limits(const GivenLimits& given, sandbox::Limits& limits);

}  // namespace otmetka::checkers::program
