// One record of the queue, from bytes to a result: what a lane does for each.
#pragma once

#include <optional>

#include "engine/spec_cache.h"
#include "model/result.h"
#include "queue/record.h"

namespace otmetka::engine {

// A record on its way through the engine.
struct Work {
  queue::Record record;
  std::int32_t attempts = 0;  // tries that ended in an Error so far
};

// How it ended: a result, a dead letter, or (every decodable work that is parked) both.
struct Finished {
  queue::Position position;
  std::size_t bytes = 0;  // what the record took of the engine's bounds
  std::optional<queue::ResultRecord> result = {};
  std::optional<queue::DeadLetter> dead_letter = {};
};

struct Graded {
  std::optional<Finished> finished;  // nullopt: an Error that trying again may mend
  Error error;                       // the reason, when it did not succeed
};

// `last_try`: an error that trying again could mend parks the work instead. What a library throws is such an error (OT590).
// Thread-safe; takes no locks but the cache's.
Graded grade_record(const Work& work, SpecCache& specs, bool last_try);

}  // namespace otmetka::engine
