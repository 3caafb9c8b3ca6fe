// Compiles an answer with what tests it, and runs one test of it.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "checkers/unit_tests/script_run.h"
#include "checkers/unit_tests/settings.h"
#include "checkers/unit_tests/verdict.h"
#include "sandbox/workshop.h"

namespace otmetka::checkers::unit_tests {

// Where Debian's packages put JUnit; what a class path is made of.
inline constexpr const char* kJUnitPath = "/usr/share/java/junit4.jar:/usr/share/java/hamcrest.jar";
inline constexpr const char* kJUnitHere = "/usr/share/java/junit4.jar:/usr/share/java/hamcrest.jar:.";

struct TestRun {
  Judgement judgement;
  sandbox::RunResult of_answer;  // of the learner's code: in one process with the tests, that process
  bool repeated = false;         // too close to the time limit to be believed, it was run again alone
};

// One answer's runs. compile() first, then run() from any number of threads at once. References are kept.
class Runs {
 public:
  Runs(const Plan& plan, const std::vector<sandbox::SourceFile>& given, sandbox::Workshop& workshop);

  // False: it does not compile; see log(). OT621: the framework is not installed; else what the workshop may say.
  Result<bool> compile();

  // What the compiler said of the learner's files. Lines of the teacher's are left out but for where and what the error is.
  const std::string& log() const { return log_; }
  // The compiler's limit that ended it, where one did.
  const std::optional<Message>& limit() const { return limit_; }

  Result<TestRun> run(const PlannedTest& test) const;

  // In place of run(), once, where the plan's report is a script's.
  Result<ScriptRun> run_script() const;

 private:
  Status find_framework() const;
  std::vector<sandbox::SourceFile> sources() const;
  std::vector<std::string> java_flags() const;
  Result<sandbox::Compiled> compile_cpp();
  sandbox::Limits limits(const PlannedTest& test) const;
  Result<sandbox::Program> answer_program(const PlannedTest& test) const;
  Result<sandbox::PairResult> run_python_pair(const PlannedTest& test, const std::vector<std::string>& order,
                                              std::vector<std::string> collect, std::uint64_t collect_bytes) const;
  Result<bool> compile_bridge();
  Result<sandbox::Compiled> compile_bridge_tests();
  Result<sandbox::Compiled> compile_bridge_answer();
  Result<sandbox::Program> bridge_tests_program(const PlannedTest& test, const sandbox::Limits& of_answer) const;
  Result<TestRun> run_bridge(const PlannedTest& test) const;
  Result<sandbox::PairResult> run_compiled_pair(const PlannedTest& test) const;
  Result<sandbox::PairResult> run_pair(const sandbox::Program& answer, const sandbox::Program& tests) const;
  Result<TestRun> run_inside(const PlannedTest& test) const;
  Status order_inside(const PlannedTest& test, const std::string& proof, sandbox::Program& program) const;

  const Plan& plan_;
  const std::vector<sandbox::SourceFile>& given_;
  sandbox::Workshop& workshop_;
  const sandbox::Language* language_ = nullptr;
  std::shared_ptr<const sandbox::Executable> executable_;
  std::shared_ptr<const sandbox::Executable> tests_;  // of a bridge in C++ or Java
  std::string log_;
  std::optional<Message> limit_;
  mutable std::atomic<bool> may_repeat_ = true;  // once an answer
};

// Exposed for tests: what of a compiler's log may be shown.
std::string shown_log(const std::string& log, const std::vector<sandbox::SourceFile>& given,
    const std::vector<sandbox::SourceFile>& teachers);

}  // namespace otmetka::checkers::unit_tests
