// The filter table as the kernel's bytes. The only home of libseccomp.
#pragma once

#include <linux/filter.h>

#include <vector>

#include "model/result.h"

namespace otmetka::sandbox {

// For the architecture this was built for; a call by another one's numbers (int 0x80, x32) kills the process with SIGSYS.
// OT541 when libseccomp refuses a row. Takes some milliseconds; call once.
Result<std::vector<sock_filter>> compile_filter();

}  // namespace otmetka::sandbox
