// Version 1: a folder in each of the memory, pids and cpuacct hierarchies.
#pragma once

#include "sandbox/cgroup.h"
#include "sandbox/cgroup_files.h"

namespace otmetka::sandbox {

// Null with `reason` when one of the three is not mounted or not ours to make folders in.
std::unique_ptr<CgroupTree> find_cgroups_v1(const std::vector<Hierarchy>& mounted, const std::string& name, std::string& reason);

}  // namespace otmetka::sandbox
