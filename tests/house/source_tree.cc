#include "tests/house/source_tree.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace otmetka::house {
namespace {

namespace fs = std::filesystem;

bool is_skipped_folder(const fs::path& relative) {
  const std::string name = relative.filename().string();
  if (name.starts_with('.') && name != ".ci") return true;
  return relative == "build" || relative == "demo" || relative == "tests/corpus" || name == "__pycache__";
}

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

SourceTree::SourceTree(const fs::path& root) : root_(root) {
  for (auto it = fs::recursive_directory_iterator(root); it != fs::recursive_directory_iterator(); ++it) {
    const fs::path relative = it->path().lexically_relative(root);
    if (it->is_directory()) {
      if (is_skipped_folder(relative)) it.disable_recursion_pending();
      continue;
    }
    if (!it->is_regular_file() || relative == ".git") continue;  // a file where the tree is a second work tree
    std::string text = read(it->path());
    if (text.find('\0') != std::string::npos) continue;
    files_.push_back({relative.generic_string(), std::move(text)});
  }
  std::sort(files_.begin(), files_.end(), [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
}

const SourceFile* SourceTree::find(std::string_view path) const {
  const auto it = std::lower_bound(files_.begin(), files_.end(), path, [](const SourceFile& f, std::string_view p) { return f.path < p; });
  return it == files_.end() || it->path != path ? nullptr : &*it;
}

bool SourceTree::exists(std::string_view path) const {
  std::error_code problem;
  return fs::exists(root_ / path, problem);
}

}  // namespace otmetka::house
