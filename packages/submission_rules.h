// submissions/submissions.yaml (2025-09): what is asked of submissions by patterns of their paths.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checkers/program/task.h"
#include "packages/expectation.h"

namespace otmetka::packages {

// `*` stands for anything but `/`; `{a,b}` for either. A pattern fits a path, or one of the folders above it. At most 1,024
// readings of one pattern are tried.
bool fits(std::string_view pattern, std::string_view path);

// What the file says under one pattern.
struct SubmissionEntry {
  std::string pattern;
  std::string language, entry;
  std::optional<bool> bounds_time;    // use_for_time_limit: true and lower, or false and upper
  std::optional<Outcomes> permitted, required;  // of all tests; the folder's own where it names a default folder
  std::vector<Rule> rules;            // everything else that it asks
  std::vector<std::string> tests;     // patterns of tests beneath it
};

using SubmissionEntries = std::vector<SubmissionEntry>;

// OT574, OT575; OT580 warns of a key that is not known.
Result<SubmissionEntries> read_submission_entries(std::string text, std::vector<Message>& warnings);

// OT598 warns of the patterns that fit none of the submissions ("accepted/x.py") or none of the tests; of the first 200.
void warn_of_idle_patterns(const SubmissionEntries& entries, std::span<const std::string> submissions,
                           std::span<const checkers::program::Test> tests, std::vector<Message>& warnings);

// What holds for one submission, `folder` "accepted" and `name` "x.py".
struct SubmissionRules {
  std::string language, entry;
  bool asks = false;  // there is any rule
};
// `bounds_time` (PackageSubmission) takes the tests that may not be too slow, unless `use_for_time_limit` says otherwise.
SubmissionRules apply(const SubmissionEntries& entries, const std::string& folder, const std::string& name, Expectation& expectation,
                      std::vector<std::string>& bounds_time);

}  // namespace otmetka::packages
