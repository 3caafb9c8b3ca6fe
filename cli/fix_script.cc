#include "cli/fix_script.h"

#include <algorithm>
#include <string_view>

namespace otmetka::cli {
namespace {

struct Snippet {
  std::string_view fix;
  std::string_view script;
};

// The kernel's settings are told in Documentation/admin-guide/sysctl, the service's in systemd.resource-control(5) and
// systemd.exec(5).
constexpr Snippet kSnippets[] = {
    {"doctor.fix.sandbox", R"(# User namespaces, which the sandbox is made of.
sysctl -w user.max_user_namespaces=15000
[ ! -e /proc/sys/kernel/unprivileged_userns_clone ] || sysctl -w kernel.unprivileged_userns_clone=1
)"},
    {"doctor.fix.cgroups", R"(# A service of its own, to which the system delegates its cgroup (and so its memory and process limits).
mkdir -p /etc/systemd/system/otmetka.service.d
cat >/etc/systemd/system/otmetka.service.d/delegate.conf <<'UNIT'
[Service]
Delegate=yes
LimitRTPRIO=2
UNIT
systemctl daemon-reload
# By hand, without a service: systemd-run --user --scope -p Delegate=yes otmetka serve
)"},
    {"doctor.fix.cgroups_root", R"(# Where no hierarchy of cgroups is mounted. In a container: docker run --cgroupns private --privileged.
[ -e /sys/fs/cgroup/cgroup.controllers ] || mount -t cgroup2 cgroup2 /sys/fs/cgroup
)"},
    {"doctor.fix.swap", "swapoff -a  # for good: take the swap lines out of /etc/fstab\n"},
    {"doctor.fix.own_ids", "# Run `otmetka serve` as root: it gives each cell an id of its own and keeps nothing of root inside.\n"},
    {"doctor.fix.landlock",
     R"(# Landlock is in the kernel from 5.13 on; where it is left out of the list of modules, add it to the boot line:
#   lsm=landlock,lockdown,yama,integrity,apparmor   (GRUB_CMDLINE_LINUX in /etc/default/grub, then update-grub)
)"},
    {"doctor.fix.private_proc", "# In a container: run it with an unmasked /proc (docker: --security-opt systempaths=unconfined).\n"},
    {"doctor.fix.nested_users", "# The kernel is old: install a newer one (apt install linux-image-amd64) and boot it.\n"},
    {"doctor.fix.real_time", R"(# The right to a real-time class, for the user that serves (here: otmetka).
echo 'otmetka - rtprio 2' >/etc/security/limits.d/otmetka.conf
)"},
    {"doctor.fix.inotify", "sysctl -w fs.inotify.max_user_instances=1024\n"},
    {"doctor.fix.proc", "mount -t proc proc /proc\n"},
};

}  // namespace

std::string fix_script(const std::vector<Fix>& fixes) {
  std::string out = "#!/bin/sh\n# Read this before you run it, as root. `otmetka doctor` tells afterwards what has changed.\nset -e\n";
  std::vector<std::string_view> told;
  for (const Fix& fix : fixes) {
    if (std::find(told.begin(), told.end(), fix.id) != told.end()) continue;
    told.push_back(fix.id);
    const auto snippet = std::find_if(std::begin(kSnippets), std::end(kSnippets), [&](const Snippet& one) { return one.fix == fix.id; });
    out += "\n";
    out += snippet != std::end(kSnippets) ? std::string(snippet->script) : "# By hand: " + fix.words + "\n";
  }
  return out;
}

}  // namespace otmetka::cli
