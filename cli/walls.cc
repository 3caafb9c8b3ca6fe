#include "cli/walls.h"

#include <unistd.h>

#include <algorithm>

#include "sandbox/self_test.h"

namespace otmetka::cli {
namespace {

using sandbox::WallFinding;
using sandbox::WallState;

std::string words(const Error& error) {
  std::string out = error.code();
  for (const Arg& arg : error.message.args) {
    if (const auto* text = std::get_if<std::string>(&arg)) out += " " + *text;
  }
  return out;
}

const char* state_name(WallState state) {
  return state == WallState::kEnforced ? "enforced" : state == WallState::kDegraded ? "degraded" : "absent";
}

// Facts of the machine have a remedy of their own; a wall that a probe got through has one for all.
std::string fix_of(const WallFinding& finding, const std::string& key) {
  if (finding.state == WallState::kEnforced) return {};
  if (key == "cgroups" && geteuid() == 0) return "doctor.fix.cgroups_root";
  for (const char* own : {"cgroups", "swap", "own_ids", "landlock", "private_proc", "nested_users", "real_time"}) {
    if (key == own) return "doctor.fix." + key;
  }
  return finding.state == WallState::kDegraded || key == "memory" ? "doctor.fix.cgroups" : "doctor.fix.wall";
}

WallRow row_of(const WallFinding& finding) {
  std::string key = finding.wall == "private /proc" ? "private_proc" : finding.wall;
  std::replace(key.begin(), key.end(), ' ', '_');
  return {"wall." + key, state_name(finding.state), finding.detail, fix_of(finding, key)};
}

}  // namespace

std::vector<WallRow> examine_walls() {
  const auto box = sandbox::Sandbox::open({.slots = 1});
  if (!box) return {{"sandbox", "absent", words(box.failure()), "doctor.fix.sandbox"}};
  const auto findings = sandbox::self_test(**box);
  if (!findings) return {{"sandbox", "absent", words(findings.failure()), "doctor.fix.sandbox"}};
  std::vector<WallRow> out;
  for (const WallFinding& finding : *findings) out.push_back(row_of(finding));
  return out;
}

}  // namespace otmetka::cli
