#include "sandbox/cell_spawn.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "sandbox/own_ids.h"

// The cell's program, built static from cell/ and put into this one (embed.S).
extern "C" const char otmetka_cell_begin[];
extern "C" const char otmetka_cell_end[];

namespace otmetka::sandbox {
namespace {

constexpr int kOutOfTheWay = 64;          // descriptors are moved above this before they are given their numbers

Error failed(const char* step) { return error("OT545", {std::string(step), std::string(std::strerror(errno))}); }

std::string setup_bytes(const CellOptions& options, const CellCgroup* cgroup, std::uint32_t first_id) {
  const bool theirs = own_ids().any();
  cell::Setup setup{};
  setup.host_uid_of_init = theirs ? first_id : geteuid();
  setup.host_uid_of_program = theirs ? first_id + 1 : geteuid();
  setup.own_ids = theirs ? 1 : 0;
  setup.realtime = options.realtime ? 1 : 0;
  setup.cpus = options.cpus;
  setup.filter_length = static_cast<std::uint32_t>(options.filter.size());
  setup.binds = static_cast<std::uint32_t>(options.binds.size());
  setup.scratch_bytes = options.scratch_bytes;
  setup.scratch_inodes = options.scratch_inodes;
  std::vector<std::string> strings;
  for (const Bind& bind : options.binds) strings.insert(strings.end(), {bind.from, bind.to});
  if (cgroup != nullptr) {
    const auto own = cgroup->removals();
    const auto tree = cgroup->orphaned();
    setup.joins = static_cast<std::uint32_t>(cgroup->join_descriptors().size());
    setup.cpu_source = cgroup->cpu_source();
    setup.removals = static_cast<std::uint32_t>(own.size() + tree.size());
    setup.orphaned = static_cast<std::uint32_t>(tree.size());
    strings.insert(strings.end(), own.begin(), own.end());
    strings.insert(strings.end(), tree.begin(), tree.end());
  }
  std::string out(reinterpret_cast<const char*>(&setup), sizeof(setup));
  out.append(reinterpret_cast<const char*>(options.filter.data()), options.filter.size_bytes());
  for (const std::string& one : strings) out.append(one.c_str(), one.size() + 1);
  return out;
}

struct Pair {
  Descriptor ours, theirs;
  bool open(int type) {
    int both[2];
    if (socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, both) != 0) return false;
    ours = Descriptor(both[0]);
    theirs = Descriptor(both[1]);
    return true;
  }
};

// posix_spawn (a vfork) with each descriptor at its number: the engine may be large, a fork of it dear.
class Spawner {
 public:
  Spawner() {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
  }
  ~Spawner() {
    posix_spawnattr_destroy(&attributes_);
    posix_spawn_file_actions_destroy(&actions_);
  }

  bool give(int fd, int number) {
    Descriptor moved(fcntl(fd, F_DUPFD_CLOEXEC, kOutOfTheWay));
    if (!moved || posix_spawn_file_actions_adddup2(&actions_, moved.get(), number) != 0) return false;
    moved_.push_back(std::move(moved));
    return true;
  }

  pid_t spawn(int program) {
    const Descriptor moved(fcntl(program, F_DUPFD_CLOEXEC, kOutOfTheWay));
    const std::string path = "/proc/self/fd/" + std::to_string(moved.get());
    char name[] = "otmetka-cell";
    char* argv[] = {name, nullptr};
    char* envp[] = {nullptr};
    pid_t pid = -1;
    errno = posix_spawn(&pid, path.c_str(), &actions_, &attributes_, argv, envp);
    return errno == 0 ? pid : -1;
  }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
  std::vector<Descriptor> moved_;
};

}  // namespace

Result<std::shared_ptr<const MemoryFile>> cell_program() {
  static const auto program = MemoryFile::make({otmetka_cell_begin, static_cast<std::size_t>(otmetka_cell_end - otmetka_cell_begin)});
  return program;
}

Result<Spawned> spawn_cell(const CellOptions& options, const CellCgroup* cgroup) {
  const std::uint32_t first_id = own_ids().any() ? own_ids().pair(getpid(), options.number) : 0;
  const auto program = cell_program();
  if (!program) return program.failure();
  const auto setup = MemoryFile::make(setup_bytes(options, cgroup, first_id));
  if (!setup) return setup.failure();
  Pair control, lifeline;
  if (!control.open(SOCK_SEQPACKET) || !lifeline.open(SOCK_STREAM)) return failed("socketpair");
  const Descriptor nothing(open("/dev/null", O_RDONLY | O_CLOEXEC));
  Spawner spawner;
  bool given = spawner.give(control.theirs.get(), cell::kControl) && spawner.give((*setup)->descriptor(), cell::kSetup) &&
               spawner.give(lifeline.theirs.get(), cell::kLifeline) &&
               spawner.give(cgroup != nullptr ? cgroup->cpu_descriptor() : nothing.get(), cell::kCpuUsage);
  int number = cell::kFirstJoin;
  if (cgroup != nullptr) {
    for (const int fd : cgroup->join_descriptors()) given = given && spawner.give(fd, number++);
  }
  if (!given) {
    if (errno == EINVAL) errno = EMFILE;  // the limit is below the number that was asked for
    return failed("descriptors");
  }
  const pid_t keeper = spawner.spawn((*program)->descriptor());
  if (keeper < 0) return failed("spawn");
  return Spawned{keeper, std::move(control.ours), std::move(lifeline.ours), own_ids().any() ? first_id + 1 : 0};
}

}  // namespace otmetka::sandbox
