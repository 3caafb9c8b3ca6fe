// tools/layers.txt: which folder may include which, and where each library lives.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/house/finding.h"
#include "tests/house/source_tree.h"

namespace otmetka::house {

// Lines of the table: `folder NAME: FOLDERS`, `file PATTERN: FOLDERS` (in addition to its folder's), `library PREFIX: HOMES`,
// `never FOLDER: HEADERS`; `#` begins a comment; `*` among the folders stands for every one.
struct Layers {
  std::map<std::string, std::vector<std::string>, std::less<>> folders;
  std::vector<std::pair<std::string, std::vector<std::string>>> files;
  std::vector<std::pair<std::string, std::vector<std::string>>> libraries;  // by prefix of the header's name
  std::vector<std::pair<std::string, std::vector<std::string>>> never;

  // The declared folder that a path lies in: the longest that fits; empty when none does.
  std::string folder_of(std::string_view path) const;
};

// Lines that cannot be read are findings of `path`.
Layers parse_layers(const SourceFile& file, Findings& findings);

// A folder that includes itself by way of others; folders named but not declared.
Findings check_law(const Layers& layers, std::string_view path);

// Includes of one file: from the root, of something that exists (a .pb.h by its .proto), allowed by the table.
Findings check_includes(const SourceFile& file, const SourceTree& tree, const Layers& layers);

}  // namespace otmetka::house
