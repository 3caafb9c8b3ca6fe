// The queue and the gradebook of one server, opened and brought together.
#pragma once

#include <atomic>
#include <memory>

#include "cli/command_line.h"
#include "cli/config.h"
#include "gradebook/store.h"
#include "queue/embedded/embedded_queue.h"

namespace otmetka::cli {

struct ServerParts {
  std::unique_ptr<queue::EmbeddedQueue> queue;
  std::unique_ptr<gradebook::Store> book;
};

// Where one of the two was lost or brought back from a backup, what the gradebook may lack is made good before anything is
// served, and a notice says so: OT424 (kept submissions are graded again), OT425 (the queue's results are read anew).
// `leaving` as in cli/stores.h.
Result<ServerParts> open_server(const Context& context, const Config& config, const std::atomic<bool>& leaving);

}  // namespace otmetka::cli
