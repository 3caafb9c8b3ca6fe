// The files of a problem package: beneath one folder and nowhere else, whatever its links say; or held in memory.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "checkers/program/task.h"
#include "model/result.h"

namespace otmetka::packages {

inline constexpr std::size_t kMostEntries = 20'000;          // of one folder
inline constexpr std::size_t kMostSourceBytes = 16u << 20;   // of one source file
inline constexpr std::size_t kMostYamlBytes = 256u << 10;

// A path of valid UTF-8 and no control characters.
bool can_be_shown(const std::string& path);

// Paths are relative to the package, with `/`. Links are followed as long as they stay inside. Any thread.
class PackageFiles {
 public:
  struct Item {
    std::string name;
    bool folder = false;
  };

  // Called with the path of each file and each folder before it is looked at; "" is the package itself.
  using Note = std::function<void(const std::string& path)>;

  // OT570: it is no folder.
  static Result<PackageFiles> open(const std::string& path, Note note = {});

  // By path; what is no path of a package's is never asked for.
  using Held = std::map<std::string, std::string, std::less<>>;
  static PackageFiles hold(std::string name, Held files);

  // The folder's real path and its name; of files in memory the name alone.
  const std::string& root() const { return root_; }
  std::string name() const;

  bool has_file(const std::string& path) const;
  bool has_folder(const std::string& path) const;

  // Sorted by the bytes of the names; what begins with `.` or `-` or ends with `~` is left out, as the format asks. Empty where
  // there is no such folder. OT571, OT572; OT573: too many.
  Result<std::vector<Item>> list(const std::string& folder) const;

  // A regular file, to be read when it is needed: its real path, or the bytes that are held. OT571: it is none, or cannot be
  // read; OT572: it lies outside.
  Result<checkers::program::Data> locate(const std::string& file) const;

  // OT573: more than `most` bytes.
  Result<std::string> read(const std::string& file, std::size_t most) const;

 private:
  PackageFiles(std::string root, Note note) : root_(std::move(root)), note_(std::move(note)) {}
  Result<std::string> real_path(const std::string& path) const;
  Result<std::string> real_file(const std::string& file) const;
  Result<std::vector<Item>> list_held(const std::string& folder) const;

  std::string root_;
  Note note_;
  std::shared_ptr<const Held> held_;  // null: they are on disk
};

}  // namespace otmetka::packages
