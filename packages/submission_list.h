// submissions/: the package's own programs and what it says of each.
#pragma once

#include <vector>

#include "packages/package.h"

namespace otmetka::packages {

// Each entry of each folder of submissions/; files that lie there loose are none (OT583 warns), nor are empty folders. What
// submissions.json (DOMjudge) and submissions/submissions.yaml say of them is taken. One that cannot be read, or that is a link
// out of the package, is `unreadable`, and so is one that needs a folder inside of it. OT571–OT575; OT580, OT584, OT585,
// OT588 and OT598 warn.
Result<std::vector<PackageSubmission>> read_submissions(const PackageFiles& files, Languages languages, const Constants& constants,
                                                        bool legacy, std::span<const checkers::program::Test> tests,
                                                        std::vector<Message>& warnings);

}  // namespace otmetka::packages
