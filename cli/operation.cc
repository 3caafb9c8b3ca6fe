#include "cli/operation.h"

#include <algorithm>

#include "checkers/catalog.h"
#include "cli/kafka_config.h"
#include "cli/server_log.h"
#include "engine/engine.h"
#include "engine/gradebook_feed.h"
#include "queue/codec.h"

namespace otmetka::cli {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLeastWatchdog{2'000};
constexpr const char* kStarting = "starting";

}  // namespace

Operation::Operation(const Context& context, milliseconds watchdog)
    : context_(context), watchdog_(std::max(watchdog, kLeastWatchdog)), counts_(metrics_) {
  engine::add_process_readings(metrics_);
  reason(kStarting, Message{"OT492", {}});
}

Operation::~Operation() = default;

Result<std::unique_ptr<Operation>> Operation::start(const Context& context, const Config& config) {
  std::unique_ptr<Operation> operation(new Operation(context, milliseconds(config.get_int("watchdog_ms"))));
  when_brokers_are_silent([](const std::string& brokers, const std::string& reason) {
    log_event("brokers_silent", "brokers=" + brokers + " reason=" + quoted(reason));
  });
  const std::string& listen = config.get("listen");
  if (listen.empty()) return operation;
  const auto address = web::parse_address(listen);
  if (!address) return address.failure();
  web::Handlers handlers{{"/healthz", [self = operation.get()](const web::Request&) { return self->health(); }},
                         {"/readyz", [self = operation.get()](const web::Request&) { return self->readiness(); }},
                         {"/metrics", [self = operation.get()](const web::Request&) {
                            return web::Response{.content_type = "text/plain; version=0.0.4; charset=utf-8", .body = self->metrics_.text()};
                          }}};
  const auto say = [language = context.language](const Message& message) {
    return checkers::message_catalogue().render(message, language);
  };
  auto server = web::HttpServer::start(*address, std::move(handlers), {.say = say});
  if (!server) return server.failure();
  operation->server_ = std::move(*server);
  log_event("listening", "address=" + operation->server_->address());
  return operation;
}

void Operation::saw(const engine::Event& event) {
  if (event.name == "queue_failing") reason("queue", Message{"OT493", {event.code}});
  if (event.name == "queue_well") reason("queue", std::nullopt);
  if (event.name == "gradebook_failing") reason("gradebook", Message{"OT494", {event.code}});
  if (event.name == "gradebook_well") reason("gradebook", std::nullopt);
}

void Operation::leaving() { reason("leaving", Message{"OT495", {}}); }

void Operation::reason(const std::string& name, std::optional<Message> why) {
  const std::lock_guard lock(mutex_);
  if (why) {
    reasons_.insert_or_assign(name, std::move(*why));
  } else {
    reasons_.erase(name);
  }
}

Operation::Serving::Serving(Operation& operation, const engine::Engine* worker, const std::vector<const engine::GradebookFeed*>& feeds)
    : operation_(operation) {
  if (worker != nullptr) engine::add_readings(operation.metrics_, *worker);
  if (!feeds.empty()) engine::add_readings(operation.metrics_, feeds);
  {
    const std::lock_guard lock(operation.mutex_);
    operation.loops_.clear();
    if (worker != nullptr) operation.loops_ = {{"poll", &worker->polling()}, {"commit", &worker->committing()}};
    for (const engine::GradebookFeed* feed : feeds) operation.loops_.push_back({"gradebook", &feed->heartbeat()});
  }
  operation.reason(kStarting, std::nullopt);
}

Operation::Serving::~Serving() { operation_.server_.reset(); }

web::Response Operation::health() const {
  const auto time = engine::Heartbeat::Clock::now();
  std::vector<Message> reasons;
  {
    const std::lock_guard lock(mutex_);
    for (const Loop& loop : loops_) {
      const auto silence = loop.heartbeat->silence(time);
      if (silence < watchdog_) continue;
      reasons.push_back({"OT491", {loop.name, std::int64_t{std::chrono::floor<std::chrono::seconds>(silence).count()}}});
    }
  }
  return answer(reasons.empty(), reasons);
}

web::Response Operation::readiness() const {
  std::vector<Message> reasons;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [name, why] : reasons_) reasons.push_back(why);
  }
  return answer(reasons.empty(), reasons);
}

web::Response Operation::answer(bool well, const std::vector<Message>& reasons) const {
  web::Response out{.status = well ? 200u : 503u, .content_type = "application/json"};
  out.body = std::string("{\"status\":\"") + (well ? "ok" : "unavailable") + "\",\"reasons\":[";
  for (const Message& one : reasons) {
    out.body += out.body.ends_with('[') ? "{\"code\":" : ",{\"code\":";
    queue::append_json_string(one.id, out.body);
    out.body += ",\"text\":";
    queue::append_json_string(checkers::message_catalogue().render(one, context_.language), out.body);
    out.body += '}';
  }
  out.body += "]}\n";
  return out;
}

}  // namespace otmetka::cli
