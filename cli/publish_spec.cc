// `otmetka publish-spec`: specs for all workers on Kafka at once.
#include <iostream>

#include "cli/commands.h"
#include "cli/config.h"
#include "cli/kafka_config.h"
#include "cli/spec_input.h"
#include "engine/spec_directory.h"
#include "queue/kafka/specs.h"

namespace otmetka::cli {
namespace {

struct Options {
  std::string queue;
  std::string config;
  std::vector<std::string> paths;
};

// All of them are read before the first is published: one with errors keeps the others back.
Result<std::vector<std::shared_ptr<const engine::CompiledSpec>>> read_all(const Context& context, const Options& options) {
  std::vector<std::shared_ptr<const engine::CompiledSpec>> out;
  for (const std::string& path : options.paths) {
    const auto files = engine::spec_files(path);
    if (!files) return files.failure();
    if (files->empty()) warn(context, {"OT538", {path}});
    for (const std::string& file : *files) {
      auto spec = load_spec(context, file);
      if (!spec) return spec.failure();
      out.push_back(std::move(*spec));
    }
  }
  return out;
}

int run(const Context& context, const Options& options) {
  const auto config = read_config(options.config, {{"queue", options.queue}});
  if (!config) return report(context, config.failure());
  const auto kafka = kafka_options(*config, "publish-spec");
  if (!kafka) return report(context, kafka.failure());
  const auto specs = read_all(context, options);
  if (!specs) return report(context, specs.failure());
  if (specs->empty()) return kUsage;
  queue::SpecTopic topic(*kafka);
  std::int64_t published = 0;
  for (const auto& spec : *specs) {
    const Status done = topic.publish({spec->message.id(), spec->sha256, spec->bytes, true});
    if (!done) return report(context, done.failure());
    std::cout << spec->message.id() << ' ' << spec->sha256 << '\n';
    ++published;
  }
  std::cerr << say(context, "cli.publish_spec.done", {published}) << '\n';
  return kDone;
}

}  // namespace

Command publish_spec_command() {
  static Options options;
  return {.name = "publish-spec",
          .summary_id = "cli.publish_spec.summary",
          .options = {{.name = "--queue", .value_name = "kafka:BROKERS", .help_id = "cli.option.queue", .text = &options.queue},
                      {.name = "--config", .value_name = "FILE", .help_id = "cli.option.config", .text = &options.config},
                      {.name = "PATH", .help_id = "cli.publish_spec.files", .required = true, .texts = &options.paths}},
          .run = [](const Context& context) { return run(context, options); }};
}

}  // namespace otmetka::cli
