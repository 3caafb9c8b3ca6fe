// What a spec names by `file:` and `dir:`: read from the spec's folder once, when the spec is made ready.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "checkers/checker.h"
#include "model/result.h"
#include "sandbox/workshop.h"

namespace otmetka::checkers::program {

inline constexpr std::uint64_t kMostReferencedBytes = 32u << 20;  // of one file
inline constexpr std::size_t kMostFolderFiles = 200;

// The bytes of `file:PATH` beneath `folder`, through no link that leads out of it. OT168: no such path may be named (a `..`,
// an absolute one, or no `folder` at all); OT362: it cannot be read.
Result<std::string> read_referenced(const std::string& folder, std::string_view reference);

// The files of `dir:PATH`, or the one of `file:PATH`, under their own names; in their order; folders in it are left out. OT573: more than
// kMostFolderFiles. `note` may be null.
Result<std::vector<sandbox::SourceFile>> read_folder(const std::string& folder, std::string_view reference, const NoteFile& note = {});

// Where it is looked for.
std::string place_of_reference(const std::string& folder, std::string_view reference);

bool is_reference(std::string_view text);  // begins with `file:` or `dir:`

// "check.cpp" of "file:judge/check.cpp".
std::string name_of_reference(std::string_view reference);

}  // namespace otmetka::checkers::program
