// What every kind of item owes: a folder, a page for teachers, a schema, tests, a sample and a word in the docs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/house/finding.h"
#include "tests/house/source_tree.h"

namespace otmetka::house {

Findings check_kind(std::string_view kind, const SourceTree& tree);

// Folders of checkers/ that no row of the catalogue names.
Findings check_kind_folders(const std::vector<std::string>& kinds, const SourceTree& tree);

}  // namespace otmetka::house
