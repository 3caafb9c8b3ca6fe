// The kinds of test_kinds.proto as a table, and a spec around an item for the tests of this folder.
#pragma once

#include <array>
#include <string>

#include "spec/kind_table.h"
#include "spec/load.h"
#include "spec/test_kinds.pb.h"

namespace otmetka::spec {

inline KindTable test_kinds() {
  static const auto rows = std::to_array<KindRow>({
      {"word", spec_test::WordSettings::descriptor()},
      {"boxes", spec_test::BoxesSettings::descriptor()},
      {"pieces", spec_test::PiecesSettings::descriptor()},
  });
  return rows;
}

inline LoadedSpec load_yaml(std::string text) {
  return load_text(std::move(text), Form::kYaml, {test_kinds(), "motion.yaml", {}});
}

// A whole spec around the lines of one item after its id; they start in line 5 and are indented by two.
inline std::string around(const std::string& item) { return "grade: v1\nid: t\nitems:\n- id: q\n" + item; }

// "OT107 3:5, OT106 1:1"
inline std::string codes(const LoadedSpec& loaded) {
  std::string out;
  for (const Diagnostic& d : loaded.diagnostics) {
    out += (out.empty() ? "" : ", ") + d.message.id + " " + std::to_string(d.range.line) + ":" + std::to_string(d.range.column);
  }
  return out;
}

}  // namespace otmetka::spec
