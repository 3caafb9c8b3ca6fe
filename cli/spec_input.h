// Specs that a command is given.
#pragma once

#include <iosfwd>
#include <memory>
#include <string>

#include "cli/command_line.h"
#include "engine/spec_check.h"

namespace otmetka::cli {

// The spec of a file, or of the problem package that this folder is, ready to grade by. Its problems go to stderr, those of a package
// even when it can be graded by; OT525 when one of them is an error, OT361 for another folder, OT374 when it may not be read.
Result<std::shared_ptr<const engine::CompiledSpec>> load_spec(const Context& context, const std::string& path);

// Whether the file is there and may not be read.
bool is_forbidden(const std::string& path);

// Diagnostics as a terminal shows them (a picture with a caret each) or, when `picture` is false, a line each.
void print_diagnostics(const Context& context, const engine::CheckedSpec& checked, bool picture, bool colours, std::ostream& out);

}  // namespace otmetka::cli
