// What an operator may want to know while it happens: a line of the log.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace otmetka::engine {

struct Event {
  std::string name;       // "retried", "dead_letters", "conflicts", "queue_failing", "queue_well", "gradebook_failing", …
  std::string code;       // the reason; empty where there is none
  std::size_t works = 0;  // how many it befell; 0: it is not said of works
  std::string place = {};  // PARTITION/OFFSET of a record; empty: it is not said of one
};

// Called from any of the engine's threads, and must not block for long. Holds no answer, no text of a learner.
using OnEvent = std::function<void(const Event&)>;

}  // namespace otmetka::engine
