// One run from start to the death of its last process.
#pragma once

#include "sandbox/cell/child.h"
#include "sandbox/cell/usage.h"

namespace otmetka::sandbox::cell {

// `signals` is a signalfd of SIGCHLD; `control` is looked at for a hang-up, which cancels the run as
// launch.cancel does. When this returns, the
// init is the only process of its namespace.
RunReply run(const Launch& launch, const Usage& usage, unsigned cpus, int control, int signals);

}  // namespace otmetka::sandbox::cell
