// Where works that run programs find the sandbox: opened when the first one needs it.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "model/result.h"
#include "sandbox/workshop.h"

namespace otmetka::engine {

// Any thread. A command that grades no program never pays for a sandbox.
class Programs {
 public:
  explicit Programs(sandbox::WorkshopOptions options) : options_(std::move(options)) {}

  // Errors of sandbox::Workshop::open; the first one is given again to whoever asks later.
  Result<sandbox::Workshop*> workshop();

  // Calls `one` with each of 0 … n-1 on as many threads as there are slots, this one among them; returns when all are done.
  void for_each(std::size_t n, const std::function<void(std::size_t)>& one);

 private:
  sandbox::WorkshopOptions options_;
  std::mutex mutex_;
  std::unique_ptr<sandbox::Workshop> workshop_;
  std::optional<Error> failure_;
};

}  // namespace otmetka::engine
