// The arguments of the format's default output validator.
#pragma once

#include <span>
#include <string>

#include "checkers/program/task.h"
#include "model/result.h"

namespace otmetka::packages {

// case_sensitive, space_change_sensitive, float_tolerance E, float_absolute_tolerance E, float_relative_tolerance E. Without
// them tokens are compared, whatever their case and the white space between them. A flag that is taken for none would change marks:
// OT582: it is not known; OT552: its E is no number from 0 on.
Result<checkers::program::Comparison> comparison_of(std::span<const std::string> flags);

}  // namespace otmetka::packages
