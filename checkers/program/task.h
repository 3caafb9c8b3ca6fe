// What a programming task is, whoever wrote it: a teacher's `code` item or a problem package.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/message.h"
#include "model/ratio.h"
#include "sandbox/workshop.h"

namespace otmetka::checkers::program {

// Bytes in memory, or a file of the host's that is read when it is needed (a package's tests may be large).
struct Data {
  std::string bytes;
  std::string path;  // where not empty, it holds
};

// How a program's output is held against the answer.
struct Comparison {
  enum class Kind { kExact, kLines, kTokens, kUnorderedLines, kProgram };
  Kind kind = Kind::kTokens;
  bool case_sensitive = true;            // kTokens
  bool space_change_sensitive = false;   // kTokens: white space must be the same
  std::optional<double> absolute, relative;  // kTokens: a number of the answer is met within either
};

// A checker or an interactor that comes with the task. It runs in the sandbox like everything else.
struct Judge {
  enum class Protocol {
    kTestlib,  // argv: input output answer; 0 accepted, 1 wrong, 2 presentation, 7 points on stderr ("points 0.5"), 3 its own fault
    kKattis,   // argv: input answer feedback_dir flags…, output on stdin; 42 accepted, 43 wrong; score.txt, judgemessage.txt
  };
  Protocol protocol = Protocol::kTestlib;
  bool interactive = false;  // talks with the program by its standard streams
  std::string language;      // id
  std::vector<sandbox::SourceFile> files;
};

enum class Visibility { kAlways, kVerdict, kNever };

struct Test {
  std::string id;
  Data in, out;
  Ratio weight = Ratio(1);
  Visibility show = Visibility::kVerdict;
  std::string say;                           // told to the learner when it fails
  std::size_t group = 0;                     // index in Task::groups
  std::vector<std::string> validator_flags;  // for a judge of protocol kKattis
  std::optional<Comparison> comparison;      // in place of the task's
  std::vector<std::string> arguments;        // for the learner's program
  std::vector<std::pair<std::string, Data>> files;  // beside it, by name
};

// Tests that count together. A task without groups has one.
struct Group {
  enum class Aggregate { kSum, kMin };
  std::string id;
  Ratio points = Ratio(1);  // at the best; relative to the other groups'
  Aggregate aggregate = Aggregate::kSum;
  bool stop_at_failure = false;          // the tests after the first that fails are not run
  std::vector<std::size_t> depends;      // indices of groups that must have all their points
};

struct Task {
  std::vector<std::string> languages;    // ids that are accepted; empty: all
  sandbox::Limits limits;
  std::map<std::string, double, std::less<>> time_factor;  // by language id, in place of the language's own
  std::optional<std::uint64_t> code_bytes;  // of all the learner's files together, before anything is put beside them
  bool same_time = false;                // languages that `time_factor` does not name have the factor 1
  Comparison comparison;
  std::optional<Judge> judge;
  std::vector<Test> tests;
  std::vector<Group> groups;
  bool all_or_nothing = false;           // one failed test is no credit; tests after it are not run
  bool scoring = false;                  // a package of type scoring: judges give scores
  // Of a multi-pass package: while its judge accepts and leaves a nextpass.in, the program is run again with that for input, and
  // the judge with the files that it left, at most so many times in all.
  int passes = 1;
  std::map<std::string, std::vector<sandbox::SourceFile>, std::less<>> added;  // by language id: files put beside the learner's
  std::vector<sandbox::SourceFile> for_all;  // put beside the learner's in every language
};

}  // namespace otmetka::checkers::program
