// Headers compiled beforehand, in a folder that programs may read and only we write.
#pragma once

#include <filesystem>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include "model/result.h"
#include "sandbox/language.h"
#include "sandbox/program.h"

namespace otmetka::sandbox {

using RunProgram = std::function<Result<RunResult>(const Program&)>;

// Where a program sees the folder: nothing in a cell tells a path of the host.
inline constexpr std::string_view kPrecompiledInside = "/precompiled";

// Whether programs in a cell may get to this folder of the host, where they have an id of their own.
bool programs_reach(const std::filesystem::path& folder);

// One file of some 120 MB for each language that has such a header and each version of its compiler: g++ reads
// <bits/stdc++.h> in 0.4 s with it, 1.8 s without. Any thread.
class Precompiled {
 public:
  // `folder` is made, for us alone to write. Where it cannot be, others could write there, or programs cannot reach it (below a
  // closed folder such as /root), there are none.
  explicit Precompiled(const std::string& folder);

  const std::string& folder() const { return folder_; }  // to be bound at kPrecompiledInside; empty: none

  // The folder, as it is inside, to look for the language's header in, which is compiled first if it is not there; empty: do
  // without. Whatever goes wrong here costs time and nothing else.
  std::string include_folder(const Language& language, const RunProgram& run);

 private:
  bool compile(const Language& language, const std::string& target, const RunProgram& run) const;
  bool is_there(const Language& language, const std::string& target) const;
  static bool write_header(const Language& language, const std::string& target);

  std::string folder_;
  std::mutex mutex_;
  std::set<std::string> failed_;
};

}  // namespace otmetka::sandbox
