// Version 2: one folder with the memory and pids controllers.
#pragma once

#include "sandbox/cgroup.h"
#include "sandbox/cgroup_files.h"

namespace otmetka::sandbox {

// Tries the folder delegated to us; where there is none our own (moving ourselves into a leaf of it when we are alone there, as
// the rule against inner processes asks, and back at the end), then the root of the hierarchy. Null with `reason` when none
// lets us bound memory and processes.
std::unique_ptr<CgroupTree> find_cgroups_v2(const std::vector<Hierarchy>& mounted, const std::string& delegated, const std::string& name,
                                            std::string& reason);

}  // namespace otmetka::sandbox
