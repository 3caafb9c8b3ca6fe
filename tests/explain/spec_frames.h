// `otmetka explain` shows of a spec only the lines that matter; here is the rest of the spec that they stand in.
#pragma once

#include <string>
#include <string_view>

namespace otmetka::explain {

// A whole spec that holds the fragment and nothing else that anything could be said of. Where the fragment stands is told by its
// first key: fields of the spec, of the rubric, of an item, of `code` or of `unit_tests`; after a dash an item (`id`), a sample
// (`give`) or a test (`in`). What is required beside it and is not in it stands before it. A text without a known first key is
// taken for a whole file. Paths in it are those of example_files.h.
std::string spec_of(std::string_view fragment);

}  // namespace otmetka::explain
