// A teacher's file, from bytes to a spec that can grade, with all that is wrong with it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/compiled_spec.h"
#include "engine/programs.h"
#include "spec/diagnostic.h"
#include "spec/location_map.h"

namespace otmetka::engine {

struct CheckedSpec {
  std::shared_ptr<const CompiledSpec> spec;   // null when there are errors
  std::vector<spec::Diagnostic> diagnostics;  // by position; of a package they are all about the whole
  spec::LocationMap locations;
  std::size_t samples_run = 0;
  std::size_t samples_passed = 0;
  bool package = false;  // it was made of a problem package
  WatchedFiles files;    // what beside `path` itself it was made of
};

enum class Depth {
  kCompile,  // what `grade`, `try` and `serve` need: errors, and the warnings found on the way
  kLint,     // what `check` does besides: samples run, entries that no sample hits, shadowed entries, missing samples
};

// Reads `path` (.yaml, .yml, .textproto; "-" is standard input), or the problem package that this folder is (package_spec.h). A
// file that cannot be read is a diagnostic too. Samples of items that run programs are run where there are `programs`, else left out.
CheckedSpec check_spec_file(const std::string& path, Depth depth, Programs* programs = nullptr);

// Of a text already in memory. `name` is what diagnostics call it, `folder` where its `file:` paths lie.
CheckedSpec check_spec_text(std::string text, const std::string& name, const std::string& folder, Depth depth);

// What a message says of the whole file of this name.
spec::Diagnostic diagnostic_of(const Message& message, const std::string& name);

}  // namespace otmetka::engine
