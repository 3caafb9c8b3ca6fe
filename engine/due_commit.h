// When what is finished is committed, and what a commit holds.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "engine/bounds.h"
#include "engine/grade_record.h"
#include "queue/source.h"

namespace otmetka::engine {

struct CommitPolicy {
  std::chrono::milliseconds interval{250};  // the longest that a finished result waits while others are under way
  std::size_t records = kCommitRecords;     // a commit is due at once when so many wait
  std::size_t bytes = kCommitBytes;         // or so much of them, and a commit holds no more than one result beyond it
};

// A commit with what must be given back to the bounds when it has succeeded.
struct DueCommit {
  struct Place {
    std::int32_t partition = 0;
    std::uint32_t epoch = 0;
    std::size_t bytes = 0;  // of the submission
  };
  queue::Commit commit;
  std::size_t result_bytes = 0;
  std::vector<Place> places = {};  // one a record
  std::vector<Stamp> stamps = {};  // one a record
};

}  // namespace otmetka::engine
