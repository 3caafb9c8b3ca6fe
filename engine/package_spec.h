// A problem package as an assignment: a spec of one `code` item that holds what of the package judging needs.
#pragma once

#include <string>

#include "engine/spec_check.h"

namespace otmetka::engine {

// Whether the folder holds a problem.yaml.
bool is_package(const std::string& folder);

// The spec's id and its item's are the folder's name, the title is the package's. The item is worth 1, or the best score of a
// package of type scoring; a learner's program is judged by the package's own rules, as `otmetka verify` judges. Where the package
// sets no time limit it is 10 s (OT594 warns). Errors: OT552, OT553, OT557, OT570–OT578, OT582, OT591–OT593, OT595, OT596; warnings: OT555,
// OT579–OT586, OT594.
CheckedSpec check_package(const std::string& folder);

}  // namespace otmetka::engine
