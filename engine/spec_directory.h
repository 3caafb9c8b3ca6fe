// A folder of specs, watched: what `serve --specs DIR` grades by.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/spec_cache.h"
#include "engine/spec_check.h"
#include "model/result.h"

namespace otmetka::engine {

// Reads every .yaml, .yml and .textproto beneath a folder, and every problem package (package_spec.h), which is one assignment
// however many YAML files it holds; and again when one has changed, or something that it was made of: a test's file, say. A file
// with errors leaves the spec that it held before in force, and so does a file that is gone: work that is on its way must still be
// graded. Of two files with one id the first to be read is used; the other one waits, and is taken when the first has let go. One
// thread.
class SpecDirectory {
 public:
  struct Events {
    // A spec is about to be graded by. An error (the gradebook could not take it) withholds it until a later look.
    std::function<Status(const CompiledSpec&)> loaded;
    std::function<void(const CompiledSpec&, const Error&)> withheld;  // once a reason
    std::function<void(const std::string& path, const CheckedSpec&)> refused;
    std::function<void(const std::string& path, const std::string& other, const std::string& id)> same_id;  // once a change
    // No file holds this id any more; the spec stays in force until the end of the run.
    std::function<void(const std::string& path, const std::string& id)> vanished;
    std::function<void(const Error& why)> lost = {};  // the folder, while it is looked at now and then; once, until it is back
    std::function<void()> back = {};
    // A problem package that is graded by from now on, with what is to be said of it.
    std::function<void(const std::string& path, const CheckedSpec&)> package = {};
  };

  struct Pace {
    std::chrono::milliseconds every{2'000};
    std::chrono::milliseconds wanted{100};  // when somebody waits for a spec
    // Packages, and files that specs name, are often copied one after another: what has come or changed since the first look is
    // taken when it has been still for so long.
    std::chrono::milliseconds settle{2'000};
  };

  SpecDirectory(std::string folder, SpecCache& cache, Events events) : SpecDirectory(std::move(folder), cache, std::move(events), Pace{}) {}
  SpecDirectory(std::string folder, SpecCache& cache, Events events, Pace pace)
      : folder_(std::move(folder)), cache_(cache), events_(std::move(events)), pace_(pace) {}

  // Looks again. An error when the folder itself cannot be read (OT526), or when a spec is withheld for a reason that does
  // not pass by itself: then all the others have been read. Costs a stat a file when nothing has changed, tests' files and
  // the like included.
  Status refresh();

  // As refresh(), but no more often than its pace. True: there are new specs to grade by.
  bool refresh_if_due(bool wanted);

 private:
  struct Seen {
    std::int64_t modified_ns = 0;
    std::uintmax_t size = 0;
    std::uint64_t inode = 0;
    std::string id;     // of the spec it holds; empty while it has none
    std::string wants;  // an id that another file holds
    std::string withheld;  // its hash and the reason's code
    std::shared_ptr<const WatchedFiles> files;  // what it was made of beside itself; null: nothing
    bool operator==(const Seen&) const = default;
  };
  using Ids = std::map<std::string, std::string>;  // the file that let go of an id, by id
  void forget_vanished(const std::vector<std::string>& files, Ids& let_go);
  void look(const std::string& path, Ids& let_go);
  bool is_still(const std::string& path, const Seen& before);
  void read(const std::string& path, Seen& seen);
  const std::string* holder(const std::string& id, const std::string& but) const;

  std::string folder_;
  SpecCache& cache_;
  Events events_;
  Pace pace_;
  std::map<std::string, Seen> files_;
  struct Settling {
    WatchedFiles files;
    std::chrono::steady_clock::time_point since;
  };
  std::map<std::string, Settling> settling_;
  bool started_ = false;
  std::chrono::steady_clock::time_point looked_{};
  bool wanted_ = false;
  bool lost_ = false;
  // In the look that is being taken:
  bool loaded_ = false;
  std::vector<WithheldSpec> withheld_;
};

// The spec files and problem packages beneath a folder, sorted, without those whose name or folder's name begins with a dot
// (.git, ..data) and without what lies in a package; a file is itself, and so is a folder that is a package. OT526 when the folder
// cannot be read.
Result<std::vector<std::string>> spec_files(const std::string& path);

}  // namespace otmetka::engine
