// What this kind says.
#pragma once

#include <span>

#include "messages/catalogue.h"

namespace otmetka::checkers::choice {

std::span<const messages::Entry> entries();

}  // namespace otmetka::checkers::choice
