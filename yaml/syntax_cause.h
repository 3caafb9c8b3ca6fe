// Turns yaml-cpp's complaint into the mistake a person made.
#pragma once

#include <cstddef>
#include <string_view>

#include "yaml/reader.h"
#include "yaml/tree_builder.h"

namespace otmetka::yaml {

// `what` is yaml-cpp's message text and `offset` its mark as an offset of the file; `builder` has seen everything before.
// The likely cause is looked up in the text around: a tab, a quote inside quotes, a second `: ` on the line, a key without
// its colon, a colon or a dash without its space, a comma or a bracket left out, a line indented against the lines above.
// Deterministic; linear in the text.
Problem syntax_problem(const Source& source, std::string_view what, std::size_t offset, const TreeBuilder& builder);

// A line whose indentation holds a tab, outside quoted and block scalars: offset of the tab, or npos.
std::size_t indentation_tab(std::string_view line);

}  // namespace otmetka::yaml
