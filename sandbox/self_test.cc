#include "sandbox/self_test.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "sandbox/cell_spawn.h"

namespace otmetka::sandbox {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::array<const char*, 7> kGroups{"network", "namespaces", "files", "processes", "objects", "kernel", "privileges"};

Result<Program> probe(const char* what) {
  const auto program = cell_program();
  if (!program) return program.failure();
  Program out;
  out.executable = *program;
  out.argv = {"probe", what};
  out.limits.cpu = seconds(5);
  out.limits.wall = seconds(10);
  out.limits.processes = 4;
  return out;
}

// "network.inet open" of group "network" → "inet".
void sort_in(const std::string& line, std::vector<WallFinding>& walls) {
  const auto dot = line.find('.');
  const auto space = line.find(' ');
  if (dot == std::string::npos || space == std::string::npos || !line.ends_with(" open")) return;
  for (WallFinding& wall : walls) {
    if (line.compare(0, dot, wall.wall) != 0) continue;
    wall.state = WallState::kAbsent;
    wall.detail += (wall.detail.empty() ? "" : ", ") + line.substr(dot + 1, space - dot - 1);
  }
}

Status add_walls(Sandbox& sandbox, std::vector<WallFinding>& out) {
  auto program = probe("walls");
  if (!program) return program.failure();
  const auto result = sandbox.run(*program);
  if (!result) return result.failure();
  for (const char* group : kGroups) out.push_back({group, WallState::kEnforced, {}});
  if (result->ending != Ending::kExited || result->code != 0) {
    for (WallFinding& wall : out) wall = {wall.wall, WallState::kAbsent, "probe: " + std::to_string(result->code)};
    return ok_status();
  }
  std::istringstream lines(result->out);
  for (std::string line; std::getline(lines, line);) sort_in(line, out);
  return ok_status();
}

struct LimitCase {
  const char* wall;
  const char* probe;
  void (*set)(Limits&);
  bool (*held)(const RunResult&);
};

constexpr std::uint64_t kTriedMemory = 16u << 20;

const std::array kLimits{
    LimitCase{"cpu", "cpu", [](Limits& limits) { limits.cpu = milliseconds(100); },
              [](const RunResult& run) { return run.ending == Ending::kTimeLimit && run.cpu < milliseconds(400); }},
    LimitCase{"wall", "sleep", [](Limits& limits) { limits.wall = milliseconds(50); },
              [](const RunResult& run) { return run.ending == Ending::kIdleLimit; }},
    LimitCase{"memory", "memory", [](Limits& limits) { limits.memory_bytes = kTriedMemory; },
              [](const RunResult& run) { return run.ending == Ending::kMemoryLimit; }},
    LimitCase{"process count", "processes", [](Limits&) {},
              [](const RunResult& run) { return run.ending == Ending::kExited && run.out == "3\n"; }},
    LimitCase{"output", "output", [](Limits& limits) { limits.output_bytes = 4096; },
              [](const RunResult& run) { return run.ending == Ending::kOutputLimit; }},
};

Status add_limits(Sandbox& sandbox, std::vector<WallFinding>& out) {
  for (const LimitCase& one : kLimits) {
    auto program = probe(one.probe);
    if (!program) return program.failure();
    one.set(program->limits);
    const auto result = sandbox.run(*program);
    if (!result) return result.failure();
    const bool held = one.held(*result);
    // Without a cgroup a limit on address space holds one process, not the tree, and the time of children that are ignored when
    // they end is known of nobody.
    const std::string_view name = one.wall;
    const bool trees = sandbox.enforcement().bounds_trees();
    const bool weak = !trees && (name == "cpu" || (name == "memory" && result->ending != Ending::kTimeLimit));
    const bool enforced = held && !(name == "cpu" && weak);
    out.push_back({one.wall, enforced ? WallState::kEnforced : weak ? WallState::kDegraded : WallState::kAbsent, {}});
  }
  return ok_status();
}

void add_facts(const Enforcement& facts, std::vector<WallFinding>& out) {
  const auto either = [](bool holds) { return holds ? WallState::kEnforced : WallState::kDegraded; };
  out.push_back({"cgroups", either(facts.bounds_trees()), facts.cgroups});
  out.push_back({"swap", facts.bounds_trees() ? either(facts.swap_bounded) : WallState::kDegraded, {}});
  out.push_back({"own ids", either(facts.own_ids), {}});
  out.push_back({"landlock", either(facts.landlock), facts.landlock ? "ABI " + std::to_string(facts.landlock_abi) : std::string()});
  out.push_back({"private /proc", either(facts.private_proc), {}});
  out.push_back({"nested users", either(facts.no_nested_users), {}});
  out.push_back({"real time", either(facts.realtime), {}});
}

}  // namespace

Result<std::vector<WallFinding>> self_test(Sandbox& sandbox) {
  std::vector<WallFinding> out;
  if (Status walls = add_walls(sandbox, out); !walls) return walls.failure();
  if (Status limits = add_limits(sandbox, out); !limits) return limits.failure();
  add_facts(sandbox.enforcement(), out);
  return out;
}

bool fit_for_strangers(const std::vector<WallFinding>& findings) {
  return std::none_of(findings.begin(), findings.end(), [](const WallFinding& one) {
    return one.state == WallState::kAbsent || (one.state == WallState::kDegraded && (one.wall == "memory" || one.wall == "cgroups"));
  });
}

}  // namespace otmetka::sandbox
