// The birth of a cell: what its keeper is given.
#pragma once

#include <sys/types.h>

#include "sandbox/cell_host.h"

namespace otmetka::sandbox {

// The program of a cell; inside one, with an argument, it is the probe (cell/probe.h).
Result<std::shared_ptr<const MemoryFile>> cell_program();

struct Spawned {
  pid_t keeper = -1;
  Descriptor control;
  Descriptor lifeline;
  std::uint32_t program_uid = 0;
};

// `cgroup` may be null. OT545.
Result<Spawned> spawn_cell(const CellOptions& options, const CellCgroup* cgroup);

}  // namespace otmetka::sandbox
