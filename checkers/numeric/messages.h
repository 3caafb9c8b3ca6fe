// What this kind says.
#pragma once

#include <span>

#include "messages/catalogue.h"

namespace otmetka::checkers::numeric {

// Feedback and trace steps "numeric.…", errors OT150–OT158 and warnings OT250–OT252.
std::span<const messages::Entry> entries();

}  // namespace otmetka::checkers::numeric
