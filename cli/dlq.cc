// `otmetka dlq`: works that could not be graded.
#include <charconv>
#include <chrono>
#include <functional>
#include <iostream>
#include <thread>

#include <google/protobuf/util/json_util.h>

#include "checkers/catalog.h"
#include "cli/commands.h"
#include "cli/config.h"
#include "cli/dlq_filter.h"
#include "cli/stores.h"
#include "cli/table.h"
#include "proto/submission.pb.h"
#include "queue/codec.h"

namespace otmetka::cli {
namespace {

struct Options {
  std::string queue;
  std::string config;
  std::string format;
  std::vector<std::string> filter;
  std::string rate;
  std::string id;
  bool all = false;
};

using queue::DeadLetter;

constexpr std::size_t kPage = 1'000;

Result<std::unique_ptr<WorkQueue>> open(const Options& options) {
  const auto config = read_config(options.config, {{"queue", options.queue}});
  if (!config) return config.failure();
  if (Status there = expect_queue(*config); !there) return there.failure();
  return open_queue(*config, QueueRole::kClient);
}

std::string reason_text(const Context& context, const DeadLetter& letter) {
  return checkers::message_catalogue().render(letter.reason, context.language);
}

void append_json(const DeadLetter& letter, std::string& out) {
  const auto text = [&](const char* key, std::string_view value) {
    out += std::string(",\"") + key + "\":";
    queue::append_json_string(value, out);
  };
  out += "{\"id\":" + std::to_string(letter.id) + ",\"offset\":" + std::to_string(letter.record.position.offset) +
         ",\"attempts\":" + std::to_string(letter.attempts);
  text("code", letter.reason.id);
  text("reason", checkers::message_catalogue().render(letter.reason, Language::kEnglish));
  text("parked_at", to_rfc3339(letter.parked_at));
  text("submission_id", letter.submission_id);
  text("assignment_id", letter.assignment_id);
  text("learner_id", letter.learner_id);
  out += "}\n";
}

// The record as people can read it: JSON where it is JSON or can be written so, else the bytes with controls masked.
std::string payload_text(const queue::Record& record) {
  v1::SubmissionEvent event;
  if (record.encoding == queue::Encoding::kJson || !event.ParseFromString(record.payload)) return printable(record.payload);
  google::protobuf::util::JsonPrintOptions pretty;
  pretty.add_whitespace = true;
  pretty.preserve_proto_field_names = true;
  std::string out;
  return google::protobuf::util::MessageToJsonString(event, &out, pretty).ok() ? out : printable(record.payload);
}

// All that match, a page at a time, oldest first, without their payloads.
Status for_each(queue::DeadLetterStore& store, const LetterFilter& filter, const std::function<void(const DeadLetter&)>& visit) {
  for (std::int64_t after = 0;;) {
    const auto page = store.list(after, kPage);
    if (!page) return page.failure();
    for (const DeadLetter& letter : *page) {
      if (filter.matches(letter)) visit(letter);
    }
    if (page->size() < kPage) return ok_status();
    after = page->back().id;
  }
}

int list(const Context& context, const Options& options) {
  const auto filter = LetterFilter::parse(context, options.filter);
  if (!filter) return report(context, filter.failure());
  auto queue = open(options);
  if (!queue) return report(context, queue.failure());
  Table table({say(context, "cli.dlq.head.id"), say(context, "cli.dlq.head.at"), say(context, "cli.explain.code"),
               say(context, "cli.results.head.assignment"), say(context, "cli.grade.learner"), say(context, "cli.dlq.head.tries"),
               say(context, "cli.dlq.head.reason")});
  const bool lines = options.format == "jsonl";
  const Status listed = for_each((*queue)->dead_letters(), *filter, [&](const DeadLetter& letter) {
    if (lines) {
      std::string line;
      append_json(letter, line);
      std::cout << line;
      return;
    }
    table.row({std::to_string(letter.id), to_rfc3339(letter.parked_at), letter.reason.id, letter.assignment_id, letter.learner_id,
               std::to_string(letter.attempts), reason_text(context, letter)});
  });
  if (!listed) return report(context, listed.failure());
  if (!lines) table.print(std::cout, context.colour_out);
  return kDone;
}

// The letters that the command line names: one, or all that match.
Result<std::vector<std::int64_t>> chosen(queue::DeadLetterStore& store, const LetterFilter& filter, const Options& options) {
  if (!options.all && options.filter.empty()) {
    std::int64_t id = 0;
    const auto [end, problem] = std::from_chars(options.id.data(), options.id.data() + options.id.size(), id);
    if (problem != std::errc{} || end != options.id.data() + options.id.size()) return error("OT533", {options.id});
    return std::vector<std::int64_t>{id};
  }
  std::vector<std::int64_t> ids;
  const Status listed = for_each(store, filter, [&](const DeadLetter& letter) { ids.push_back(letter.id); });
  if (!listed) return listed.failure();
  return ids;
}

int show(const Context& context, const Options& options) {
  const auto filter = LetterFilter::parse(context, options.filter);
  if (!filter) return report(context, filter.failure());
  auto queue = open(options);
  if (!queue) return report(context, queue.failure());
  const auto ids = chosen((*queue)->dead_letters(), *filter, options);
  if (!ids) return report(context, ids.failure());
  for (const std::int64_t id : *ids) {
    const auto letter = (*queue)->dead_letters().show(id);
    if (!letter) return report(context, letter.failure());
    std::string line;
    append_json(*letter, line);
    std::cout << line << printable(reason_text(context, *letter)) << "\n\n";
    std::cout << payload_text(letter->record) << '\n';
  }
  return kDone;
}

// With a rate, evenly: the n-th not before n/rate seconds have passed since the first.
template <class Act>
int each(const Context& context, const Options& options, const char* done_id, Act act) {
  const auto filter = LetterFilter::parse(context, options.filter);
  if (!filter) return report(context, filter.failure());
  const auto rate = parse_rate(context, options.rate);
  if (!rate) return report(context, rate.failure());
  auto queue = open(options);
  if (!queue) return report(context, queue.failure());
  const auto ids = chosen((*queue)->dead_letters(), *filter, options);
  if (!ids) return report(context, ids.failure());
  const auto begun = std::chrono::steady_clock::now();
  std::int64_t count = 0;
  for (const std::int64_t id : *ids) {
    if (*rate) {
      const std::chrono::duration<double> due(static_cast<double>(count) / **rate);
      std::this_thread::sleep_until(begun + std::chrono::duration_cast<std::chrono::steady_clock::duration>(due));
    }
    if (Status done = act((*queue)->dead_letters(), id); !done) return report(context, done.failure());
    ++count;
  }
  std::cerr << say(context, done_id, {count}) << '\n';
  return kDone;
}

int replay(const Context& context, const Options& options) {
  return each(context, options, "cli.dlq.replayed", [](queue::DeadLetterStore& store, std::int64_t id) { return store.replay(id); });
}

int drop(const Context& context, const Options& options) {
  return each(context, options, "cli.dlq.dropped", [](queue::DeadLetterStore& store, std::int64_t id) { return store.drop(id); });
}

Command subcommand(const char* name, const char* summary, Options& options, int (*act)(const Context&, const Options&)) {
  const bool takes_id = std::string_view(name) != "list";
  Command out{.name = std::string("dlq ") + name,
              .summary_id = summary,
              .options = {{.name = "--queue", .value_name = "PLACE", .help_id = "cli.option.queue", .text = &options.queue},
                          {.name = "--filter", .value_name = "CONDITION", .help_id = "cli.dlq.filter", .texts = &options.filter},
                          {.name = "--config", .value_name = "FILE", .help_id = "cli.option.config", .text = &options.config}},
              .run = [&options, act, takes_id](const Context& context) {
                const bool chosen = options.all || !options.id.empty() || !options.filter.empty();
                if (takes_id && !chosen) return report(context, error("OT504", {say(context, "cli.dlq.which")}));
                return act(context, options);
              }};
  if (!takes_id) {
    out.options.push_back({.name = "--format",
                           .value_name = "FORMAT",
                           .help_id = "cli.option.format",
                           .choices = {"table", "jsonl"},
                           .text = &options.format});
  } else {
    out.options.push_back({.name = "--all", .help_id = "cli.dlq.all", .flag = &options.all});
    out.options.push_back({.name = "ID", .help_id = "cli.dlq.id", .text = &options.id});
  }
  if (std::string_view(name) == "replay") {
    out.options.push_back({.name = "--rate", .value_name = "N/s", .help_id = "cli.dlq.rate", .text = &options.rate});
  }
  return out;
}

}  // namespace

Command dlq_command() {
  static Options options;
  return {.name = "dlq",
          .summary_id = "cli.dlq.summary",
          .subcommands = {subcommand("list", "cli.dlq.list", options, list), subcommand("show", "cli.dlq.show", options, show),
                          subcommand("replay", "cli.dlq.replay", options, replay), subcommand("drop", "cli.dlq.drop", options, drop)}};
}

}  // namespace otmetka::cli
