// A clean program that lives in the other slot as long as hostile ones run: what they may not disturb.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "sandbox/sandbox.h"

namespace otmetka::hostile {

// Does a piece of work, always the same, for each line that it is sent. One thread.
class Neighbour {
 public:
  explicit Neighbour(sandbox::Sandbox& box);
  ~Neighbour();  // ends it

  void begin_work();
  std::string finish_work();  // what is wrong with its answer; empty: nothing

  // Lets it go. What is wrong with how it ended, or with the CPU time that it took, of which a loose bound is asked; empty:
  // nothing.
  std::string end();

 private:
  std::string take_line();

  sandbox::Descriptor to_, from_;
  int pieces_ = 0;
  std::optional<Result<sandbox::RunResult>> result_;
  std::thread running_;
};

}  // namespace otmetka::hostile
