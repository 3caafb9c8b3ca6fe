// --help, in the person's language.
#pragma once

#include <iosfwd>
#include <vector>

#include "cli/command_line.h"

namespace otmetka::cli {

int print_help(const Context& context, const std::vector<Command>& commands, std::ostream& out);
int print_command_help(const Context& context, const Command& command);

}  // namespace otmetka::cli
