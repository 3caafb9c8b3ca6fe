// The files of a problem package: beneath one folder and nowhere else, whatever its links say.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/result.h"

namespace otmetka::packages {

inline constexpr std::size_t kMostEntries = 20'000;          // of one folder
inline constexpr std::size_t kMostSourceBytes = 16u << 20;   // of one source file
inline constexpr std::size_t kMostYamlBytes = 256u << 10;

// Paths are relative to the package, with `/`. Links are followed as long as they stay inside. Any thread.
class PackageFiles {
 public:
  struct Item {
    std::string name;
    bool folder = false;
  };

  // OT570: it is no folder.
  static Result<PackageFiles> open(const std::string& path);

  // The folder's real path and its name.
  const std::string& root() const { return root_; }
  std::string name() const;

  bool has_file(const std::string& path) const;
  bool has_folder(const std::string& path) const;

  // Sorted by the bytes of the names; what begins with `.` or `-` or ends with `~` is left out, as the format asks. Empty where
  // there is no such folder. OT571, OT572; OT573: too many.
  Result<std::vector<Item>> list(const std::string& folder) const;

  // The real path of a regular file. OT571: it is none, or cannot be read; OT572: it lies outside.
  Result<std::string> locate(const std::string& file) const;

  // OT573: more than `most` bytes.
  Result<std::string> read(const std::string& file, std::size_t most) const;

 private:
  explicit PackageFiles(std::string root) : root_(std::move(root)) {}
  Result<std::string> real_path(const std::string& path) const;

  std::string root_;
};

}  // namespace otmetka::packages
