// The sandbox as the configuration asks for it.
#pragma once

#include "cli/config.h"
#include "sandbox/workshop.h"

namespace otmetka::cli {

// Precompiled headers are kept in `cache`, else in the user's cache folder, if there is one.
sandbox::WorkshopOptions workshop_options(const Config& config);

// For commands that take no configuration file of their own.
Result<sandbox::WorkshopOptions> workshop_options();

}  // namespace otmetka::cli
