#include "cli/bench_progress.h"

#include <iostream>

#include "cli/bench_text.h"
#include "load/report.h"

namespace otmetka::cli {
namespace {

constexpr std::chrono::seconds kEvery{5};

}  // namespace

void BenchProgress::show(const load::RunProgress& progress) {
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (!context_.terminal_err && now - told_ < kEvery) return;
  told_ = now;
  const std::string language = language_name(context_);
  const auto count = [&](std::uint64_t value) { return load::number_text(static_cast<double>(value), 0, language); };
  const double p99 = std::chrono::duration<double>(progress.now.p99).count();
  const std::string text =
      say(context_, "bench.progress",
          {load::number_text(progress.elapsed, 0, language), load::number_text(progress.whole, progress.whole < 10 ? 1 : 0, language),
           count(progress.now.sent), count(progress.now.came), count(progress.now.outstanding), load::duration_text(p99, language)});
  clear_drawn();
  std::cerr << text << (context_.terminal_err ? "" : "\n") << std::flush;
  drawn_ = context_.terminal_err;
}

void BenchProgress::line(const std::string& text) {
  const std::lock_guard lock(mutex_);
  clear_drawn();
  std::cerr << text << '\n' << std::flush;
}

void BenchProgress::clear() {
  const std::lock_guard lock(mutex_);
  clear_drawn();
}

void BenchProgress::clear_drawn() {
  if (drawn_) std::cerr << "\r\033[K" << std::flush;
  drawn_ = false;
}

}  // namespace otmetka::cli
