// What of the host a hostile program could have left behind, beside its own cell.
#pragma once

#include <map>
#include <set>
#include <string>

#include "sandbox/sandbox.h"

namespace otmetka::hostile {

// By kind, what there is of it: the processes below us and how many each cell's cgroup holds, mounts, keys, System V and POSIX
// objects of our ipc namespace, /dev/shm, and files with an id that only programs have.
struct HostState {
  std::map<std::string, std::multiset<std::string>> things;
  std::size_t descriptors = 0;  // ours
};

HostState host_state(const sandbox::Sandbox& box);

// "kind: + new", "kind: - gone"; empty: none. `kept`: descriptors that are to be there beside those before.
std::string difference(const HostState& before, const HostState& after, std::size_t kept);

}  // namespace otmetka::hostile
