// How far a load is: a line on a terminal that is drawn anew, elsewhere a line every five seconds.
#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "cli/command_line.h"
#include "load/drive.h"

namespace otmetka::cli {

// Any thread.
class BenchProgress {
 public:
  explicit BenchProgress(const Context& context) : context_(context) {}
  ~BenchProgress() { clear(); }
  BenchProgress(const BenchProgress&) = delete;
  BenchProgress& operator=(const BenchProgress&) = delete;

  void show(const load::RunProgress& progress);
  void line(const std::string& text);  // stays
  void clear();                        // before anything else is printed

 private:
  void clear_drawn();

  const Context& context_;
  std::mutex mutex_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point told_ = std::chrono::steady_clock::now();
};

}  // namespace otmetka::cli
