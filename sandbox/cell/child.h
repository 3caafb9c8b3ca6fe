// The last steps of a run before the program's first instruction.
#pragma once

#include <csetjmp>

#include "sandbox/cell/protocol.h"
#include "sandbox/cell/report.h"

namespace otmetka::sandbox::cell {

// What a run brings: descriptors and strings, all of them the init's.
struct Launch {
  const RunRequest* request;
  int input, output, error_output;
  int program;            // -1: argv[0] is a path
  const char* const* argv;
  const char* const* envp;
  bool own_ids;
};

// Starts the program; its pid, or -1 with `failure`. The init stands still until the program's first instruction (vfork),
// so that time and CPU before it are not the program's.
int start(const Launch& launch, Failure& failure);

}  // namespace otmetka::sandbox::cell
