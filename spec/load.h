// A teacher's file → the spec and everything there is to say about it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "proto/spec.pb.h"
#include "spec/diagnostic.h"
#include "spec/kind_table.h"
#include "spec/location_map.h"

namespace otmetka::spec {

enum class Form { kYaml, kTextproto };

struct LoadedSpec {
  v1::AssessmentSpec message;  // what could be read; with errors it may miss what was wrong
  LocationMap locations;       // holds the file's text
  std::vector<Diagnostic> diagnostics;  // by position; the checkers' own come from engine/

  bool ok() const { return !has_errors(diagnostics); }
};

struct LoadOptions {
  KindTable kinds;
  std::string name;               // of the file in diagnostics; empty: standard input
  std::filesystem::path folder;   // where `file:` is looked for; empty: files are not looked at
};

// Reads a text of at most 1 MiB; any bytes are allowed. Never throws. Milliseconds for a spec of hundreds of items, most of
// them yaml-cpp's. Thread-safe.
LoadedSpec load_text(std::string text, Form form, const LoadOptions& options);

// Reads `path` (`-`: standard input) by its ending: .textproto, .txtpb and .pbtxt are text protobuf, everything else YAML.
// OT100 when it cannot be read. `file:` is looked for beside the file.
LoadedSpec load_file(const std::string& path, KindTable kinds);

Form form_of(const std::string& path);

}  // namespace otmetka::spec
