// A run's three standard streams.
#pragma once

#include <cstdint>

#include "sandbox/ending.h"
#include "sandbox/program.h"

namespace otmetka::sandbox {

// What any file may hold, standard error among them: room for a flood of messages that is no reason to end a program.
inline constexpr std::int64_t kErrorRoomBytes = 24 << 20;

// Output goes into files in memory, not into pipes: the engine does nothing while a program writes,
// however it writes. Whether output passed its limit is seen by its size; SIGXFSZ ends a
// program that goes on for ever.
class Streams {
 public:
  static Result<Streams> open(const Program& program);  // OT542

  // When the program has its own of them: a pipe hangs up only when nobody else holds its end.
  void handed_over();

  int input() const { return input_.get(); }
  int output() const { return output_.get(); }
  int error_output() const { return error_.get(); }
  OutputSize output_size() const;

  // When no process of the program is alive any more.
  void read_into(const Limits& limits, RunResult& result) const;

 private:
  Descriptor input_, output_, error_;
  bool piped_ = false;  // output goes to a pipe, and is not ours to read
};

}  // namespace otmetka::sandbox
