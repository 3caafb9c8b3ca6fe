// What the text checker says.
#pragma once

#include <span>

#include "messages/catalogue.h"

namespace otmetka::checkers::text {

// What this kind says: OT160–OT166, OT260, feedback and trace steps "text.…".
std::span<const messages::Entry> text_messages();

}  // namespace otmetka::checkers::text
