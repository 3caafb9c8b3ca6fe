#include "packages/validator_flags.h"

#include <cmath>

#include "packages/yaml_value.h"

namespace otmetka::packages {

using checkers::program::Comparison;

Result<Comparison> comparison_of(std::span<const std::string> flags) {
  Comparison out;
  out.case_sensitive = false;
  for (std::size_t i = 0; i < flags.size(); ++i) {
    const std::string& flag = flags[i];
    if (flag == "case_sensitive") {
      out.case_sensitive = true;
    } else if (flag == "space_change_sensitive") {
      out.space_change_sensitive = true;
    } else if (flag == "float_tolerance" || flag == "float_absolute_tolerance" || flag == "float_relative_tolerance") {
      const std::string text = i + 1 < flags.size() ? flags[i + 1] : std::string();
      const auto value = number_of(text);
      if (!value || !(*value >= 0) || std::isinf(*value)) return error("OT552", {flag, text});
      if (flag != "float_relative_tolerance") out.absolute = *value;
      if (flag != "float_absolute_tolerance") out.relative = *value;
      ++i;
    } else if (!flag.empty()) {
      return error("OT582", {flag});
    }
  }
  return out;
}

}  // namespace otmetka::packages
