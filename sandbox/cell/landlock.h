// A second fence around files: whatever mounts may have been got wrong, only these folders can be written to.
#pragma once

#include "sandbox/cell/walls.h"

namespace otmetka::sandbox::cell {

// Notes the kernel's ABI in `walls`; on a kernel without Landlock raises nothing.
void raise_landlock(Walls& walls);

}  // namespace otmetka::sandbox::cell
