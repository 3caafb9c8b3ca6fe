// What unit tests say.
#pragma once

#include <span>

#include "messages/catalogue.h"

namespace otmetka::checkers::unit_tests {

std::span<const messages::Entry> entries();

}  // namespace otmetka::checkers::unit_tests
