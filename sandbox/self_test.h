// What this machine really enforces: tried, not read off a version.
#pragma once

#include <string>
#include <vector>

#include "sandbox/sandbox.h"

namespace otmetka::sandbox {

enum class WallState { kEnforced, kDegraded, kAbsent };

struct WallFinding {
  std::string wall;    // stable: "memory", "network", …
  WallState state = WallState::kEnforced;
  std::string detail;  // names of probes, figures, the kernel's words; no sentence
};

// Runs the probes in a cell and every limit against a program that would break it. About a second; in no slot's way for
// longer than its own runs. OT546 when the sandbox itself does not work.
Result<std::vector<WallFinding>> self_test(Sandbox& sandbox);

// Whether jobs from strangers can be taken: every wall and every limit holds at least in a weaker form.
bool fit_for_strangers(const std::vector<WallFinding>& findings);

}  // namespace otmetka::sandbox
