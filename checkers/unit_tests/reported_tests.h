// What a teacher's script reported of its tests, in whatever format, and what that comes to for the tests that are known.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "checkers/unit_tests/settings.h"
#include "checkers/unit_tests/verdict.h"

namespace otmetka::checkers::unit_tests {

// A report beyond these is not read. Tests of a report may be more than the spec knows of.
inline constexpr std::size_t kMostReportBytes = 1u << 20;
inline constexpr std::size_t kMostReportedTests = 10'000;

// A part of a test's share is a multiple of 1/kParts: exact for a max_score of 1 to 12, for four decimals of 1, 10 or 100; the
// nearest, halves up, for all else, which also takes away what binary fractions leave (0.30000000000000004).
inline constexpr std::int64_t kParts = 6'930'000;

struct ReportedTest {
  std::string name;
  Ratio part;          // within [0, 1]; 1: passed
  std::string reason;  // where it did not pass: "wrong", "skipped", "todo", "part"
  std::string detail;  // what the report says to the learner; at most kMostDetail bytes
  bool hidden = false;  // the learner is not to be told of it
};

// Why a report cannot be believed: then none of it is.
struct ReportProblem {
  std::string reason;  // "report_absent", "report_cut", "report_unfit", "report_large", "bail_out": messages "unit_tests.REASON"
  std::string detail;  // where: "LINE: the line" or "byte N"
};

struct ReportedTests {
  std::vector<ReportedTest> tests;  // as they stand in the report; none with a problem
  std::optional<ReportProblem> problem;
};

// A judgement for each of `planned`, in that order. One that is not in the report has failed; of several reports of one name the
// worst counts.
std::vector<Judgement> judge_reported(std::span<const PlannedTest> planned, std::span<const ReportedTest> reported);

// Names that are in the report and not among `planned`, each once, in order.
std::vector<std::string> unknown_tests(std::span<const PlannedTest> planned, std::span<const ReportedTest> reported);

}  // namespace otmetka::checkers::unit_tests
