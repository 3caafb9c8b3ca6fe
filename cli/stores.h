// Opens the queue and the gradebook that a configuration names: the only place that names their concrete classes.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "cli/config.h"
#include "gradebook/store.h"
#include "queue/embedded/embedded_queue.h"

namespace otmetka::cli {

enum class Access { kRead, kWrite };
enum class QueueRole { kClient, kServe };

// `leaving`: once it is true, nobody is waited for longer than a moment; it outlives what is opened.
//
// kRead: OT421 when there is none yet. kWrite: made when it is not there. `queue_id` (EmbeddedQueue::id()) for the one who
// feeds it: the gradebook keeps a position for each queue.
Result<std::unique_ptr<gradebook::Store>> open_gradebook(const Config& config, Access access, const std::string& queue_id = {},
                                                          const std::atomic<bool>* leaving = nullptr);

// The setting as it may be printed: without user and password.
std::string shown_gradebook(const Config& config);

// kServe takes the queue for this process alone; a client publishes and looks after dead letters beside it.
Result<std::unique_ptr<queue::EmbeddedQueue>> open_queue(const Config& config, QueueRole role,
                                                         const std::atomic<bool>* leaving = nullptr);

// OT413 when there is no queue yet: for those who only look after one.
Status expect_queue(const Config& config);

}  // namespace otmetka::cli
