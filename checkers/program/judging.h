// Compiles one answer to a programming task and runs it on the task's tests.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "checkers/program/task.h"
#include "model/scored_result.h"

namespace otmetka::checkers::program {

struct SubmittedProgram {
  std::string language;  // id; empty: told by the files' names
  std::vector<sandbox::SourceFile> files;
  std::string entry = {};  // the file that is run, where the language's own rule would take another
};

struct TestReport {
  TestOutcome outcome;           // verdict kGraded: passed
  Ratio credit;                  // share of the test
  std::optional<Message> detail;  // for the explanation: what differed where, how the program ended
  std::string said;              // by the task's judge, or by the program on standard error; at most 1 KiB
  std::string told;              // to the learner, by a package's judge (teammessage.txt); at most 1 KiB
  bool run = false;              // false: not reached
  bool err_flooded = false;      // it failed of itself and had written more on standard error than is kept
  std::optional<double> score;   // where the task's judge gave one
};

struct Judged {
  Verdict verdict = Verdict::kGraded;  // kGraded: every test passed or scored; else that of the first that failed
  Ratio credit;                        // share of the task
  std::vector<TestReport> tests;       // in the task's order
  std::optional<Message> refused;      // INVALID_INPUT: why the files could not be taken
  std::string language;                // id
  std::string compile_log;
  std::optional<Message> compile_limit;  // of COMPILE_ERROR: the compiler's limit that ended it
  bool repeated = false;               // a run close to its time limit was done again, alone
  std::optional<double> score;         // of a package of type scoring, where a judge gave one: the sum over groups
};

struct JudgingOptions {
  bool all_tests = false;  // run every test whatever fails: for `verify`, which compares them
  // Calls its second argument with each of 0 … n-1, at once where it can. Null: one after another.
  std::function<void(std::size_t n, const std::function<void(std::size_t)>& one)> for_each = {};
};

// Any thread. Takes as long as compiling and all runs may take together. Errors are ours (a broken cell, a task's own judge
// that failed): OT565 with the test and what the judge said, OT567 where the judge does not compile, or what the workshop may say.
Result<Judged> judge(const Task& task, const SubmittedProgram& answer, sandbox::Workshop& workshop, const JudgingOptions& options = {});

}  // namespace otmetka::checkers::program
