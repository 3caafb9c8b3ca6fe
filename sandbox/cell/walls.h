// What stands between a program and everything else, raised once by the cell's init before the first run and inherited by
// every run. Nothing of it is taken down again; what the init itself may still do afterwards is listed in walls.cc.
#pragma once

#include "sandbox/cell/oom_score.h"
#include "sandbox/cell/report.h"
#include "sandbox/cell/setup_view.h"

namespace otmetka::sandbox::cell {

// The program's ids inside the cell. With own ids the init is 0 and the program this; else both are this.
inline constexpr unsigned kProgramId = 1000;

struct Walls {
  std::uint32_t raised = 0;  // enum Wall
  std::uint32_t landlock_abi = 0;
  int own_proc = -1;         // a descriptor of a /proc that has no path and hides no process; -1: none
  OomScore oom_score;
};

// Called by the init in its new namespaces, its ids mapped. False: `failure` says which step did not hold, and the cell
// must not run anything.
bool raise_walls(const SetupView& setup, Walls& walls, Failure& failure);

}  // namespace otmetka::sandbox::cell
