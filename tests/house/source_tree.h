// The project's own text files, read once.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace otmetka::house {

struct SourceFile {
  std::string path;  // from the root, with `/`
  std::string text;

  std::string folder() const { return path.substr(0, path.find_last_of('/') == std::string::npos ? 0 : path.find_last_of('/')); }
  std::string name() const { return path.substr(path.find_last_of('/') + 1); }
  bool ends_with(std::string_view suffix) const { return std::string_view(path).ends_with(suffix); }
  bool is_header() const { return ends_with(".h"); }
  bool is_cpp() const { return ends_with(".h") || ends_with(".cc"); }
  // x_test.cc, and what only tests use: x_test_data.h, x_test_support.cc, all of tests/.
  bool is_test() const {
    return path.starts_with("tests/") || name().find("_test.") != std::string::npos || name().find("_test_") != std::string::npos;
  }
};

// Everything under `root` but what is built, hidden, binary or kept as data for tests (tests/corpus).
class SourceTree {
 public:
  explicit SourceTree(const std::filesystem::path& root);

  const std::vector<SourceFile>& files() const { return files_; }  // by path
  const SourceFile* find(std::string_view path) const;
  // Whether there is a file or folder of this name in the tree, data included.
  bool exists(std::string_view path) const;

 private:
  std::filesystem::path root_;
  std::vector<SourceFile> files_;
};

}  // namespace otmetka::house
