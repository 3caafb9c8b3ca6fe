// What the kind `code` says.
#pragma once

#include <span>

#include "messages/catalogue.h"

namespace otmetka::checkers::program {

std::span<const messages::Entry> entries();

}  // namespace otmetka::checkers::program
