// problem.yaml, and what stands beside it for other judges: .timelimit, .memlimit, domjudge-problem.ini.
//
// Read as the versions legacy, legacy-icpc, 2023-07(-draft) and 2025-09 of the problem package format say, each key wherever it
// is met: packages call themselves one version and use keys of another.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "packages/package_files.h"
#include "packages/yaml_value.h"

namespace otmetka::packages {

struct ProblemSettings {
  std::string name;            // in English where there are several; may be empty
  bool legacy = true;          // no version, or one that begins with "legacy"
  bool scoring = false;        // else pass-fail
  bool interactive = false;
  bool custom_validation = false;  // legacy: `validation: custom …`
  bool multi_pass = false;
  std::optional<double> passes;    // limits.validation_passes
  bool custom_score = false;       // validators give scores: `validation: custom score`, and scoring in later versions
  bool minimised = false;          // `objective: min`
  std::vector<std::string> validator_flags;
  std::optional<double> time_limit;       // seconds
  std::optional<double> time_multiplier;  // of the slowest accepted submission
  std::optional<double> time_resolution;  // seconds
  std::optional<std::uint64_t> memory_bytes, output_bytes, code_bytes;
  std::vector<std::string> languages;  // codes; empty: all
  Constants constants;
  // From before there were versions: `grading` of problem.yaml, in place of every group's own.
  std::optional<double> accept_score, reject_score;
  std::optional<std::pair<double, double>> range;
  std::optional<bool> stop_at_failure;  // on_reject
};

// Of a compiler and of a validator, whatever a package says; C and C++ have the most (sandbox/languages).
inline constexpr double kCompilerSeconds = 30, kCompilerMib = 1'024, kJudgeSeconds = 30, kJudgeMib = 2'048, kJudgeOutputMib = 8;

// OT574, OT575; OT576: a submit-answer problem. `warnings` takes OT580: a key that is not known; OT555: a version that is
// not, which is read as the latest; OT559: more time, memory or output for a compiler or validator than it has here.
Result<ProblemSettings> read_problem_yaml(std::string text, std::vector<Message>& warnings);

// The package's: also OT570 where there is neither problem.yaml nor domjudge-problem.ini. problem.yaml goes before
// domjudge-problem.ini, which goes before .timelimit; OT586 warns of limits that differ.
Result<ProblemSettings> read_settings(const PackageFiles& files, std::vector<Message>& warnings);

}  // namespace otmetka::packages
