// The report of a load as text.
#pragma once

#include <string>

#include "cli/command_line.h"
#include "load/report.h"

namespace otmetka::cli {

std::string bench_text(const Context& context, const load::Report& report, bool colour);

// Words for load/report.h in the reader's language.
load::Say words_for(const Context& context);
std::string language_name(const Context& context);  // "ru" or "en"

}  // namespace otmetka::cli
