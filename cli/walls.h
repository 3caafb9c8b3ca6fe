// The sandbox's self-test as `otmetka doctor` shows it.
#pragma once

#include <string>
#include <vector>

namespace otmetka::cli {

struct WallRow {
  std::string check;   // "wall.network": "doctor." and this is its name in the catalogue
  std::string state;   // "enforced", "degraded", "absent"
  std::string detail;
  std::string fix_id;  // empty when it is enforced
};

// Builds a sandbox and tries it; about a second. One row saying why when none can be built.
std::vector<WallRow> examine_walls();

}  // namespace otmetka::cli
