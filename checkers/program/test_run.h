// One test of a programming task: the program's run and what is made of it.
#pragma once

#include "checkers/program/judging.h"
#include "checkers/program/task.h"

namespace otmetka::checkers::program {

// What a submission's tests share; read by any number of them at once.
struct TestContext {
  const Task& task;
  sandbox::Workshop& workshop;
  const sandbox::Executable& program;
  const sandbox::Executable* judge = nullptr;  // the task's own, compiled
  sandbox::Limits limits;                      // for this language
};

struct RunSettings {
  bool may_repeat = false;  // a run too close to the time limit to be believed may be done again alone
};

struct TestRun {
  TestReport report;
  bool repeated = false;
};

// The only place where an Ending becomes a Verdict. Errors: OT362 for the test's files, OT565, what the sandbox may say.
Result<TestRun> run_test(const TestContext& context, const Test& test, const RunSettings& settings);

// How a program's run counts before anybody looks at its output; kGraded: it ended well.
Verdict verdict_of(const sandbox::RunResult& run, const sandbox::Language& language);

}  // namespace otmetka::checkers::program
