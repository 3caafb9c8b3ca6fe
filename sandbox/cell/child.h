// The last steps of a run before the program's first instruction.
#pragma once

#include <csetjmp>

#include "sandbox/cell/oom_score.h"
#include "sandbox/cell/protocol.h"
#include "sandbox/cell/report.h"

namespace otmetka::sandbox::cell {

// What a run brings: descriptors and strings, all of them the init's.
struct Launch {
  const RunRequest* request;
  int input, output, error_output;
  int program;            // -1: argv[0] is a path
  int cancel;             // -1: only the engine's end cancels the run
  int* held;              // the first three again, as the init holds them: closed and -1 when it lets go of them
  char* const* argv;
  char* const* envp;
  int own_proc;           // of Walls
  const OomScore* oom_score;
  bool own_ids;
};

// CLOCK_MONOTONIC, nanoseconds.
std::uint64_t now();

// Starts the program; its pid, or -1 with `failure`. The init stands still until the program has been executed (vfork).
// `started`: when execve was called, told by the child: on a loaded machine the init may see the program's end before it
// runs again.
int start(const Launch& launch, std::uint64_t& started, Failure& failure);

}  // namespace otmetka::sandbox::cell
