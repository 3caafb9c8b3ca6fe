// One record of the queue, from bytes to a result: what a lane does for each.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <vector>

#include "engine/programs.h"
#include "engine/spec_cache.h"
#include "model/result.h"
#include "model/time.h"
#include "queue/record.h"

namespace otmetka::engine {

// A record on its way through the engine.
struct Work {
  queue::Record record;
  std::int32_t attempts = 0;  // tries of this worker's that ended in an Error so far
  std::int32_t faults = 0;    // of them those that were no want of a spec
  std::optional<std::chrono::steady_clock::time_point> wants_spec_since = {};
};

enum class LaneName { kAnswers, kPrograms };

// When and where, for those who measure.
struct Stamp {
  Timestamp published_at = {};
  std::chrono::steady_clock::time_point finished_at = {};
  LaneName lane = LaneName::kAnswers;
  bool forwarded = false;  // only: it is graded elsewhere
};

class EngineMetrics;

// How it ended: a result, a dead letter, or (every work that is parked and says whose it is) both; or it goes on to another lane's
// topic.
struct Finished {
  queue::Position position;
  std::size_t bytes = 0;  // what the record took of the engine's bounds
  std::optional<queue::ResultRecord> result = {};
  std::optional<queue::DeadLetter> dead_letter = {};
  std::optional<queue::Forwarded> forwarded = {};
  Stamp stamp = {};
};

// What must change before a work that has not ended is tried again with any hope.
enum class Awaits {
  kLuck,        // a library has thrown
  kSpec,        // its spec is not known (OT380)
  kStoredSpec,  // its spec is known and withheld: never parked, since that is nobody's fault but ours
  kPrograms,    // it runs programs, and this lane does not: nothing was tried
};

// What the lane of programs must know of a work to put it in its place.
struct ProgramTicket {
  std::string assignment;
  bool interactive = true;
};

struct Graded {
  std::optional<Finished> finished;  // nullopt: an Error that trying again may mend
  Error error;                       // the reason, when it did not succeed
  Awaits awaits = Awaits::kLuck;
  ProgramTicket ticket = {};         // for kPrograms
};

// Where works go that are not to be graded where they are. Without lanes, as on a queue that has none, they are graded here
// whatever they are.
struct Forwarding {
  std::vector<queue::Lane> lanes = {};      // whose topics are taken by somebody
  std::int32_t rounds = 1;                  // through .retry, before a work that fails is parked
  std::chrono::milliseconds delay{30'000};  // until the first round; twice as long until each next one

  bool to(queue::Lane lane) const { return std::find(lanes.begin(), lanes.end(), lane) != lanes.end(); }
};

// An error that trying again could mend ends the work here when this was the last try of its sort: it goes through .retry, if
// rounds are left, or is parked.
struct LastTry {
  bool of_fault = false;  // what a library throws (OT590)
  bool of_spec = false;   // its spec is not known (OT380)
  const Forwarding* forwarding = nullptr;  // null: none
};

// Thread-safe; takes no locks but the cache's. Without `programs` a work whose spec runs some is left for another
// lane. `metrics` counts what was judged; null: nobody does.
Graded grade_record(const Work& work, SpecCache& specs, LastTry last, Programs* programs = nullptr,
                    const EngineMetrics* metrics = nullptr);

}  // namespace otmetka::engine
