// The arguments of the format's default output validator.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "checkers/program/task.h"

namespace otmetka::packages {

// case_sensitive, space_change_sensitive, float_tolerance E, float_absolute_tolerance E, float_relative_tolerance E. Without
// them tokens are compared, whatever their case and the white space between them. What is not understood goes to `unknown`.
checkers::program::Comparison comparison_of(std::span<const std::string> flags, std::vector<std::string>& unknown);

}  // namespace otmetka::packages
