// A bridge in C++ and Java: two programs are compiled, and a run of a test is a run of both.
#include <algorithm>

#include "checkers/program/compile_limit.h"
#include "checkers/unit_tests/bridge_sources.h"
#include "checkers/unit_tests/harness.h"
#include "checkers/unit_tests/runs.h"

namespace otmetka::checkers::unit_tests {
namespace {

using sandbox::MemoryFile;
using sandbox::SourceFile;
using std::chrono::seconds;

constexpr std::size_t kMostSaid = 400;

bool is_code(const std::string& name) {
  constexpr std::string_view kEndings[] = {".cpp", ".cc", ".h", ".hpp", ".hh", ".hxx", ".java"};
  return std::any_of(std::begin(kEndings), std::end(kEndings), [&](std::string_view ending) { return name.ends_with(ending); });
}

// Each unit by itself, so that what is the same for all answers is compiled once and kept by the workshop.
Result<sandbox::Compiled> compile_units(const std::vector<CppUnit>& units, const std::vector<std::string>& compile_flags,
                                        const std::vector<std::string>& link_flags, const sandbox::Language& language,
                                        sandbox::Workshop& workshop) {
  std::vector<SourceFile> parts(1);
  parts[0].name.append(kHarnessPrefix).append("_link.cpp");  // the command wants a source
  std::vector<std::string> flags = {"-x", "none"};
  for (const CppUnit& unit : units) {
    auto object = workshop.compile(language, unit.files, compile_flags);
    if (!object || object->executable == nullptr) return object;
    auto bytes = object->executable->image->text();
    if (!bytes) return retryable_error("OT542", {unit.files[0].name});
    flags.push_back(std::string(kHarnessPrefix) + "_" + unit.files[0].name + ".o");
    parts.push_back({flags.back(), std::move(*bytes)});
  }
  flags.insert(flags.end(), link_flags.begin(), link_flags.end());
  return workshop.compile(language, parts, flags);
}

// What a class needs to be run in place of the one that was compiled to be.
void run_class(const char* name, const char* class_path, std::vector<std::string>& argv) {
  argv.back() = name;
  const auto path = std::find(argv.begin(), argv.end(), "-cp");
  if (path != argv.end() && path + 1 != argv.end()) *(path + 1) = class_path;
  const std::string say_beside = "-XX:+DisplayVMOutputToStderr";
  argv.insert(argv.begin() + 1, say_beside);
}

}  // namespace

Result<sandbox::Compiled> Runs::compile_bridge_tests() {
  if (plan_.tongue == Tongue::kJava) {
    const std::vector<std::string> flags = {"-cp", kJUnitPath};
    return workshop_.compile(*language_, java_bridge_tests(plan_), flags, "OtmetkaBridge.java");
  }
  // What an answer gives must not lead the tests astray: `v[0]` of an empty vector ends the test.
  return compile_units(cpp_bridge_tests(plan_), {"-I.", "-c", "-D_GLIBCXX_ASSERTIONS"}, {"-lgtest", "-pthread", "-s"},
                       *language_, workshop_);
}

Result<sandbox::Compiled> Runs::compile_bridge_answer() {
  if (plan_.tongue == Tongue::kJava) return workshop_.compile(*language_, java_bridge_answer(plan_, given_), {}, "OtmetkaServer.java");
  std::vector<std::string> flags = {"-pthread", "-s"};
#if defined(__x86_64__)
  flags.emplace_back("-Wl,-e,otmetka_entry");
#endif
  return compile_units(cpp_bridge_answer(plan_, given_), {"-I.", "-c"}, flags, *language_, workshop_);
}

Result<bool> Runs::compile_bridge() {
  auto tests = compile_bridge_tests();
  if (!tests) return tests.failure();
  // No learner's file is in them: such tests compile for nobody.
  if (tests->executable == nullptr) return error("OT622", {tests->log.substr(0, kMostSaid)});
  tests_ = tests->executable;
  auto answer = compile_bridge_answer();
  if (!answer) return answer.failure();
  executable_ = answer->executable;
  if (executable_ == nullptr) {
    limit_ = program::compile_limit(*answer, *language_);
    log_ = shown_log(answer->log, given_, {{kFunctionsFile, {}}});
  }
  return executable_ != nullptr;
}

Result<sandbox::Program> Runs::bridge_tests_program(const PlannedTest& test, const sandbox::Limits& of_answer) const {
  // The tests are the teacher's, but what they are answered is not: they have limits of their own.
  const bool is_java = plan_.tongue == Tongue::kJava;
  const sandbox::Limits limits = {.cpu = seconds(10) + of_answer.cpu,
                                  .wall = seconds(10) + of_answer.wall,
                                  .memory_bytes = (is_java ? 256u : 512u) << 20,
                                  .processes = 8,
                                  .output_bytes = 1u << 20,
                                  .file_bytes = 16u << 20};
  std::vector<std::string> arguments = {test.id};
  if (is_java) arguments = {test.id.substr(0, test.id.find('.')), test.id.substr(test.id.find('.') + 1)};
  sandbox::Program out = workshop_.program(*tests_, limits);
  if (is_java) run_class("OtmetkaBridge", kJUnitHere, out.argv);
  out.argv.insert(out.argv.end(), arguments.begin(), arguments.end());
  for (const SourceFile& file : plan_.files) {
    if (is_code(file.name)) continue;
    auto bytes = MemoryFile::make(file.bytes);
    if (!bytes) return bytes.failure();
    out.files.push_back({.name = file.name, .bytes = std::move(*bytes)});
  }
  out.collect = {std::string(kReportFile)};
  out.collect_bytes = 4 * kMostDetail;
  return out;
}

Result<sandbox::PairResult> Runs::run_compiled_pair(const PlannedTest& test) const {
  sandbox::Program answer = workshop_.program(*executable_, limits(test));
  if (plan_.tongue == Tongue::kJava) run_class("OtmetkaServer", ".", answer.argv);
  auto tests = bridge_tests_program(test, answer.limits);
  if (!tests) return tests.failure();
  return run_pair(answer, *tests);
}

}  // namespace otmetka::checkers::unit_tests
