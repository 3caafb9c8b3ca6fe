#include "cli/spec_sources.h"

#include <filesystem>
#include <iterator>
#include <utility>

#include "cli/kafka_config.h"
#include "cli/server_log.h"
#include "engine/compiled_spec.h"
#include "engine/sha256.h"

namespace otmetka::cli {
namespace {

constexpr std::size_t kMostSpecs = 1'000;  // of earlier versions, ready to grade by
constexpr std::chrono::milliseconds kEvery{2'000};
constexpr std::chrono::milliseconds kWanted{100};

std::string name_of(const engine::CompiledSpec& spec) { return "id=" + spec.message.id() + " sha256=" + spec.sha256; }

// Specs that graded once are kept with what they graded.
engine::SpecArchive archive_of(gradebook::Store* store) {
  if (store == nullptr) return {};
  return [store](const std::string& sha256) -> std::optional<std::string> {
    auto row = store->spec(sha256);
    if (!row || !*row) return std::nullopt;
    return std::move((*row)->bytes);
  };
}

void log_refusal(const Context& context, const std::string& path, const engine::CheckedSpec& checked) {
  std::string codes;
  for (const auto& diagnostic : checked.diagnostics) {
    if (diagnostic.severity == messages::Severity::kError) codes += (codes.empty() ? "" : ", ") + diagnostic.message.id;
  }
  log_notice(context, {"OT527", {path, codes}});
}

void log_package(const Context& context, const std::string& path, const engine::CheckedSpec& checked) {
  for (const spec::Diagnostic& diagnostic : checked.diagnostics) log_notice(context, diagnostic.message, path);
}

bool is_folder(const std::string& path) {
  std::error_code problem;
  return std::filesystem::is_directory(path, problem);
}

}  // namespace

SpecSources::SpecSources(const Context& context, const Config& config, gradebook::Store* book, const std::atomic<bool>* leaving)
    : context_(context), book_(book), cache_(kMostSpecs, archive_of(book)) {
  auto kafka = kafka_options(config, "queue");
  if (kafka) kafka->leaving = leaving;
  if (kafka) topic_ = std::make_unique<queue::SpecTopic>(*kafka);
  const std::string& folder = config.get("specs");
  if (topic_ == nullptr || config.origin("specs") != "default" || is_folder(folder)) folder_.emplace(folder, cache_, events());
}

engine::SpecDirectory::Events SpecSources::events() {
  return {.loaded = [this](const engine::CompiledSpec& spec) { return from_folder(spec); },
          .withheld = [](const engine::CompiledSpec& spec,
                         const Error& why) { log_event("spec_not_stored", "code=" + why.code() + " " + name_of(spec)); },
          .refused = [this](const std::string& path, const engine::CheckedSpec& checked) { log_refusal(context_, path, checked); },
          .same_id = [this](const std::string& first, const std::string& second,
                            const std::string& id) { log_notice(context_, {"OT528", {first, second, id}}); },
          .vanished = [this](const std::string& path, const std::string& id) { log_notice(context_, {"OT529", {path, id}}); },
          .lost =
              [this](const Error& why) {
                log_notice(context_, why.code() == "OT526" ? Message{"OT536", why.message.args} : why.message);
              },
          .back = [] { log_event("specs_back", {}); },
          .package = [this](const std::string& path, const engine::CheckedSpec& checked) { log_package(context_, path, checked); }};
}

Status SpecSources::from_folder(const engine::CompiledSpec& spec) {
  if (book_ != nullptr) {
    if (Status put = book_->put_spec({spec.sha256, spec.message.id(), spec.bytes}); !put) return put;
  }
  if (Status published = publish(spec); !published) return published;
  folder_ids_.insert(spec.message.id());
  log_event("spec_loaded", name_of(spec));
  return ok_status();
}

// For who keeps a gradebook elsewhere. Where one is kept here, what the topic will never take is no reason not to grade by it.
Status SpecSources::publish(const engine::CompiledSpec& spec) {
  if (topic_ == nullptr || in_topic_.contains(spec.sha256)) return ok_status();
  const Status done = topic_->publish({spec.message.id(), spec.sha256, spec.bytes, false});
  if (!done && (book_ == nullptr || done.failure().retryable)) return done;
  if (!done) log_notice(context_, done.failure().message);
  in_topic_.insert(spec.sha256);
  return ok_status();
}

Status SpecSources::begin() {
  // What the topic holds is known before the folder is read, so that nothing is published twice; and taken afterwards, when the
  // folder's ids are known.
  if (topic_ != nullptr) {
    auto specs = topic_->read(true);
    if (!specs) return specs.failure();
    for (queue::PublishedSpec& spec : *specs) {
      in_topic_.insert(spec.sha256);
      waiting_.push_back(std::move(spec));
    }
  }
  if (folder_) {
    if (Status read = folder_->refresh(); !read) return read;
  }
  const auto taken = read_topic();
  return taken ? ok_status() : Status(taken.failure());
}

bool SpecSources::look(bool wanted) {
  bool is_new = folder_ && folder_->refresh_if_due(wanted);
  const auto now = std::chrono::steady_clock::now();
  if (topic_ == nullptr || now < next_look_ - (wanted ? kEvery - kWanted : std::chrono::milliseconds(0))) return is_new;
  next_look_ = now + kEvery;
  const auto taken = read_topic();
  if (!taken && !topic_lost_) log_event("specs_topic_failing", "code=" + taken.failure().code());
  if (taken && topic_lost_) log_event("specs_topic_well", {});
  topic_lost_ = !taken;
  return is_new || (taken && *taken);
}

// True: there are new ones.
Result<bool> SpecSources::read_topic() {
  if (topic_ == nullptr) return false;
  auto specs = topic_->read(false);
  if (!specs) return specs.failure();
  waiting_.insert(waiting_.end(), std::make_move_iterator(specs->begin()), std::make_move_iterator(specs->end()));
  const bool some = !waiting_.empty();
  for (; !waiting_.empty(); waiting_.pop_front()) {
    if (Status taken = take(waiting_.front()); !taken) return taken.failure();
  }
  return some;
}

Status SpecSources::take(const queue::PublishedSpec& spec) {
  in_topic_.insert(spec.sha256);
  v1::AssessmentSpec message;
  const bool is_right = !spec.bytes.empty() && engine::sha256_hex(spec.bytes) == spec.sha256 && message.ParseFromString(spec.bytes) &&
                        message.id() == spec.id;
  const auto compiled = is_right ? engine::compile(std::move(message), {}, spec.bytes) : engine::CompileResult{};
  if (compiled.spec == nullptr) {
    log_notice(context_, {"OT466", {std::string("specs"), spec.id}});
    return ok_status();
  }
  if (book_ != nullptr) {
    if (Status put = book_->put_spec({spec.sha256, spec.id, spec.bytes}); !put) return put;
  }
  const bool current = spec.current && !folder_ids_.contains(spec.id);
  cache_.put(compiled.spec, current);
  if (current) log_event("spec_loaded", name_of(*compiled.spec));
  return ok_status();
}

}  // namespace otmetka::cli
