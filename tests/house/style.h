// Rules of the house that can be seen in one file, or in one folder's build file.
#pragma once

#include "tests/house/finding.h"
#include "tests/house/source_tree.h"

namespace otmetka::house {

// Calls that are not made here, each with what to use instead. Comments and strings do not count.
Findings check_banned_calls(const SourceFile& file);

// Words that say a thing is not done, and paths of one machine. Any kind of file.
Findings check_markers(const SourceFile& file);

// A header begins with a comment that says what it is, has `#pragma once`, and is not mostly silent.
Findings check_header(const SourceFile& file);

// Every .cc and .proto file stands in its own folder's CMakeLists.txt (or a .cmake file beside it).
Findings check_listed(const SourceFile& file, const SourceTree& tree);

}  // namespace otmetka::house
