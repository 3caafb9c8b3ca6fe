// What is done to queue.db when it and a gradebook no longer fit: one of the two was lost or brought back from a backup.
#pragma once

#include <cstdint>
#include <string>

#include "queue/embedded/database.h"

namespace otmetka::queue::embedded {

// See EmbeddedQueue. Each is one transaction on a connection of its own; nobody may serve meanwhile.
Result<std::int64_t> grade_again(const DatabaseOptions& options, std::int64_t results_had_below);
Result<std::string> read_id(const DatabaseOptions& options);
Result<std::string> new_id(const DatabaseOptions& options);
Status write_id(const DatabaseOptions& options, const std::string& id);

}  // namespace otmetka::queue::embedded
