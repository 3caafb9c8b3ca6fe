#include "sandbox/cell_host.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "sandbox/cell_spawn.h"
#include "sandbox/ending.h"
#include "sandbox/output.h"
#include "sandbox/work_folder.h"

namespace otmetka::sandbox {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kBirth{10'000};        // a cold, loaded machine
constexpr milliseconds kGrace{1'000};         // beyond the wall limit, until the cell is given up
constexpr milliseconds kCleaning{2'000};      // for as many files as the scratch folders may hold
constexpr milliseconds kShortRun{20};
constexpr std::uint64_t kMostLonger = 64;     // prolongations of one run: three times its wall limit in 16ths at most
constexpr std::uint64_t kMostResting = 24u << 20;  // charged to a cell at rest; more than that is a leak, or page cache to shed

Error failed(const char* step) { return error("OT545", {std::string(step), std::string(std::strerror(errno))}); }
Error broke(const char* what) { return retryable_error("OT546", {std::string(what)}); }

bool readable_within(int fd, milliseconds most) {
  pollfd watched{fd, POLLIN, 0};
  const auto until = std::chrono::steady_clock::now() + most;
  while (true) {
    const auto left = std::chrono::ceil<milliseconds>(until - std::chrono::steady_clock::now());
    const int ready = poll(&watched, 1, static_cast<int>(std::max(left, milliseconds(0)).count()));
    if (ready >= 0 || errno != EINTR) return ready > 0;
  }
}

}  // namespace

Result<std::unique_ptr<Cell>> Cell::start(const CellOptions& options, CgroupTree& cgroups) {
  std::unique_ptr<Cell> made(new Cell);
  auto cgroup = cgroups.make(options.number);
  if (!cgroup) return cgroup.failure();
  made->cgroup_ = std::move(*cgroup);
  if (Status spawned = made->spawn(options); !spawned) {
    if (made->cgroup_) {  // there is no keeper to do it
      for (const std::string& folder : made->cgroup_->removals()) rmdir(folder.c_str());
    }
    return spawned.failure();
  }
  if (Status greeted = made->greet(); !greeted) return greeted.failure();
  made->usable_ = true;
  return made;
}

Status Cell::spawn(const CellOptions& options) {
  auto spawned = spawn_cell(options, cgroup_.get());
  if (!spawned) return spawned.failure();
  keeper_ = spawned->keeper;
  control_ = std::move(spawned->control);
  lifeline_ = std::move(spawned->lifeline);
  program_uid_ = spawned->program_uid;
  return ok_status();
}

Status Cell::greet() {
  if (Status folder = receive_folder(); !folder) return folder;
  if (!readable_within(control_.get(), kBirth) || recv(control_.get(), &hello_, sizeof(hello_), 0) != sizeof(hello_))
    return broke("greeting");
  return hello_.kind == cell::MessageKind::kReady ? ok_status() : refused_birth();
}

Status Cell::refused_birth() const {
  errno = hello_.error;
  return failed(hello_.step);
}

Status Cell::receive_folder() {
  if (!readable_within(control_.get(), kBirth)) return broke("no greeting");
  alignas(cmsghdr) char rights[CMSG_SPACE(sizeof(int))];
  iovec part{&hello_, sizeof(hello_)};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = rights;
  header.msg_controllen = sizeof(rights);
  if (recvmsg(control_.get(), &header, MSG_CMSG_CLOEXEC) != sizeof(hello_)) return broke("greeting");
  if (hello_.kind != cell::MessageKind::kFolder) return refused_birth();
  const cmsghdr* passed = CMSG_FIRSTHDR(&header);
  if (passed == nullptr || passed->cmsg_type != SCM_RIGHTS) return broke("greeting without a folder");
  int fd = -1;
  std::memcpy(&fd, CMSG_DATA(passed), sizeof(fd));
  work_folder_ = Descriptor(fd);
  return ok_status();
}

// The byte says that this is on purpose; the hang-up of the control socket ends the init.
Cell::~Cell() {
  if (lifeline_) static_cast<void>(send(lifeline_.get(), "x", 1, MSG_NOSIGNAL));
  control_.reset();
  lifeline_.reset();
  if (keeper_ > 0) {
    while (waitpid(keeper_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
}

Status Cell::send_request(const Program& program, int input, int output, int error_output) {
  const Limits& limits = program.limits;
  cell::RunRequest request{};
  request.kind = cell::MessageKind::kRun;
  request.by_descriptor = program.executable ? 1 : 0;
  request.cancellable = program.cancel ? 1 : 0;
  request.hold_pipes = program.ends_with_process ? 1 : 0;
  request.keep_files = program.collect.empty() ? 0 : 1;
  request.argc = static_cast<std::uint32_t>(program.argv.size());
  request.envc = static_cast<std::uint32_t>(program.environment.size());
  // pids.max strikes first and is counted; without it this is the only bound. It counts by user namespace and id, so the
  // init is among those it counts where both have one id.
  request.processes = static_cast<std::uint32_t>(limits.processes + (cgroup_ ? 8 : 0) + (program_uid_ == 0 ? 1 : 0));
  request.cpu_ns = static_cast<std::uint64_t>(limits.cpu.count());
  request.wall_ns = static_cast<std::uint64_t>(limits.wall.count());
  // Room for the flood on standard error that must not end a program; whether output passed its limit is seen by its size.
  request.file_bytes = std::max({limits.file_bytes, limits.output_bytes + 1, std::uint64_t{kErrorRoomBytes}});
  (limits.reserved_bytes != 0 ? request.data_bytes : request.address_bytes) = cgroup_ ? 0 : limits.memory_bytes + limits.reserved_bytes;
  request.stack_bytes = limits.stack_bytes != 0 ? limits.stack_bytes : limits.memory_bytes;
  // A thread's stack is as large by default, and must fit beside others where address space is what is bounded.
  if (!cgroup_) request.stack_bytes = std::min<std::uint64_t>(request.stack_bytes, 8u << 20);
  request.open_files = limits.open_files;
  std::string bytes(reinterpret_cast<const char*>(&request), sizeof(request));
  for (const auto* list : {&program.argv, &program.environment}) {
    for (const std::string& one : *list) bytes.append(one.c_str(), one.size() + 1);
  }
  if (bytes.size() - sizeof(request) > cell::kMostStrings) return error("OT547", {std::int64_t{cell::kMostStrings}});

  int fds[5] = {input, output, error_output};
  std::size_t count = 3;
  if (program.executable) fds[count++] = program.executable->descriptor();
  if (program.cancel) fds[count++] = program.cancel->get();
  alignas(cmsghdr) char rights[CMSG_SPACE(sizeof(fds))] = {};
  iovec part{bytes.data(), bytes.size()};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = rights;
  header.msg_controllen = CMSG_SPACE(count * sizeof(int));
  cmsghdr* passed = CMSG_FIRSTHDR(&header);
  passed->cmsg_level = SOL_SOCKET;
  passed->cmsg_type = SCM_RIGHTS;
  passed->cmsg_len = CMSG_LEN(count * sizeof(int));
  std::memcpy(CMSG_DATA(passed), fds, count * sizeof(int));
  return sendmsg(control_.get(), &header, MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size()) ? ok_status() : Status(broke("request"));
}

// A fork bomb delays whoever must be scheduled before it can be killed: 130 ms in the ordinary class, 3 ms in a real-time one. But
// a real-time task is not moved to the core of the one that wakes it, which costs a short run a quarter of its time: so the init
// has the class only while it runs something that is not short. What it starts is in the ordinary class.
bool Cell::set_realtime(bool on) const {
  if ((hello_.walls & cell::kWallRealtime) == 0) return false;
  sched_param priority{};
  priority.sched_priority = on ? 1 : 0;
  return sched_setscheduler(hello_.init_pid, on ? SCHED_RR | SCHED_RESET_ON_FORK : SCHED_OTHER, &priority) == 0;
}

Result<cell::RunReply> Cell::await_reply(const Limits& limits) {
  const milliseconds most = std::chrono::ceil<milliseconds>(limits.wall) + kGrace;
  bool there = readable_within(control_.get(), kShortRun);
  if (there) return receive_reply(most);
  const bool raised = set_realtime(true);
  there = readable_within(control_.get(), most - kShortRun);
  auto reply = there ? receive_reply(most) : broke("no answer");
  if (raised) set_realtime(false);
  return reply;
}

// There is something to receive. `most`: until the next, where this says that there is more to come.
Result<cell::RunReply> Cell::receive_reply(milliseconds most) {
  for (std::uint64_t longer = 0;; ++longer) {
    cell::RunReply reply{};
    if (recv(control_.get(), &reply, sizeof(reply), 0) != sizeof(reply)) return broke("the cell ended");
    if (reply.kind == cell::MessageKind::kDone) return reply;
    if (longer == kMostLonger || !readable_within(control_.get(), most)) return broke("no answer");
  }
}

// What is charged to a cell at rest is its init, and page cache that goes when room is needed. More than that means that
// something of a run was left, and the next run would pay for it.
bool Cell::ready() {
  if (!cleaning_) return usable_;
  cleaning_ = false;
  cell::Cleaned cleaned{};
  usable_ = readable_within(control_.get(), kCleaning) && recv(control_.get(), &cleaned, sizeof(cleaned), 0) == sizeof(cleaned) &&
            cleaned.kind == cell::MessageKind::kClean && cleaned.clean == 1 && (!cgroup_ || cgroup_->charged_bytes() <= kMostResting);
  return usable_;
}

// The init is gone, or cannot move for want of memory. When the program has taken all there was the verdict is clear all the same:
// otherwise one that can bring this about would be run again for ever.
Result<RunResult> Cell::gave_no_answer(const Limits& limits) {
  if (!cgroup_) return broke("no answer");
  const CgroupUsage usage = cgroup_->usage();
  const bool full = cgroup_->charged_bytes() >= limits.memory_bytes;
  if (!usage.out_of_memory && !full) return broke("no answer");
  RunResult result;
  result.ending = Ending::kMemoryLimit;
  result.peak_bytes = usage.peak_bytes;
  return result;
}

void Cell::collect(const Program& program, RunResult& result) const {
  for (const std::string& name : wanted_files(work_folder_.get(), program.collect)) {
    result.files.push_back(collect_file(work_folder_.get(), name, program.collect_bytes));
  }
}

Status Cell::place_files(const Program& program) const {
  return sandbox::place_files(work_folder_.get(), program.files, program_uid_);
}

// Where programs have our id they own what we give them: then each gets files of its own.
Result<RunResult> Cell::run(const Program& program) {
  if (program_uid_ != 0) return run_given(program);
  Program own = program;
  for (auto* file : {&own.executable, &own.input}) {
    if (!*file) continue;
    auto copy = (*file)->copy();
    if (!copy) return copy.failure();
    *file = std::move(*copy);
  }
  return run_given(own);
}

Result<RunResult> Cell::run_given(const Program& program) {
  if (!ready()) return broke("an earlier run left something");
  usable_ = false;  // until this run has proved otherwise
  if (cgroup_) {
    const std::uint64_t room = program.output_pipe ? 0 : program.limits.output_bytes;
    if (Status begun = cgroup_->begin(program.limits.memory_bytes, room, program.limits.processes); !begun) return begun.failure();
  }
  if (Status placed = place_files(program); !placed) return placed.failure();
  auto streams = Streams::open(program);
  if (!streams) return streams.failure();
  if (Status sent = send_request(program, streams->input(), streams->output(), streams->error_output()); !sent) return sent.failure();
  streams->handed_over();
  const auto reply = await_reply(program.limits);
  if (!reply) return gave_no_answer(program.limits);
  cleaning_ = true;

  const CgroupUsage usage = cgroup_ ? cgroup_->usage() : CgroupUsage{};
  RunResult result = judge_ending(*reply, usage, cgroup_ != nullptr, program.limits, streams->output_size());
  streams->read_into(program.limits, result);
  usable_ = true;
  if (!program.collect.empty()) {
    collect(program, result);
    cell::RunRequest wipe{};
    wipe.kind = cell::MessageKind::kWipe;
    usable_ = send(control_.get(), &wipe, sizeof(wipe), MSG_NOSIGNAL) == sizeof(wipe);
  }
  return result;
}

}  // namespace otmetka::sandbox
