// Files and folders on disk that something was made of, as they were before they were read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

namespace otmetka::engine {

// One thread.
class WatchedFiles {
 public:
  // Before it is read. What was noted already stays as it was then. A file that is not there is noted too.
  void note(const std::string& path);

  // The folder and all that lies in it, as far as `most` entries go.
  void note_tree(const std::string& folder, std::size_t most);

  // The same files as they are now.
  WatchedFiles anew() const;

  // What somebody has just looked for in vain.
  void note_missing(const std::string& path) { files_[path] = {}; }

  // Whether one of them is not as it was: another time of change, size or inode. Costs a stat each.
  bool changed() const;

  bool empty() const { return files_.empty(); }

 private:
  struct State {
    std::int64_t modified_ns = -1;  // none of it: there is no such file
    std::int64_t size = 0;
    std::uint64_t inode = 0;
    bool operator==(const State&) const = default;
  };
  static State look(const std::string& path);

  std::map<std::string, State, std::less<>> files_;
};

}  // namespace otmetka::engine
