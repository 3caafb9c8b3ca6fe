#include "cli/last_commit.h"

#include <unistd.h>

#include <chrono>
#include <utility>

#include "cli/server_log.h"

namespace otmetka::cli {
namespace {

constexpr std::chrono::seconds kMost{8};  // an orderly try gives up after three
constexpr std::chrono::milliseconds kLook{200};

}  // namespace

LastCommit::LastCommit(const Context& context, const std::atomic<bool>& leaving, const engine::Heartbeat& committing,
                       std::function<void()> last_words)
    : context_(context), leaving_(leaving), committing_(committing), last_words_(std::move(last_words)), thread_([this] { watch(); }) {}

LastCommit::~LastCommit() {
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void LastCommit::watch() {
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, kLook, [this] { return done_ || leaving_.load(); })) {
  }
  const auto told = engine::Heartbeat::Clock::now();
  while (!changed_.wait_for(lock, kLook, [this] { return done_; })) {
    const auto now = engine::Heartbeat::Clock::now();
    if (now - told >= kMost && committing_.silence(now) >= kMost) end_here();
  }
}

void LastCommit::end_here() const {
  last_words_();
  log_notice(context_, {"OT478", {}});
  _exit(report(context_, retryable_error("OT442", {std::string("commit"), std::string("timed out")})));
}

}  // namespace otmetka::cli
