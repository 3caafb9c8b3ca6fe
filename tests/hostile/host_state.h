// What of the host a hostile program could have left behind, beside its own cell.
#pragma once

#include <map>
#include <set>
#include <string>

#include "sandbox/sandbox.h"

namespace otmetka::hostile {

// By kind, what there is of it: our descriptors, the processes below us and how many each cell's cgroup holds, mounts, keys,
// System V and POSIX objects of our ipc namespace, /dev/shm, and files with an id that only programs have.
using HostState = std::map<std::string, std::multiset<std::string>>;

HostState host_state(const sandbox::Sandbox& box);

// "kind: + new - gone"; empty: none.
std::string difference(const HostState& before, const HostState& after);

}  // namespace otmetka::hostile
