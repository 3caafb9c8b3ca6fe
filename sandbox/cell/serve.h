// The init's work after the walls are up: one run after another, until the engine hangs up.
#pragma once

#include "sandbox/cell/setup_view.h"
#include "sandbox/cell/walls.h"

namespace otmetka::sandbox::cell {

// Returns when the control socket has been closed at the other end.
void serve(const SetupView& setup, const Walls& walls);

}  // namespace otmetka::sandbox::cell
