// A small tree of files on disk for the tests of the checks; gone with the object.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/house/source_tree.h"

namespace otmetka::house {

class ScratchTree {
 public:
  explicit ScratchTree(const std::vector<std::pair<std::string, std::string>>& files) {
    std::string pattern = (std::filesystem::temp_directory_path() / "house-XXXXXX").string();
    root_ = mkdtemp(pattern.data());
    for (const auto& [path, text] : files) {
      std::filesystem::create_directories((root_ / path).parent_path());
      std::ofstream(root_ / path, std::ios::binary) << text;
    }
  }
  ~ScratchTree() {
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
  }
  ScratchTree(const ScratchTree&) = delete;
  ScratchTree& operator=(const ScratchTree&) = delete;

  SourceTree read() const { return SourceTree(root_); }

 private:
  std::filesystem::path root_;
};

}  // namespace otmetka::house
