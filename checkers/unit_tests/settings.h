// A `unit_tests` item's settings as a plan of what to run, and what is wrong with them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checkers/checker.h"
#include "checkers/unit_tests/discovery.h"
#include "checkers/unit_tests/signatures.h"
#include "checkers/unit_tests/unit_tests.pb.h"
#include "sandbox/workshop.h"

namespace otmetka::checkers::unit_tests {

enum class Tongue { kPython, kCpp, kJava };

// Who says how the tests went: our harness, a test at a time, or a script of the teacher's that runs them all.
enum class ReportFormat { kHarness, kTap, kResultsJson };

// One test of the list that is known before anything runs.
struct PlannedTest {
  std::string id;      // as found: "TestFizz.test_three"
  std::string module;  // the file's name without its ending: what is imported (Python), the class (Java), the script
  Ratio share;         // of the item
  bool gate = false;
  PythonFramework framework = PythonFramework::kPlain;
};

struct Plan {
  Tongue tongue = Tongue::kPython;
  std::string language;  // id
  bool bridge = true;
  ReportFormat report = ReportFormat::kHarness;  // another in a bridge and in Python only
  std::vector<std::string> submit;
  std::vector<sandbox::SourceFile> files;  // the teacher's
  std::vector<PlannedTest> tests;          // in the order of files and lines
  std::vector<Function> functions;         // of a bridge in C++ or Java
  sandbox::Limits limits;                  // before the language's time factor
};

struct ReadPlan {
  std::optional<Plan> plan;  // none when a problem is an error
  std::vector<Problem> problems;
};

// What `tests` names is looked for in what the settings hold already, then in `folder`.
ReadPlan read_plan(const v1::UnitTestsSettings& settings, const std::string& folder);

// Puts into the settings the bytes of the teacher's files: the spec's hash then covers them, and a worker elsewhere needs no
// folder. OT168, OT362.
Status embed_files(v1::UnitTestsSettings& settings, const std::string& folder, const NoteFile& note);

// "fizz" of "fizz.py".
std::string stem_of(const std::string& file_name);

}  // namespace otmetka::checkers::unit_tests
