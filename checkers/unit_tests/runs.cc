#include "checkers/unit_tests/runs.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <random>

#include "checkers/program/compile_limit.h"
#include "checkers/unit_tests/cpp_sources.h"
#include "checkers/unit_tests/harness.h"
#include "checkers/unit_tests/reported_tests.h"

namespace otmetka::checkers::unit_tests {
namespace {

using sandbox::MemoryFile;
using sandbox::SourceFile;
using std::chrono::seconds;

constexpr std::chrono::nanoseconds kMostTime = std::chrono::minutes(10);
constexpr const char* kGoogleTest = "/usr/include/gtest/gtest.h";
constexpr const char* kJUnit = "/usr/share/java/junit4.jar";

// The language's command makes a file "program"; so it makes an object of that name.
const std::vector<std::string> kToObject = {"-I.", "-c"};

bool exists(const char* path) {
  std::error_code problem;
  return std::filesystem::exists(path, problem);
}

Status put(const std::vector<SourceFile>& files, sandbox::Program& program) {
  for (const SourceFile& file : files) {
    auto bytes = MemoryFile::make(file.bytes);
    if (!bytes) return bytes.failure();
    std::erase_if(program.files, [&](const sandbox::InputFile& old) { return old.name == file.name; });
    program.files.push_back({.name = file.name, .bytes = std::move(*bytes)});
  }
  return ok_status();
}

// A word that nobody can guess.
std::string new_proof() {
  std::random_device random;
  std::string out;
  for (int i = 0; i < 32; ++i) out += "0123456789abcdef"[random() % 16];
  return out;
}

const char* name_of(PythonFramework framework) {
  switch (framework) {
    case PythonFramework::kPytest: return "pytest";
    case PythonFramework::kUnittest: return "unittest";
    case PythonFramework::kPlain: break;
  }
  return "plain";
}

std::vector<std::string> python(const std::string& path, const char* script) { return {path, "-s", "-B", script}; }

void set_python_environment(sandbox::Program& program) {
  for (const char* setting : {"PYTHONHASHSEED=0", "PYTHONUTF8=1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD=1"}) {
    program.environment.emplace_back(setting);
  }
}

// Within a tenth of the limit on either side.
bool is_close(const sandbox::RunResult& run, std::chrono::nanoseconds limit) {
  if (run.ending != sandbox::Ending::kTimeLimit && run.ending != sandbox::Ending::kExited) return false;
  return 10 * run.cpu >= 9 * limit && 10 * run.cpu <= 11 * limit;
}

// "Suite" and "Name" of "Suite.Name".
std::pair<std::string, std::string> split(const std::string& id) {
  const auto dot = id.find('.');
  return {id.substr(0, dot), id.substr(dot + 1)};
}

bool begins_with_file(std::string_view line, const std::vector<SourceFile>& files) {
  return std::any_of(files.begin(), files.end(), [&](const SourceFile& file) {
    const auto after = line.substr(std::min(line.size(), file.name.size()));
    return line.starts_with(file.name) && (after.starts_with(":") || after.starts_with("(") || after.starts_with("\""));
  });
}

}  // namespace

std::string shown_log(const std::string& log, const std::vector<SourceFile>& given, const std::vector<SourceFile>& teachers) {
  std::string out;
  bool keep = false;
  for (std::size_t at = 0; at < log.size();) {
    const std::size_t end = std::min(log.find('\n', at), log.size());
    const std::string_view line = std::string_view(log).substr(at, end - at);
    const auto linker = std::min(line.find("undefined reference"), line.find("multiple definition"));
    const bool of_teacher = begins_with_file(line, teachers);
    const bool begins = !line.empty() && line[0] != ' ' && line[0] != '\t';
    if (begins || of_teacher) keep = begins_with_file(line, given);
    if (linker != std::string_view::npos) {
      out += std::string(line.substr(linker)) + "\n";
    } else if (keep || (of_teacher && line.find("error:") != std::string_view::npos)) {
      out += std::string(line) + "\n";
    }
    at = end + 1;
  }
  return out;
}

Runs::Runs(const Plan& plan, const std::vector<SourceFile>& given, sandbox::Workshop& workshop)
    : plan_(plan), given_(given), workshop_(workshop) {}

Status Runs::find_framework() const {
  const auto absent = [](const char* name, const char* package) { return retryable_error("OT621", {std::string(name),
      std::string(package)}); };
  if (plan_.tongue == Tongue::kCpp && !exists(kGoogleTest)) return absent("GoogleTest", "libgtest-dev");
  if (plan_.tongue == Tongue::kJava && !exists(kJUnit)) return absent("JUnit 4", "junit4");
  return ok_status();
}

std::vector<SourceFile> Runs::sources() const {
  if (plan_.tongue == Tongue::kPython) return given_;
  std::vector<SourceFile> out = {harness_file("OtmetkaTests.java"), harness_file("OtmetkaJUnit.java")};
  out.insert(out.end(), plan_.files.begin(), plan_.files.end());
  out.insert(out.end(), given_.begin(), given_.end());
  return out;
}

Result<bool> Runs::compile() {
  const sandbox::LanguageState* state = workshop_.language(plan_.language);
  if (state == nullptr) return retryable_error("OT562", {plan_.language, plan_.language});
  language_ = state->language;
  if (Status found = find_framework(); !found) return found.failure();
  if (plan_.bridge && plan_.tongue != Tongue::kPython) return compile_bridge();
  auto compiled = plan_.tongue == Tongue::kCpp ? compile_cpp() : workshop_.compile(*language_, sources(), java_flags());
  if (!compiled) return compiled.failure();
  executable_ = compiled->executable;
  if (executable_ != nullptr) return true;
  limit_ = program::compile_limit(*compiled, *language_);
  log_ = plan_.tongue == Tongue::kPython ? compiled->log : shown_log(compiled->log, given_, plan_.files);
  return false;
}

std::vector<std::string> Runs::java_flags() const {
  return plan_.tongue == Tongue::kJava ? std::vector<std::string>{"-cp", kJUnitPath} : std::vector<std::string>();
}

// Each source by itself, so that what is the same for all answers (reading GoogleTest's headers takes seconds) is compiled once
// and kept by the workshop. The libraries are linked before the answer: then it cannot put functions of its own in the place of
// those that tests and harness call, for such a name is there already.
Result<sandbox::Compiled> Runs::compile_cpp() {
  std::vector<SourceFile> parts(1);
  parts[0].name.append(kHarnessPrefix).append("_link.cpp");
  std::vector<std::string> flags = {"-x", "none"};
  bool has_libraries = false;
  const auto add_libraries = [&] {
    flags.emplace_back("-lgtest");
    flags.emplace_back("-Wl,--start-group,-lstdc++,-lm,-lgcc,-lgcc_eh,-lc,--end-group");  // by -Wl: g++ moves its own to the end
    has_libraries = true;
  };
  for (const CppUnit& unit : cpp_units(given_, plan_.submit, plan_.files)) {
    auto object = workshop_.compile(*language_, unit.files, kToObject);
    if (!object || object->executable == nullptr) return object;
    auto bytes = object->executable->image->text();
    if (!bytes) return retryable_error("OT542", {unit.files[0].name});
    if (unit.of_answer && !has_libraries) add_libraries();
    flags.push_back(std::string(kHarnessPrefix) + "_" + unit.files[0].name + ".o");
    parts.push_back({flags.back(), std::move(*bytes)});
  }
  if (!has_libraries) add_libraries();
#if defined(__x86_64__)
  flags.emplace_back("-Wl,-e,otmetka_entry");
#endif
  for (const char* flag : {"-pthread", "-s"}) flags.emplace_back(flag);
  return workshop_.compile(*language_, parts, flags);
}

// What the framework takes in one process with the answer, or a virtual machine to start, is not the learner's to pay.
sandbox::Limits Runs::limits(const PlannedTest& test) const {
  sandbox::Limits out = plan_.limits;
  const auto scaled = [&](std::chrono::nanoseconds time) {
    const double nanoseconds = static_cast<double>(time.count()) * language_->time_factor;
    return std::min(std::chrono::nanoseconds(static_cast<std::int64_t>(std::ceil(nanoseconds))), kMostTime);
  };
  out.cpu = scaled(out.cpu);
  out.wall = scaled(out.wall);
  const bool heavy = plan_.tongue == Tongue::kJava || test.framework == PythonFramework::kPytest;
  if (!plan_.bridge || plan_.tongue == Tongue::kJava) {
    out.cpu += seconds(heavy ? 1 : 0);
    out.wall += seconds(heavy ? 2 : 0);
    out.memory_bytes += heavy ? 32u << 20 : 0u;
  }
  return out;
}

Result<TestRun> Runs::run(const PlannedTest& test) const { return plan_.bridge ? run_bridge(test) : run_inside(test); }

Result<sandbox::Program> Runs::answer_program(const PlannedTest& test) const {
  sandbox::Program out = workshop_.program(*executable_, limits(test));
  if (plan_.tongue == Tongue::kPython) {
    set_python_environment(out);
    if (Status done = put(given_, out); !done) return done.failure();  // those too that are no Python
  }
  return out;
}

// The learner's code in one cell, `order` (a file of harness/ and its arguments) with the teacher's files in the other.
Result<sandbox::PairResult> Runs::run_python_pair(const PlannedTest& test, const std::vector<std::string>& order,
                                                  std::vector<std::string> collect, std::uint64_t collect_bytes) const {
  auto answer = answer_program(test);
  if (!answer) return answer.failure();
  const std::string interpreter = answer->argv.front();
  answer->argv = python(interpreter, "otmetka_server.py");
  if (Status done = put(python_server_files(), *answer); !done) return done.failure();

  sandbox::Program tests;
  tests.argv = python(interpreter, order[0].c_str());
  tests.argv.insert(tests.argv.end(), order.begin() + 1, order.end());
  for (const std::string& name : plan_.submit) {
    if (name.ends_with(".py")) tests.argv.push_back(stem_of(name));
  }
  tests.environment = executable_->environment;
  set_python_environment(tests);
  for (const auto& files : {plan_.files, python_bridge_files()}) {
    if (Status done = put(files, tests); !done) return done.failure();
  }
  tests.collect = std::move(collect);
  tests.collect_bytes = collect_bytes;
  // The tests are the teacher's, but what they are answered is not: they have limits of their own.
  tests.limits = {.cpu = seconds(10) + answer->limits.cpu,
                  .wall = seconds(10) + answer->limits.wall,
                  .memory_bytes = 512u << 20,
                  .processes = 8,
                  .output_bytes = 1u << 20,
                  .file_bytes = 16u << 20};
  return run_pair(*answer, tests);
}

// The first that is too close to its limit to be believed is run again alone.
Result<sandbox::PairResult> Runs::run_pair(const sandbox::Program& answer, const sandbox::Program& tests) const {
  auto pair = workshop_.sandbox().run_pair(answer, tests);
  if (!pair || !is_close(pair->program, answer.limits.cpu) || !may_repeat_.exchange(false)) return pair;
  auto again = workshop_.sandbox().run_pair_alone(answer, tests);
  return again ? std::move(*again) : std::move(pair);
}

Result<TestRun> Runs::run_bridge(const PlannedTest& test) const {
  const std::vector<std::string> order = {"otmetka_bridge.py", test.module, test.id, name_of(test.framework)};
  auto pair = plan_.tongue == Tongue::kPython ? run_python_pair(test, order, {std::string(kReportFile)}, 4 * kMostDetail)
                                              : run_compiled_pair(test);
  if (!pair) return pair.failure();
  auto judgement = judge_bridge(*pair, *language_);
  if (!judgement) return judgement.failure();
  return TestRun{std::move(*judgement), std::move(pair->program), pair->alone};
}

Result<ScriptRun> Runs::run_script() const {
  const PlannedTest& any = plan_.tests[0];  // the script is the same for all
  const std::vector<std::string> files = {std::string(kReportFile), std::string(report_file_of(plan_.report))};
  auto pair = run_python_pair(any, {"otmetka_script.py", any.module}, files, kMostReportBytes);
  if (!pair) return pair.failure();
  return judge_script(std::move(*pair), plan_, *language_);
}

// What the process is to run, and the word by which its report is known: on standard input, which nobody can read again.
Status Runs::order_inside(const PlannedTest& test, const std::string& proof, sandbox::Program& program) const {
  std::string order = proof + "\n";
  if (plan_.tongue == Tongue::kPython) {
    program.argv = python(program.argv.front(), "otmetka_inside.py");
    for (const auto& files : {plan_.files, python_inside_files()}) {
      if (Status done = put(files, program); !done) return done.failure();
    }
    order += test.module + "\n" + test.id + "\n" + name_of(test.framework) + "\n";
  } else if (plan_.tongue == Tongue::kCpp) {
    order += test.id + "\n";
  } else {
    auto& argv = program.argv;
    argv.back() = "OtmetkaTests";
    const auto path = std::find(argv.begin(), argv.end(), "-cp");
    if (path != argv.end() && path + 1 != argv.end()) *(path + 1) = kJUnitHere;
    argv.insert(argv.begin() + 1, "-XX:+DisplayVMOutputToStderr");
    order += split(test.id).first + "\n" + split(test.id).second + "\n";
  }
  auto input = MemoryFile::make(order);
  if (!input) return input.failure();
  program.input = std::move(*input);
  return ok_status();
}

Result<TestRun> Runs::run_inside(const PlannedTest& test) const {
  auto program = answer_program(test);
  if (!program) return program.failure();
  const std::string proof = new_proof();
  if (Status done = order_inside(test, proof, *program); !done) return done.failure();
  auto ran = workshop_.sandbox().run(*program);
  if (!ran) return ran.failure();
  bool repeated = false;
  if (is_close(*ran, program->limits.cpu) && may_repeat_.exchange(false)) {
    if (auto again = workshop_.sandbox().run_alone(*program)) {
      if (!*again) return again->failure();
      ran = std::move(*again);
      repeated = true;
    }
  }
  auto judgement = judge_inside(*ran, *language_, proof);
  if (!judgement) return judgement.failure();
  return TestRun{std::move(*judgement), std::move(*ran), repeated};
}

}  // namespace otmetka::checkers::unit_tests
