// What the worker's threads grade at this moment, in a file that outlives the process: which work has ended it.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "model/result.h"
#include "queue/record.h"

namespace otmetka::engine {

// A work that ends the worker by a signal of its own (SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, on the thread that grades it) is a
// suspect: the next run grades it alone, and if it does so again nobody grades it any more. What another process sends, kill -9
// above all, makes no suspects.
//
// One object a process, in a folder that no other worker uses: the handlers of those signals are the process's. They note which
// thread it was and leave the rest to whoever had the signal before. Any thread.
class InHand {
 public:
  struct File;
  struct Slot;

  // FOLDER/in-hand, with all the room that it will ever need. OT404: the disk has none (retryable). OT456: it cannot be opened.
  static Result<std::unique_ptr<InHand>> open(const std::string& folder);
  ~InHand();
  InHand(const InHand&) = delete;
  InHand& operator=(const InHand&) = delete;

  // How many runs have ended while they graded this record.
  std::int32_t suspected(const queue::Record& record) const;

  // While one lives its thread grades this record. Some ten nanoseconds. `in_hand` may be null: nothing is noted.
  class Holding {
   public:
    Holding(InHand* in_hand, const queue::Record& record);
    ~Holding();
    Holding(const Holding&) = delete;
    Holding& operator=(const Holding&) = delete;

   private:
    Slot* slot_ = nullptr;
  };

 private:
  explicit InHand(File* file);
  void note_suspect();
  Slot* slot_of_this_thread();

  File* file_;
  std::uint64_t number_;  // of this object: a thread's slot is another one's of another object
  std::atomic<std::uint32_t> threads_{0};
};

}  // namespace otmetka::engine
