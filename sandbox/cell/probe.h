// Tries, from inside, what the walls and limits should refuse. The cell's own program is the probe, so that no toolchain is
// needed.
#pragma once

namespace otmetka::sandbox::cell {

// `what`: "walls" prints a line a probe ("NAME refused ERRNO", "NAME held", "NAME open"); "cpu" spins in two processes,
// "memory" touches memory without end, "processes" forks without end, "sleep" sleeps, "output" prints without end.
int probe(const char* what);

}  // namespace otmetka::sandbox::cell
