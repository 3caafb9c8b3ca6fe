// Python 2 and 3 share the ending `.py`.
#pragma once

#include <string_view>

namespace otmetka::packages {

// By the first line of the program, or by what no Python 3 takes: `print x`, `except E, e:`, `exec "…"`, `raise E, "…"`; and
// raw_input() or xrange() where nothing stands in for them. What stands in comments and within quotes does not count. Linear.
bool is_python2(std::string_view text);

}  // namespace otmetka::packages
