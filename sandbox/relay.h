// Stands between what one of two programs writes and what the other reads, and counts.
#pragma once

#include <cstdint>
#include <memory>
#include <thread>

#include "model/result.h"
#include "sandbox/descriptor.h"

namespace otmetka::sandbox {

// Carries bytes from one pipe into another without looking at them (splice(2)) until the writer has closed, the reader is gone or
// `most` bytes have passed; then it closes both. On a thread of its own. One owner.
class Relay {
 public:
  // OT542: no pipe, or no thread.
  static Result<std::unique_ptr<Relay>> start(std::uint64_t most);
  ~Relay() { finish(); }

  // The writer's end and the reader's, given away once.
  Descriptor take_writer() { return std::move(writer_); }
  Descriptor take_reader() { return std::move(reader_); }

  // Waits for the end, which comes when nobody has the writer's end any more. Whether more was written than may be.
  bool finish();

 private:
  Relay() = default;
  void carry(std::uint64_t most);

  Descriptor writer_, from_, to_, reader_;
  bool over_ = false;
  std::thread thread_;
};

}  // namespace otmetka::sandbox
