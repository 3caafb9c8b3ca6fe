// Opens the queue and the gradebook that a configuration names: the only place that names their concrete classes.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "cli/config.h"
#include "cli/work_queue.h"
#include "gradebook/store.h"

namespace otmetka::cli {

enum class Access { kRead, kWrite };
enum class QueueRole { kClient, kServe };

// `leaving`: once it is true, nobody is waited for longer than a moment; it outlives what is opened.
//
// kRead: OT421 when there is none yet. kWrite: made when it is not there. `queue_id` (WorkQueue::id()) for the one who
// feeds it: the gradebook keeps a position for each queue.
Result<std::unique_ptr<gradebook::Store>> open_gradebook(const Config& config, Access access, const std::string& queue_id = {},
                                                          const std::atomic<bool>* leaving = nullptr);

// The setting as it may be printed: without user and password.
std::string shown_gradebook(const Config& config);

// kServe takes an embedded queue for this process alone, and of one on Kafka a share; a client publishes, reads results and looks
// after dead letters beside it.
Result<std::unique_ptr<WorkQueue>> open_queue(const Config& config, QueueRole role, const std::atomic<bool>* leaving = nullptr);

// OT413 when there is no embedded queue yet: for those who only look after one. On Kafka the topics tell (OT441).
Status expect_queue(const Config& config);

}  // namespace otmetka::cli
