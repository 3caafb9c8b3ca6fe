// How one process tells others that there is something new: the modification time of a file, watched with inotify.
#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "model/result.h"
#include "queue/embedded/files.h"

namespace otmetka::queue::embedded {

// The side that rings. Any thread. Losing a ring is harmless: waiters look by themselves once a second.
class Bell {
 public:
  static Result<Bell> open(const std::string& file);  // made if it is not there; OT403, OT404, OT409
  void ring() const;

 private:
  explicit Bell(Descriptor fd) : fd_(std::move(fd)) {}
  Descriptor fd_;
};

// The side that waits: one thread; wake() from any, and from a signal handler.
//
// No ring is missed when each look is made like this: forget(), look, and wait() only if there was nothing. What is
// published after forget() leaves an event behind, so that wait() returns at once.
class BellWatch {
 public:
  // Where inotify is not to be had (its instances are few on some machines) wait() returns every 50 ms instead.
  static Result<BellWatch> open(const std::string& file);

  void forget();

  // Until a ring, a wake, `most`, or the time for a look of its own (1 s), whichever comes first. True: it was a wake.
  bool wait(std::chrono::milliseconds most);

  void wake() const;

 private:
  BellWatch(Descriptor inotify, Descriptor event) : inotify_(std::move(inotify)), event_(std::move(event)) {}
  Descriptor inotify_;
  Descriptor event_;
};

}  // namespace otmetka::queue::embedded
