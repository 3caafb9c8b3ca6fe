// Runs one untrusted program once, behind every wall this machine has. What a program means for a mark is not known here.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/result.h"
#include "sandbox/program.h"

namespace otmetka::sandbox {

struct SandboxOptions {
  // Programs that run at once. More than cores makes times unfair; 0: one a core that this process may use, at most 64.
  unsigned slots = 0;
  // Beside kSystemBinds (sandbox.cc): /usr and what it needs.
  std::vector<Bind> binds = {};
  // A cgroup v2 folder that was delegated to us; "none": use no cgroups; empty: find one.
  std::string cgroup = {};
  std::uint64_t scratch_bytes = 256u << 20;  // a cell's work folder, /tmp and /dev/shm together; charged as memory too
  std::uint64_t scratch_inodes = 16'384;
  bool realtime = true;  // the inits in a real-time class, so that no fork bomb delays its own end
};

// What was found when the first cell was made.
struct Enforcement {
  std::string cgroups;          // where, or why none
  int cgroup_version = 0;       // 0: none
  bool swap_bounded = false;
  bool own_ids = false;         // programs have an id that nobody else has
  bool landlock = false;
  unsigned landlock_abi = 0;
  bool private_proc = false;    // /proc shows own processes only, and nothing else of the kernel
  bool realtime = false;
  bool no_nested_users = false;

  // Memory and processes of the whole tree are bounded: what a job from strangers needs.
  bool bounds_trees() const { return cgroup_version != 0; }
};

// What the first of two programs that talk may write to the other, or its own output limit where that is more.
inline constexpr std::uint64_t kMostTalkBytes = 64u << 20;

// How two programs that talk to each other ended.
struct PairResult {
  RunResult program;
  RunResult interactor;
  bool interactor_first = false;  // it ended before the program did
  bool alone = false;             // nothing else ran meanwhile
};

// Whether an interactor that ended so has settled what its program is worth, which then need not go on. Called on any thread.
using Settles = std::function<bool(const RunResult& interactor)>;

// Any thread may call run(); it waits for a free slot, in the order of coming. A cell that broke or could not be cleaned is replaced
// by a new one and never used again.
class Sandbox {
 public:
  // Makes the first cell to see what this machine allows; the others when they are first needed. OT543–OT545.
  static Result<std::unique_ptr<Sandbox>> open(SandboxOptions options);
  ~Sandbox();  // ends what still runs

  // OT546–OT548, or what open() may say. A retryable error is ours and says nothing about the program.
  Result<RunResult> run(const Program& program);

  // Both at once, in a cell each: what one writes to its standard output the other reads from its standard input, so neither
  // has `out`. The second has no output limit, the first that of kMostTalkBytes. Takes two slots together, or both cells of a
  // sandbox that has one slot. Where the wall limit strikes the first while the second has been at work for a good part of that
  // time, they are run again, some times at most, and what the second took is added to the first one's wall limit. Where `settles`
  // says so the first is ended (kCancelled).
  Result<PairResult> run_pair(const Program& program, const Program& interactor, const Settles& settles = {});

  // While nothing else runs here: for a time that was too close to its limit to be believed. nullopt: it would have been no
  // different (nothing else is running), or all that is done alone would take more than a tenth of the time there is.
  std::optional<Result<RunResult>> run_alone(const Program& program);
  std::optional<Result<PairResult>> run_pair_alone(const Program& program, const Program& interactor, const Settles& settles = {});

  const Enforcement& enforcement() const;
  unsigned slots() const;

 private:
  class Pool;
  explicit Sandbox(std::unique_ptr<Pool> pool);
  std::unique_ptr<Pool> pool_;
};

}  // namespace otmetka::sandbox
