// What this kind says.
#pragma once

#include <span>

#include "messages/catalogue.h"

namespace otmetka::checkers::parts {

std::span<const messages::Entry> entries();

}  // namespace otmetka::checkers::parts
