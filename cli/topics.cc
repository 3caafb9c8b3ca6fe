// `otmetka topics create|check`: the topics of a queue on Kafka.
#include <charconv>
#include <iostream>

#include "checkers/catalog.h"
#include "cli/commands.h"
#include "cli/config.h"
#include "cli/kafka_config.h"
#include "cli/table.h"
#include "queue/codec.h"
#include "queue/kafka/topics.h"

namespace otmetka::cli {
namespace {

struct Options {
  std::string queue;
  std::string config;
  std::string format;
  std::string partitions;
  std::string replication;
  std::string retention;
};

Result<queue::KafkaOptions> kafka(const Options& options, const std::string& what) {
  const auto config = read_config(options.config, {{"queue", options.queue}});
  if (!config) return config.failure();
  return kafka_options(*config, what);
}

Result<int> whole(const Context& context, const char* option, const std::string& text, int otherwise, int most) {
  if (text.empty()) return otherwise;
  int number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem == std::errc{} && end == text.data() + text.size() && number >= 1 && number <= most) return number;
  return error("OT462", {std::string(option), text, say(context, "cli.topics.number_form")});
}

Result<queue::TopicPlan> plan_of(const Context& context, const Options& options) {
  queue::TopicPlan plan;
  const auto partitions = whole(context, "--partitions", options.partitions, plan.partitions, 10'000);
  if (!partitions) return partitions.failure();
  const auto replication = whole(context, "--replication", options.replication, plan.replication, 100);
  if (!replication) return replication.failure();
  const auto days = whole(context, "--retention-days", options.retention, static_cast<int>(plan.retention.count() / 24), 36'500);
  if (!days) return days.failure();
  plan.partitions = *partitions;
  plan.replication = *replication;
  plan.retention = std::chrono::hours(24 * *days);
  return plan;
}

int create(const Context& context, const Options& options) {
  const auto plan = plan_of(context, options);
  if (!plan) return report(context, plan.failure());
  const auto queue = kafka(options, "topics create");
  if (!queue) return report(context, queue.failure());
  const auto made = queue::create_topics(*queue, *plan);
  if (!made) return report(context, made.failure());
  for (const std::string& name : *made) std::cout << name << '\n';
  const auto count = static_cast<std::int64_t>(made->size());
  std::cerr << (made->empty() ? say(context, "cli.topics.nothing_made") : say(context, "cli.topics.made", {count})) << '\n';
  return kDone;
}

int check(const Context& context, const Options& options) {
  const auto queue = kafka(options, "topics check");
  if (!queue) return report(context, queue.failure());
  const auto found = queue::check_topics(*queue);
  if (!found) return report(context, found.failure());
  for (const Message& message : *found) {
    const auto text = [&](Language language) { return checkers::message_catalogue().render(message, language); };
    if (options.format == "jsonl") {
      std::string line = "{\"code\":";
      queue::append_json_string(message.id, line);
      line += ",\"text\":";
      queue::append_json_string(text(Language::kEnglish), line);
      std::cout << line << "}\n";
    } else {
      std::cout << message.id << ": " << printable(text(context.language)) << '\n';
    }
  }
  if (found->empty()) std::cerr << say(context, "cli.topics.well") << '\n';
  return found->empty() ? kDone : kNo;
}

}  // namespace

Command topics_command() {
  static Options options;
  const Option queue{.name = "--queue", .value_name = "kafka:BROKERS", .help_id = "cli.option.queue", .text = &options.queue};
  const Option config{.name = "--config", .value_name = "FILE", .help_id = "cli.option.config", .text = &options.config};
  return {.name = "topics",
          .summary_id = "cli.topics.summary",
          .subcommands = {
              {.name = "topics create",
               .summary_id = "cli.topics.create",
               .options = {queue,
                           {.name = "--partitions", .value_name = "N", .help_id = "cli.topics.partitions", .text = &options.partitions},
                           {.name = "--replication", .value_name = "N", .help_id = "cli.topics.replication", .text = &options.replication},
                           {.name = "--retention-days", .value_name = "N", .help_id = "cli.topics.retention", .text = &options.retention},
                           config},
               .run = [](const Context& context) { return create(context, options); }},
              {.name = "topics check",
               .summary_id = "cli.topics.check",
               .options = {queue,
                           {.name = "--format", .value_name = "FORMAT", .help_id = "cli.option.format", .choices = {"text", "jsonl"},
                            .text = &options.format},
                           config},
               .run = [](const Context& context) { return check(context, options); }}}};
}

}  // namespace otmetka::cli
