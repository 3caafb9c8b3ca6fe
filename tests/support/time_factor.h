// How much longer things may take on a machine that is slow by nature.
#pragma once

#include <cstdlib>

namespace otmetka {

// 1, or OTMETKA_TIME_FACTOR where the machine is emulated (tests/cgroup2/). Widens what must be kept to; a limit that is to strike
// stays as it is.
inline int time_factor() {
  const char* factor = std::getenv("OTMETKA_TIME_FACTOR");
  const long times = factor == nullptr ? 1 : std::strtol(factor, nullptr, 10);
  return times >= 1 && times <= 1'000 ? static_cast<int>(times) : 1;
}

}  // namespace otmetka
