// A problem package on disk for a test; gone with the object.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "packages/package.h"

namespace otmetka::packages {

class ScratchPackage {
 public:
  using Files = std::vector<std::pair<std::string, std::string>>;

  // Paths that end with `/` are empty folders. problem.yaml and one secret test are there unless `files` brings its own.
  explicit ScratchPackage(const Files& files, bool whole = true) {
    std::string pattern = (std::filesystem::temp_directory_path() / "package-XXXXXX").string();
    root_ = mkdtemp(pattern.data());
    write("package/", "");
    if (whole) {
      write("package/problem.yaml", "name: Test\n");
      write("package/data/secret/1.in", "1\n");
      write("package/data/secret/1.ans", "1\n");
    }
    for (const auto& [path, text] : files) write("package/" + path, text);
  }
  ~ScratchPackage() {
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
  }
  ScratchPackage(const ScratchPackage&) = delete;
  ScratchPackage& operator=(const ScratchPackage&) = delete;

  std::string path() const { return (root_ / "package").string(); }
  std::filesystem::path at(const std::string& path) const { return root_ / "package" / path; }

  // Relative to the folder that holds the package: what lies there is outside of it.
  void write(const std::string& path, const std::string& text) const {
    const std::filesystem::path file = root_ / path;
    std::filesystem::create_directories(path.ends_with('/') ? file : file.parent_path());
    if (!path.ends_with('/')) std::ofstream(file, std::ios::binary) << text;
  }
  void link(const std::string& target, const std::string& path) const {
    std::filesystem::create_directories(at(path).parent_path());
    std::filesystem::create_symlink(target, at(path));
  }

 private:
  std::filesystem::path root_;
};

// The code of what went wrong, or nothing.
template <class T>
std::string code_of(const Result<T>& result) {
  return result ? std::string() : result.failure().code();
}

inline std::string codes_of(const std::vector<Message>& messages) {
  std::string out;
  for (const Message& message : messages) out += (out.empty() ? "" : " ") + message.id;
  return out;
}

}  // namespace otmetka::packages
