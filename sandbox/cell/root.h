// The file system that a program sees: read-only parts of the host, three folders of its own, five devices, its own /proc.
#pragma once

#include "sandbox/cell/walls.h"

namespace otmetka::sandbox::cell {

// Needs CAP_SYS_ADMIN in the cell's user namespace. Afterwards the host's root is unmounted.
bool build_root(const SetupView& setup, Walls& walls, Failure& failure);

}  // namespace otmetka::sandbox::cell
