// What is said of problem packages: OT570–OT589.
#pragma once

#include <span>

#include "messages/catalogue.h"

namespace otmetka::messages {

std::span<const Entry> package_entries();

}  // namespace otmetka::messages
