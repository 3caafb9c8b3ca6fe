// A cell from the engine's side: its birth, one run at a time, its end.
#pragma once

#include <sys/types.h>

#include <linux/filter.h>

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "model/result.h"
#include "sandbox/cell/protocol.h"
#include "sandbox/cgroup.h"
#include "sandbox/program.h"

namespace otmetka::sandbox {

struct CellOptions {
  unsigned number = 0;                   // no other's of this process: names its cgroup, and its ids where it can have its own
  std::vector<Bind> binds;
  std::span<const sock_filter> filter;
  std::uint64_t scratch_bytes = 256u << 20;
  std::uint64_t scratch_inodes = 16'384;
  unsigned cpus = 1;
  bool realtime = true;
};

// One thread at a time. When run() fails or usable() is false afterwards the cell must be dropped and another made; the
// destructor ends all its processes and waits for them (some milliseconds).
class Cell {
 public:
  // OT543, OT544: cgroups; OT545 with the step and the kernel's reason: the cell could not be made. About 5 ms.
  static Result<std::unique_ptr<Cell>> start(const CellOptions& options, CgroupTree& cgroups);
  ~Cell();

  // Answers within the wall limit plus a second whatever the program does. OT546: the cell itself broke (retryable).
  Result<RunResult> run(const Program& program);

  // Waits until the cell has cleaned up after its last run. False: something was left, and it must be dropped.
  bool ready();
  bool usable() const { return usable_; }
  const cell::Hello& hello() const { return hello_; }

 private:
  Cell() = default;
  Result<RunResult> run_given(const Program& program);
  Status spawn(const CellOptions& options);
  Status greet();
  Status receive_folder();
  Status refused_birth() const;
  Status place_files(const Program& program) const;
  Status send_request(const Program& program, int input, int output, int error_output);
  bool set_realtime(bool on) const;
  Result<cell::RunReply> await_reply(const Limits& limits);
  Result<cell::RunReply> receive_reply(std::chrono::milliseconds most);
  Result<RunResult> gave_no_answer(const Limits& limits);
  void collect(const Program& program, RunResult& result) const;

  std::unique_ptr<CellCgroup> cgroup_;
  Descriptor control_;
  Descriptor lifeline_;
  Descriptor work_folder_;
  pid_t keeper_ = -1;
  std::uint32_t program_uid_ = 0;  // the host's id that programs have; 0: our own
  cell::Hello hello_{};
  bool usable_ = false;
  bool cleaning_ = false;  // a kClean is to come
};

}  // namespace otmetka::sandbox
