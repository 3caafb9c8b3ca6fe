// What an operator may ask of a running server over HTTP: /healthz, /readyz, /metrics.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "cli/command_line.h"
#include "cli/config.h"
#include "engine/engine_metrics.h"
#include "engine/event.h"
#include "engine/heartbeat.h"
#include "engine/metrics.h"
#include "model/result.h"
#include "web/server/http_server.h"

namespace otmetka::engine {
class Engine;
class GradebookFeed;
}  // namespace otmetka::engine

namespace otmetka::cli {

// healthz: 200 while the loops turn, 503 when one has not for `watchdog_ms` (two seconds at least: they turn once a second).
// readyz: 200 while submissions are taken and their results go where they belong. Both answer {"status":…,"reasons":[…]}.
// Any thread.
class Operation {
 public:
  // Listens (event=listening) where the setting `listen` says; without it nobody is answered and nothing is measured.
  static Result<std::unique_ptr<Operation>> start(const Context& context, const Config& config);
  ~Operation();
  Operation(const Operation&) = delete;
  Operation& operator=(const Operation&) = delete;

  std::string address() const { return server_ ? server_->address() : std::string(); }
  const engine::EngineMetrics* metrics() const { return server_ ? &counts_ : nullptr; }

  void saw(const engine::Event& event);  // of the engine and the feed
  void leaving();

  // Why the server is not ready, under a name of the caller's; nullopt: that is over.
  void reason(const std::string& name, std::optional<Message> why);

  // While it lives the worker (null: there is none) and the feeds are looked at, and the server is ready. Ends before they do, and
  // so do the answers.
  class Serving {
   public:
    Serving(Operation& operation, const engine::Engine* worker, const std::vector<const engine::GradebookFeed*>& feeds);
    ~Serving();
    Serving(const Serving&) = delete;
    Serving& operator=(const Serving&) = delete;

   private:
    Operation& operation_;
  };

 private:
  struct Loop {
    std::string name;
    const engine::Heartbeat* heartbeat;
  };
  Operation(const Context& context, std::chrono::milliseconds watchdog);
  web::Response health() const;
  web::Response readiness() const;
  web::Response answer(bool well, const std::vector<Message>& reasons) const;

  const Context context_;
  const std::chrono::milliseconds watchdog_;
  engine::Metrics metrics_;
  engine::EngineMetrics counts_;
  mutable std::mutex mutex_;
  std::map<std::string, Message> reasons_;
  std::vector<Loop> loops_;
  std::unique_ptr<web::HttpServer> server_;  // last: its thread uses the rest
};

}  // namespace otmetka::cli
