// What a regular expression's checker says, and what patterns in text say too.
#pragma once

#include <span>

#include "messages/catalogue.h"

namespace otmetka::checkers::regex {

// What this kind says, and what text patterns say too: OT140–OT149, OT180–OT185, OT270–OT272, "regex.…".
std::span<const messages::Entry> regex_messages();

}  // namespace otmetka::checkers::regex
