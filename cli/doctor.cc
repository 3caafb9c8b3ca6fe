// `otmetka doctor`: whether this machine can do the work, with a fix for each line that says no.
#include <sys/inotify.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "cli/commands.h"
#include "cli/config.h"
#include "cli/fix_script.h"
#include "cli/kafka_config.h"
#include "cli/programs_config.h"
#include "cli/stores.h"
#include "cli/table.h"
#include "cli/walls.h"
#include "engine/answers_lane.h"
#include "engine/grade_submission.h"
#include "queue/codec.h"
#include "queue/kafka/topics.h"
#include "sandbox/precompiled.h"

namespace otmetka::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kPatience{3};  // with a broker

struct Options {
  std::string format;
  std::string config;
  bool fix_script = false;
};

enum class State { kOk, kDegraded, kFailed, kEnforced, kAbsent };

struct Finding {
  std::string check;  // stable name
  State state = State::kOk;
  std::string detail;
  std::string fix_id = {};  // in the catalogue; empty when all is well
};

const char* state_name(State state) {
  static constexpr std::array kNames = {"ok", "degraded", "failed", "enforced", "absent"};
  return kNames[static_cast<std::size_t>(state)];
}

Finding check_cores() { return {"cores", State::kOk, std::to_string(engine::usable_cores())}; }

Finding check_memory() {
  std::ifstream info("/proc/meminfo");
  std::string key;
  long long kib = 0;
  std::string unit;
  while (info >> key >> kib >> unit) {
    if (key != "MemAvailable:") continue;
    const bool enough = kib >= 256 * 1024;
    return {"memory", enough ? State::kOk : State::kDegraded, std::to_string(kib / 1024) + " MiB", enough ? "" : "doctor.fix.memory"};
  }
  return {"memory", State::kDegraded, "/proc/meminfo", "doctor.fix.proc"};
}

// The first of a path and what is above it that exists.
fs::path first_existing(fs::path path) {
  std::error_code problem;
  path = fs::absolute(path, problem);
  while (!fs::exists(path, problem) && path.has_parent_path() && path != path.parent_path()) path = path.parent_path();
  return path;
}

// Whether files can be made in `folder`, or it in the nearest folder above that exists.
Finding check_folder(const std::string& name, const fs::path& where) {
  const fs::path folder = first_existing(where);
  std::error_code problem;
  if (!fs::is_directory(folder, problem)) return {name, State::kFailed, folder.string(), "doctor.fix.not_a_folder"};
  if (access(folder.c_str(), W_OK) != 0) return {name, State::kFailed, folder.string(), "doctor.fix.folder"};
  struct statvfs disk {};
  if (statvfs(folder.c_str(), &disk) != 0) return {name, State::kFailed, folder.string(), "doctor.fix.folder"};
  const auto mib = static_cast<unsigned long long>(disk.f_bavail) * disk.f_frsize >> 20;
  const State state = mib >= 512 ? State::kOk : mib >= 32 ? State::kDegraded : State::kFailed;
  return {name, state, folder.string() + ": " + std::to_string(mib) + " MiB", state == State::kOk ? "" : "doctor.fix.disk"};
}

Finding check_file(const std::string& name, const fs::path& file) {
  std::error_code problem;
  if (fs::is_directory(file, problem)) return {name, State::kFailed, file.string(), "doctor.fix.not_a_file"};
  const bool there = fs::exists(file, problem);
  if (there && access(file.c_str(), R_OK | W_OK) != 0) return {name, State::kFailed, file.string(), "doctor.fix.folder"};
  return check_folder(name, fs::absolute(file, problem).parent_path());
}

Finding check_inotify() {
  const int fd = inotify_init1(IN_CLOEXEC);
  if (fd < 0) return {"inotify", State::kDegraded, std::to_string(errno), "doctor.fix.inotify"};
  close(fd);
  return {"inotify", State::kOk, "-"};
}

Finding check_clock() {
  const bool sane = now() > *parse_rfc3339("2025-01-01T00:00:00Z");
  return {"clock", sane ? State::kOk : State::kFailed, to_rfc3339(now()), sane ? "" : "doctor.fix.clock"};
}

Finding check_specs(const std::string& folder) {
  std::error_code problem;
  const bool there = fs::is_directory(folder, problem);
  if (!there && fs::exists(folder, problem)) return {"specs", State::kFailed, folder, "doctor.fix.not_a_folder"};
  return {"specs", there ? State::kOk : State::kDegraded, folder, there ? "" : "doctor.fix.specs"};
}

// Where headers are kept compiled: we must be able to make it, and programs, who have an id of their own where we are root, to get
// there.
Finding check_cache(const Config& config) {
  const fs::path folder = workshop_options(config).cache;
  if (folder.empty()) return {"precompiled", State::kDegraded, "-", "doctor.fix.precompiled"};
  const fs::path there = first_existing(folder);
  const bool reached = access(there.c_str(), W_OK) == 0 && sandbox::programs_reach(there);
  return {"precompiled", reached ? State::kOk : State::kDegraded, folder.string(), reached ? "" : "doctor.fix.precompiled"};
}

Finding check_gradebook(const Config& config) {
  const auto place = gradebook_place(config);
  const std::string shown = shown_gradebook(config);
  if (!place) return {"gradebook", State::kFailed, shown, "doctor.fix.gradebook"};
  if (!place->on_server) return check_file("gradebook", place->where);
  const auto opened = open_gradebook(config, Access::kRead);
  // `serve` makes the tables.
  if (opened || opened.failure().code() == "OT421") return {"gradebook", State::kOk, shown};
  return {"gradebook", State::kFailed, shown + ": " + opened.failure().code(), "doctor.fix.gradebook_server"};
}

// A broker that does not answer at once is as good as none to who asks whether all is well.
void add_broker(const Config& config, std::vector<Finding>& out) {
  auto options = kafka_options(config, "queue");
  if (!options) return;
  options->patience = kPatience;
  const auto found = queue::check_topics(*options);
  if (!found) {
    out.push_back({"broker", State::kFailed, options->brokers + ": " + found.failure().code(), "doctor.fix.broker"});
    return;
  }
  out.push_back({"broker", State::kOk, options->brokers});
  std::string codes;
  bool missing = false;
  for (const Message& message : *found) {
    missing = missing || message.id == "OT441";
    codes += (codes.empty() ? ": " : ", ") + message.id;
  }
  const State state = missing ? State::kFailed : codes.empty() ? State::kOk : State::kDegraded;
  out.push_back({"topics", state, options->prefix + ".*" + codes, codes.empty() ? "" : "doctor.fix.topics"});
}

std::vector<Finding> examine(const Config& config) {
  const auto queue = queue_place(config);
  std::vector<Finding> out = {check_cores(), check_memory(), check_clock(), check_inotify(), check_specs(config.get("specs")),
                              check_cache(config)};
  if (!queue) out.push_back({"queue", State::kFailed, config.get("queue"), "doctor.fix.queue"});
  if (queue && queue->on_kafka) add_broker(config, out);
  if (queue && !queue->on_kafka) out.push_back(check_folder("queue", queue->where));
  if (has_gradebook(config)) out.push_back(check_gradebook(config));
  return out;
}

State state_of(const std::string& name) {
  return name == "enforced" ? State::kEnforced : name == "degraded" ? State::kDegraded : State::kAbsent;
}

void add_walls(std::vector<Finding>& findings) {
  for (WallRow& row : examine_walls())
    findings.push_back({std::move(row.check), state_of(row.state), std::move(row.detail), std::move(row.fix_id)});
}

void print_json(const Context& context, const std::vector<Finding>& findings) {
  std::string out = "[";
  for (const Finding& finding : findings) {
    if (out.size() > 1) out += ",\n ";
    out += "{\"check\":";
    queue::append_json_string(finding.check, out);
    out += ",\"state\":";
    queue::append_json_string(state_name(finding.state), out);
    out += ",\"detail\":";
    queue::append_json_string(finding.detail, out);
    out += ",\"fix\":";
    queue::append_json_string(finding.fix_id.empty() ? "" : say(context, finding.fix_id), out);
    out += '}';
  }
  std::cout << out << "]\n";
}

int run(const Context& context, const Options& options) {
  const auto config = read_config(options.config, {});
  if (!config) return report(context, config.failure());
  std::vector<Finding> findings = examine(*config);
  add_walls(findings);
  bool failed = false;
  Table table({say(context, "cli.doctor.check"), say(context, "cli.doctor.state"), say(context, "cli.doctor.detail"),
               say(context, "cli.doctor.fix")});
  for (const Finding& finding : findings) {
    failed = failed || finding.state == State::kFailed || finding.state == State::kAbsent;
    table.row({say(context, "doctor." + finding.check), say(context, std::string("doctor.state.") + state_name(finding.state)),
               finding.detail, finding.fix_id.empty() ? "" : say(context, finding.fix_id)});
  }
  if (options.fix_script) {
    std::vector<Fix> fixes;
    for (const Finding& finding : findings) {
      if (finding.fix_id.empty()) continue;
      fixes.push_back({finding.fix_id, say(context, "doctor." + finding.check) + " (" + printable(finding.detail) + "): " +
                                           say(context, finding.fix_id)});
    }
    std::cout << fix_script(fixes);
  } else if (options.format == "json") {
    print_json(context, findings);
  } else {
    std::cout << "otmetka " << engine::kEngineVersion << '\n';
    table.print(std::cout, context.colour_out);
  }
  return failed ? kNo : kDone;
}

}  // namespace

Command doctor_command() {
  static Options options;
  return {.name = "doctor",
          .summary_id = "cli.doctor.summary",
          .options = {{.name = "--format", .value_name = "FORMAT", .help_id = "cli.option.format", .choices = {"table", "json"},
                       .text = &options.format},
                      {.name = "--fix-script", .help_id = "cli.doctor.fix_script", .flag = &options.fix_script},
                      {.name = "--config", .value_name = "FILE", .help_id = "cli.option.config", .text = &options.config}},
          .run = [](const Context& context) { return run(context, options); }};
}

}  // namespace otmetka::cli
