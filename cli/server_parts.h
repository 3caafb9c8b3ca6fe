// The queue and the gradebook of one server, opened and brought together.
#pragma once

#include <atomic>
#include <memory>

#include "cli/command_line.h"
#include "cli/config.h"
#include "cli/spec_keeper.h"
#include "cli/work_queue.h"
#include "gradebook/store.h"

namespace otmetka::cli {

struct ServerParts {
  std::unique_ptr<WorkQueue> queue;
  std::unique_ptr<gradebook::Store> book;  // null: another process keeps it
  std::unique_ptr<SpecKeeper> keeper;      // of a gradebook on Kafka
};

// Where one of the two was lost or brought back from a backup, what the gradebook may lack is made good before anything is
// served, and a notice says so: OT424 (kept submissions are graded again), OT425 (the queue's results are read anew).
// On Kafka the gradebook may be kept elsewhere (OT469 otherwise). `leaving` as in cli/stores.h.
Result<ServerParts> open_server(const Context& context, const Config& config, const std::atomic<bool>& leaving);

// The gradebook of a queue that is open, and what gives it its specs.
Status open_book(const Config& config, ServerParts& parts, const std::atomic<bool>& leaving);

}  // namespace otmetka::cli
