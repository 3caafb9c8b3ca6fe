// Paths that texts name, and whether they exist.
#pragma once

#include "tests/house/finding.h"
#include "tests/house/source_tree.h"

namespace otmetka::house {

// In any text: `folder/…/name.ext` from the root, where `folder` is one of the project's. In Markdown also the targets of
// links, from the file's own folder, and folders in backquotes. Names with KIND, NNNN, ASSIGNMENT or `*`
// in them are patterns.
Findings check_paths(const SourceFile& file, const SourceTree& tree);

}  // namespace otmetka::house
