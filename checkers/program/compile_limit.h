// Why a compile failed, where it was not the source's fault alone.
#pragma once

#include <optional>

#include "model/message.h"
#include "sandbox/workshop.h"

namespace otmetka::checkers::program {

// The limit of the compiler's own that ended it, with its value: it says so in words that few understand ("Killed signal
// terminated program cc1plus"), or not at all. nullopt: none did. program.compile_time, .compile_wall (seconds),
// .compile_memory, .compile_file (MiB), .compile_output (KiB).
std::optional<Message> compile_limit(const sandbox::Compiled& compiled, const sandbox::Language& language);

}  // namespace otmetka::checkers::program
