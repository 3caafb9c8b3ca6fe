// Where hostile programs are run: the sandbox in the mode that this process has, what no program may tell, and what a run beside
// and behind them must be like.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "sandbox/sandbox.h"
#include "tests/hostile/host_state.h"
#include "tests/hostile/neighbour.h"

namespace otmetka::hostile {

// Two slots: one for the hostile program and the clean one behind it, one for its neighbour. OTMETKA_HOSTILE_CGROUP names a
// cgroup to use, or "none".
sandbox::SandboxOptions two_slots();

// "root", "delegated" or "bare". Fails the test where OTMETKA_HOSTILE_MODE asks for another.
std::string mode_of(const sandbox::Sandbox& box);

// A file of the host that anybody may read, in a folder that programs do not have. The word in it is also in this process's
// environment and memory, and in a file of its own without a path.
const std::string& secret_file();

// H5: the text holds neither that word nor a path of this project.
void tells_nothing(std::string_view text);

// A program that does nothing wrong; right is `clean_output`.
sandbox::Program clean_program();
inline constexpr std::string_view kCleanOutput = "clean\n/dev/shm:\n\n/tmp:\n\n/w:\n";

// Around all runs of one row, in a sandbox where nothing else runs.
class Watch {
 public:
  // `neighbour`: false where the row itself needs both slots.
  Watch(sandbox::Sandbox& box, bool neighbour);
  void run_begins();  // the neighbour has something to do from now on
  void run_ended();   // H4: it has done it
  // H3: a clean program in the same cell is well. H4: so is the neighbour. H2: the host is as it was, but for `kept`
  // descriptors that we have on purpose.
  void end(std::size_t kept = 0);

 private:
  sandbox::Sandbox& box_;
  HostState before_;
  std::unique_ptr<Neighbour> neighbour_;
};

}  // namespace otmetka::hostile
