// Which compiler it is that compiles.
#pragma once

#include <string>

#include "sandbox/language.h"

namespace otmetka::sandbox {

// Changes when one of the host programs that the language needs is replaced: another size or time, as a package's new version has.
// It looks at files each time, some microseconds.
std::string toolchain_mark(const Language& language);

}  // namespace otmetka::sandbox
