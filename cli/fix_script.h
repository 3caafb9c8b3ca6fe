// `otmetka doctor --fix-script`: what an administrator would type, as a shell script to read before running it.
#pragma once

#include <string>
#include <vector>

namespace otmetka::cli {

// For the given fixes ("doctor.fix.swap"), each once and in order. A fix that no command can make is a comment.
std::string fix_script(const std::vector<std::string>& fix_ids);

}  // namespace otmetka::cli
