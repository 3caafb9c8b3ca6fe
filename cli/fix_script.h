// `otmetka doctor --fix-script`: what an administrator would type, as a shell script to read before running it.
#pragma once

#include <string>
#include <vector>

namespace otmetka::cli {

struct Fix {
  std::string id;     // "doctor.fix.swap"
  std::string words;  // what is wrong and what to do, in one line
};

// Each fix once and in order. One that no command can make is a comment.
std::string fix_script(const std::vector<Fix>& fixes);

}  // namespace otmetka::cli
