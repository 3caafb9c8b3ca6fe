// testdata.yaml, test_group.yaml and NAME.yaml: what one of them says of the tests beneath its folder, or of its test.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/result.h"

namespace otmetka::packages {

// Each field is nothing where the file does not say it.
struct GroupSettings {
  enum class Aggregation { kPassFail, kSum, kMin };

  std::optional<std::vector<std::string>> validator_flags;  // output_validator_flags, output_validator_args
  std::optional<std::vector<std::string>> arguments;        // args: for the program itself
  // Of the legacy format.
  std::optional<bool> stop_at_failure;  // on_reject: break
  std::optional<bool> custom_grading;
  std::optional<std::vector<std::string>> grader_flags;
  std::optional<double> accept_score, reject_score;
  std::optional<std::pair<double, double>> range;
  // Of 2025-09, and of its drafts under `scoring`. An unbounded max_score is infinite.
  std::optional<double> max_score;
  std::optional<Aggregation> aggregation;
  std::vector<std::string> require_pass;
  bool legacy = false;       // holds a key that only the legacy format has
  bool has_static = false;   // a test of the program's text
};

// OT574, OT575; OT580 warns of a key that is not known.
Result<GroupSettings> read_group_settings(std::string text, const std::string& file, std::vector<Message>& warnings);

// `own` with what it does not say taken from the folder above: in the legacy format everything, later the flags and arguments alone.
GroupSettings inherited(GroupSettings own, const GroupSettings& above, bool legacy);

}  // namespace otmetka::packages
