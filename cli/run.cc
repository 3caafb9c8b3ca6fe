// `otmetka run -- PROGRAM ARG…`: the bare sandbox, for people and scripts.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <iostream>

#include "cli/commands.h"
#include "model/units.h"
#include "engine/base64.h"
#include "queue/codec.h"
#include "queue/codec_utf8.h"
#include "sandbox/sandbox.h"

namespace otmetka::cli {
namespace {

using sandbox::Ending;

constexpr std::uint64_t kMostFileBytes = 256u << 20;
constexpr std::uint64_t kLeastMemoryBytes = 1u << 20;  // less does not hold the program itself

struct Options {
  std::string cpu, wall, memory, processes, output, input, format;
  std::vector<std::string> files;
  bool weak = false;
  std::vector<std::string> program;
};

const char* name_of(Ending ending) {
  switch (ending) {
    case Ending::kExited: return "EXITED";
    case Ending::kSignalled: return "SIGNALLED";
    case Ending::kTimeLimit: return "TIME_LIMIT";
    case Ending::kIdleLimit: return "IDLE_LIMIT";
    case Ending::kCancelled: return "CANCELLED";  // of pairs only
    case Ending::kMemoryLimit: return "MEMORY_LIMIT";
    case Ending::kOutputLimit: return "OUTPUT_LIMIT";
    case Ending::kSecurity: return "SECURITY_VIOLATION";
    case Ending::kNotStarted: return "NOT_STARTED";
  }
  return "";
}

Error no_value(const Context& context, const char* option, const std::string& value, const char* kind) {
  return error("OT549", {std::string(option), value, say(context, kind)});
}

Status read_limits(const Context& context, const Options& options, sandbox::Limits& limits) {
  const auto time = [&](const char* option, const std::string& text, std::chrono::nanoseconds& place) -> Status {
    if (text.empty()) return ok_status();
    const auto value = parse_time_limit(text);
    if (!value) return no_value(context, option, text, "cli.run.time");
    place = *value;
    return ok_status();
  };
  const auto size = [&](const char* option, const std::string& text, std::uint64_t& place) -> Status {
    if (text.empty()) return ok_status();
    const auto value = parse_bytes(text);
    if (!value) return no_value(context, option, text, "cli.run.size");
    place = *value;
    return ok_status();
  };
  for (const Status& read :
       {time("--cpu", options.cpu, limits.cpu), time("--wall", options.wall, limits.wall),
        size("--memory", options.memory, limits.memory_bytes), size("--output", options.output, limits.output_bytes)}) {
    if (!read) return read;
  }
  if (limits.memory_bytes < kLeastMemoryBytes) return no_value(context, "--memory", options.memory, "cli.run.memory_size");
  if (options.processes.empty()) return ok_status();
  const std::string& text = options.processes;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), limits.processes);
  const bool whole = problem == std::errc{} && end == text.data() + text.size() && limits.processes >= 1 && limits.processes <= 1'000;
  return whole ? ok_status() : Status(no_value(context, "--processes", text, "cli.run.count"));
}

// `-` is standard input.
Result<std::shared_ptr<const sandbox::MemoryFile>> read_file(const std::string& path) {
  const sandbox::Descriptor file(path == "-" ? dup(STDIN_FILENO) : open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return error("OT362", {path, std::string(std::strerror(errno))});
  return sandbox::MemoryFile::drain(file.get(), kMostFileBytes, path);
}

Status take_file(const std::string& path, sandbox::Program& program) {
  std::string name = std::filesystem::path(path).filename().string();
  for (const sandbox::InputFile& other : program.files) {
    if (other.name == name) return error("OT568", {name});
  }
  auto bytes = read_file(path);
  if (!bytes) return bytes.failure();
  program.files.push_back({.name = std::move(name), .bytes = std::move(*bytes), .executable = access(path.c_str(), X_OK) == 0});
  return ok_status();
}

bool is_script(const sandbox::MemoryFile& file) {
  char start[2] = {};
  return pread(file.descriptor(), start, sizeof(start), 0) == 2 && start[0] == '#' && start[1] == '!';
}

// A program of the host is taken in by its bytes: only system folders exist inside. A script lies in the work folder, where its
// interpreter opens it by path.
Status take_program(sandbox::Program& program) {
  std::string& path = program.argv[0];
  for (const char* inside : {"/usr/", "/bin/", "/sbin/", "/w/"}) {
    if (path.starts_with(inside)) return ok_status();
  }
  const std::string name = std::filesystem::path(path).filename().string();
  const bool given = std::any_of(program.files.begin(), program.files.end(), [&](const auto& file) { return file.name == name; });
  if (path.find('/') == std::string::npos && !given) return ok_status();
  if (!given) {
    auto bytes = read_file(path);
    if (!bytes) return bytes.failure();
    if (!is_script(**bytes)) {
      program.executable = std::move(*bytes);
      return ok_status();
    }
    program.files.push_back({.name = name, .bytes = std::move(*bytes), .executable = true});
  }
  path = "/w/" + name;
  return ok_status();
}

// As a shell would find it, in the folders that exist inside.
void find_in_path(std::string& name) {
  if (name.find('/') != std::string::npos) return;
  for (const char* folder : {"/usr/bin/", "/usr/sbin/"}) {
    if (access((folder + name).c_str(), X_OK) != 0) continue;
    name = folder + name;
    return;
  }
}

Result<sandbox::Program> make_program(const Context& context, const Options& options) {
  sandbox::Program program;
  program.argv = options.program;
  program.environment = {"PATH=/usr/bin:/bin", "HOME=/w", "LANG=C.UTF-8"};
  if (Status read = read_limits(context, options, program.limits); !read) return read.failure();
  find_in_path(program.argv[0]);
  for (const std::string& path : options.files) {
    if (Status taken = take_file(path, program); !taken) return taken.failure();
  }
  if (Status taken = take_program(program); !taken) return taken.failure();
  if (!options.input.empty()) {
    auto input = read_file(options.input);
    if (!input) return input.failure();
    program.input = std::move(*input);
  }
  return program;
}

// JSON holds text: bytes that are none stand beside it whole.
void append_stream(const char* name, const std::string& bytes, std::string& out) {
  out += ",\"" + std::string(name) + "\":";
  queue::append_json_string(bytes, out);
  if (!queue::is_utf8(bytes)) out += ",\"" + std::string(name) + "_base64\":\"" + engine::base64(bytes) + '"';
}

void print_json(const sandbox::RunResult& result) {
  std::string out = "{\"ending\":\"" + std::string(name_of(result.ending)) + "\",\"code\":" + std::to_string(result.code) + ",\"detail\":";
  queue::append_json_string(result.detail, out);
  out += ",\"cpu_us\":" + std::to_string(result.cpu.count() / 1'000) + ",\"wall_us\":" + std::to_string(result.wall.count() / 1'000) +
         ",\"kill_us\":" + std::to_string(result.kill.count() / 1'000) + ",\"peak_bytes\":" + std::to_string(result.peak_bytes) +
         ",\"peak_is_exact\":" + (result.peak_is_exact ? "true" : "false") +
         ",\"process_limit_hit\":" + (result.process_limit_hit ? "true" : "false") + ",\"leftover\":" + std::to_string(result.leftover);
  append_stream("stdout", result.out, out);
  append_stream("stderr", result.err, out);
  out += std::string(",\"stderr_cut\":") + (result.err_cut ? "true" : "false") + "}\n";
  std::cout << out;
}

void print_text(const Context& context, const sandbox::RunResult& result) {
  std::cout << result.out << std::flush;
  std::cerr << result.err;
  const std::string why = result.ending == Ending::kNotStarted ? result.detail + ": " + std::strerror(result.code) : result.detail;
  const std::string ending = say(context, std::string("ending.") + name_of(result.ending), {std::int64_t{result.code}, why});
  std::cerr << say(context, "cli.run.summary_line",
                   {ending, std::int64_t{result.cpu.count() / 1'000'000}, std::int64_t{result.wall.count() / 1'000'000},
                    to_bytes_text(result.peak_bytes)})
            << '\n';
}

int run(const Context& context, const Options& options) {
  const auto program = make_program(context, options);
  if (!program) return report(context, program.failure());
  const auto box = sandbox::Sandbox::open({.slots = 1});
  if (!box) return report(context, box.failure());
  if (!options.weak && !(*box)->enforcement().bounds_trees())
    return report(context, error("OT550", {(*box)->enforcement().cgroups}), kNotAllowed);
  const auto result = (*box)->run(*program);
  if (!result) return report(context, result.failure());
  if (options.format == "json") {
    print_json(*result);
  } else {
    print_text(context, *result);
  }
  return result->ending == Ending::kExited && result->code == 0 ? kDone : kNo;
}

}  // namespace

Command run_command() {
  static Options options;
  return {.name = "run",
          .summary_id = "cli.run.summary",
          .options = {{.name = "--cpu", .value_name = "TIME", .help_id = "cli.run.cpu", .text = &options.cpu},
                      {.name = "--wall", .value_name = "TIME", .help_id = "cli.run.wall", .text = &options.wall},
                      {.name = "--memory", .value_name = "SIZE", .help_id = "cli.run.memory", .text = &options.memory},
                      {.name = "--processes", .value_name = "N", .help_id = "cli.run.processes", .text = &options.processes},
                      {.name = "--output", .value_name = "SIZE", .help_id = "cli.run.output", .text = &options.output},
                      {.name = "--stdin", .value_name = "FILE", .help_id = "cli.run.stdin", .text = &options.input},
                      {.name = "--file", .value_name = "FILE", .help_id = "cli.run.file", .texts = &options.files},
                      {.name = "--format",
                       .value_name = "FORMAT",
                       .help_id = "cli.option.format",
                       .choices = {"text", "json"},
                       .text = &options.format},
                      {.name = "--allow-weak-sandbox", .help_id = "cli.run.weak", .flag = &options.weak},
                      {.name = "PROGRAM", .help_id = "cli.run.program", .required = true, .texts = &options.program}},
          .run = [](const Context& context) { return run(context, options); }};
}

}  // namespace otmetka::cli
