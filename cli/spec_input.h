// Specs that a command is given.
#pragma once

#include <iosfwd>
#include <memory>
#include <string>

#include "cli/command_line.h"
#include "engine/spec_check.h"

namespace otmetka::cli {

// The spec, ready to grade by. Its problems go to stderr; null when one of them is an error (the caller leaves with kUsage).
std::shared_ptr<const engine::CompiledSpec> load_spec(const Context& context, const std::string& path);

// Diagnostics as a terminal shows them (a picture with a caret each) or, when `picture` is false, a line each.
void print_diagnostics(const Context& context, const engine::CheckedSpec& checked, bool picture, bool colours, std::ostream& out);

}  // namespace otmetka::cli
