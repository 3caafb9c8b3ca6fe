// Files into a cell's work folder and out of it: always by a descriptor of the folder, never by a path that a program made.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sandbox/program.h"

namespace otmetka::sandbox {

// While no program runs in the cell. `owner`: the host's id that the files are to belong to; 0: ours. OT548 with the name: a
// name that is none, or no room.
Status place_files(int folder, std::span<const InputFile> files, std::uint32_t owner);

// After a run. A file is taken only when it is a regular one with one name, reached without any link; others are refused.
CollectedFile collect_file(int folder, const std::string& name, std::uint64_t most);

// `names`, with "*.ENDING" replaced by what the folder holds with that ending, "*" by all of it: at most kMostCollected, in order.
std::vector<std::string> wanted_files(int folder, std::span<const std::string> names);
inline constexpr std::size_t kMostCollected = 1'000;

bool is_plain_name(std::string_view name);

}  // namespace otmetka::sandbox
