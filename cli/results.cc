// `otmetka results`: what the gradebook holds.
#include <algorithm>
#include <iostream>
#include <map>
#include <set>

#include "checkers/catalog.h"
#include "cli/commands.h"
#include "cli/config.h"
#include "cli/csv.h"
#include "cli/explanation.h"
#include "cli/stores.h"
#include "cli/table.h"
#include "queue/codec.h"

namespace otmetka::cli {
namespace {

constexpr std::size_t kMostItemsNamed = 40;

struct Options {
  std::string gradebook;
  std::string config;
  std::string tenant;
  std::string assignment;
  std::string learner;
  std::string groups;
  std::string format;
  bool explain = false;
};

using gradebook::Standing;

std::string decimal(const Context& context, const Ratio& value) { return messages::number_text(value, context.language); }

bool failed(const ScoredResult& result) { return result.progress == Progress::kFailed; }

// Works that all FAILED have no mark: that is not a mark of zero.
bool has_mark(const Standing& standing) { return !std::all_of(standing.attempts.begin(), standing.attempts.end(), failed); }

// The counting attempt as one flat object: ScoredResult's fields, `final` (null where there is no mark) and `attempts`.
std::string json_line(const Standing& standing, bool traces) {
  const Ratio& mark = standing.mark.rounded;
  const std::string final = has_mark(standing) ? "{\"num\":\"" + int128_to_string(mark.num()) + "\",\"den\":\"" + int128_to_string(mark.den()) + "\"}"
                                               : std::string("null");
  std::string out;
  queue::append_json(standing.attempts[standing.shown], {.traces = traces}, out,
                     ",\"final\":" + final + ",\"attempts\":" + std::to_string(standing.attempts.size()));
  return out;
}

std::vector<std::string> cells(const Context& context, const Standing& standing) {
  const ScoredResult& shown = standing.attempts[standing.shown];
  const auto number = [&](bool known, const Ratio& value) { return known ? decimal(context, value) : std::string("-"); };
  return {shown.assignment.value,
          shown.learner.value,
          std::to_string(standing.attempts.size()),
          std::to_string(shown.attempt_no),
          number(!failed(shown), shown.raw),
          number(!failed(shown), shown.maximum),
          number(has_mark(standing), standing.mark.rounded),
          std::string(progress_name(shown.progress)),
          notices_text(context, shown)};
}

std::vector<std::string> heads(const Context& context) {
  return {say(context, "cli.results.head.assignment"), say(context, "cli.grade.learner"), say(context, "cli.results.head.attempts"),
          say(context, "cli.grade.attempt"),           say(context, "cli.grade.raw"),     say(context, "cli.grade.maximum"),
          say(context, "cli.grade.final"),             say(context, "cli.grade.state"),   say(context, "cli.grade.notices")};
}

std::string csv_line(const Context& context, const Standing& standing) {
  const ScoredResult& shown = standing.attempts[standing.shown];
  const auto number = [](bool known, const Ratio& value) { return known ? exact_decimal(value) : std::string(); };
  std::string out;
  CsvLine line(out);
  line.text(shown.assignment.value).text(shown.learner.value).plain(std::to_string(standing.attempts.size()));
  line.plain(std::to_string(shown.attempt_no)).plain(number(!failed(shown), shown.raw)).plain(number(!failed(shown), shown.maximum));
  line.plain(number(has_mark(standing), standing.mark.rounded)).plain(progress_name(shown.progress));
  line.text(notices_text(context, shown)).end();
  return out;
}

void explain_standing(const Context& context, const Standing& standing, std::ostream& out) {
  const ScoredResult& shown = standing.attempts[standing.shown];
  out << printable(shown.assignment.value) << " · " << printable(shown.learner.value) << " · " << say(context, "cli.grade.attempt") << ' '
      << shown.attempt_no << '\n';
  print_result(context, shown, out);
  if (has_mark(standing)) print_mark(context, standing.attempts, standing.mark, out);
  out << '\n';
}

// Equal answers to one part.
struct Group {
  std::int64_t count = 0;
  std::string example;
  PartResult first;
};

std::string example_of(const PartResult& part) {
  for (const Message& step : part.trace) {
    if (!step.id.starts_with("trace.answer") || step.args.empty()) continue;
    const auto* json = std::get_if<std::string>(&step.args.front());
    if (json == nullptr) break;
    const auto answer = queue::answer_from_json(*json);
    const auto* text = answer ? std::get_if<TextAnswer>(&*answer) : nullptr;
    return text != nullptr ? text->text : *json;
  }
  return part.answer_key;
}

struct Groups {
  std::map<std::tuple<std::string, std::string, std::string>, Group> by_answer;
  std::set<std::string> items;  // that there are results of
  bool found = false;           // the one asked for is among them
};

void add_to_groups(const Standing& standing, const std::string& item, Groups& groups) {
  for (const PartResult& part : standing.attempts[standing.shown].parts) {
    const std::string& id = part.part.value;
    if (groups.items.size() < kMostItemsNamed) groups.items.insert(id.substr(0, id.find('.')));
    if (id != item && !(id.starts_with(item) && id[item.size()] == '.')) continue;
    groups.found = true;
    if (part.status == Verdict::kNotAttempted) continue;
    Group& group = groups.by_answer[{id, part.answer_key, part.credit.to_string()}];
    if (group.count++ > 0) continue;
    group.example = example_of(part);
    group.first = part;
  }
}

std::string why(const Context& context, const PartResult& part) {
  std::string out = say(context, "status." + std::string(verdict_name(part.status)));
  for (const Message& message : part.feedback) out += "; " + checkers::message_catalogue().render(message, context.language);
  return out;
}

// Wrong answers first, the most frequent first.
std::vector<const Group*> in_order(const Groups& groups) {
  std::vector<const Group*> order;
  for (const auto& [key, group] : groups.by_answer) order.push_back(&group);
  std::stable_sort(order.begin(), order.end(), [](const Group* a, const Group* b) {
    const bool right_a = a->first.credit >= Ratio(1);
    const bool right_b = b->first.credit >= Ratio(1);
    return right_a != right_b ? right_b : a->count > b->count;
  });
  return order;
}

void group_json(const Group& group, std::string& out) {
  const auto text = [&](const char* key, std::string_view value) {
    out += std::string(",\"") + key + "\":";
    queue::append_json_string(value, out);
  };
  out += "{\"count\":" + std::to_string(group.count);
  text("part_id", group.first.part.value);
  text("answer", group.example);
  text("answer_key", group.first.answer_key);
  text("status", verdict_name(group.first.status));
  text("rule_id", group.first.rule_id);
  text("tag", group.first.tag);
  out += ",\"credit\":{\"num\":\"" + int128_to_string(group.first.credit.num()) + "\",\"den\":\"" +
         int128_to_string(group.first.credit.den()) + "\"}}\n";
}

void print_groups(const Context& context, const Options& options, const Groups& groups) {
  std::string text;
  Table table({"", say(context, "cli.results.head.count"), say(context, "cli.results.head.answer"), say(context, "cli.results.head.share"),
               say(context, "cli.results.head.status"), say(context, "cli.results.head.why")});
  if (options.format == "csv") text = "part_id,count,answer,credit,status,rule_id,tag\n";
  for (const Group* group : in_order(groups)) {
    const PartResult& part = group->first;
    if (options.format == "jsonl") {
      group_json(*group, text);
    } else if (options.format == "csv") {
      CsvLine line(text);
      line.text(part.part.value).plain(std::to_string(group->count)).text(group->example).plain(part.credit.to_string());
      line.plain(verdict_name(part.status)).text(part.rule_id).text(part.tag).end();
    } else {
      table.row({part.part.value, std::to_string(group->count), group->example, decimal(context, part.credit),
                 std::string(verdict_name(part.status)), why(context, part)});
    }
  }
  if (options.format == "jsonl" || options.format == "csv") {
    std::cout << text;
  } else {
    table.print(std::cout, context.colour_out);
  }
}

// Prints each standing as it comes; a table is laid out when all are there.
class StandingPrinter {
 public:
  StandingPrinter(const Context& context, const Options& options) : context_(context), options_(options), table_(heads(context)) {
    for (std::size_t column = 2; column < 7; ++column) table_.right_align(column);
    if (options_.format != "csv") return;
    std::cout << "assignment_id,learner_id,attempts,attempt_no,raw,maximum,final,progress,notices\n";
  }

  void add(const Standing& standing) {
    ++count_;
    if (options_.format == "jsonl") {
      std::cout << json_line(standing, options_.explain) << '\n';
    } else if (options_.format == "csv") {
      std::cout << csv_line(context_, standing);
    } else if (options_.explain) {
      explain_standing(context_, standing, std::cout);
    } else {
      table_.row(cells(context_, standing));
    }
  }

  void finish() {
    if (options_.format != "jsonl" && options_.format != "csv" && !options_.explain) table_.print(std::cout, context_.colour_out);
  }

  std::size_t count() const { return count_; }

 private:
  const Context& context_;
  const Options& options_;
  Table table_;
  std::size_t count_ = 0;
};

// Goes through the gradebook; true: all of it could be read.
Result<bool> read_all(const Context& context, const Options& options, gradebook::Store& store,
                      const std::function<void(const Standing&)>& take) {
  bool whole = true;
  const Status done = store.visit(
      {options.tenant, options.assignment, options.learner},
      [&](const Standing& standing) {
        take(standing);
        return std::cout.good();
      },
      [&](const Error& damaged) {
        whole = false;
        report(context, damaged);
      });
  return done ? Result<bool>(whole) : done.failure();
}

int show_results(const Context& context, const Options& options, gradebook::Store& store) {
  StandingPrinter printer(context, options);
  const auto whole = read_all(context, options, store, [&](const Standing& standing) { printer.add(standing); });
  if (!whole) return report(context, whole.failure());
  printer.finish();
  if (printer.count() == 0 && *whole) warn(context, {"OT426", {}});
  return *whole ? kDone : kSomeFailed;
}

int show_groups(const Context& context, const Options& options, gradebook::Store& store) {
  Groups groups;
  const auto whole = read_all(context, options, store, [&](const Standing& standing) { add_to_groups(standing, options.groups, groups); });
  if (!whole) return report(context, whole.failure());
  if (!groups.found && !groups.items.empty()) {
    std::string items;
    for (const std::string& item : groups.items) items += (items.empty() ? "" : ", ") + item;
    return report(context, error("OT535", {options.groups, items}));
  }
  print_groups(context, options, groups);
  if (!groups.found && *whole) warn(context, {"OT426", {}});
  return *whole ? kDone : kSomeFailed;
}

int run(const Context& context, const Options& options) {
  const auto config = read_config(options.config, {{"gradebook", options.gradebook}});
  if (!config) return report(context, config.failure());
  const auto store = open_gradebook(*config, Access::kRead);
  if (!store) return report(context, store.failure());
  return options.groups.empty() ? show_results(context, options, **store) : show_groups(context, options, **store);
}

}  // namespace

Command results_command() {
  static Options options;
  return {.name = "results",
          .summary_id = "cli.results.summary",
          .options = {{.name = "--gradebook", .value_name = "sqlite:FILE", .help_id = "cli.option.gradebook", .text = &options.gradebook},
                      {.name = "--assignment", .value_name = "ID", .help_id = "cli.results.assignment", .text = &options.assignment},
                      {.name = "--tenant", .value_name = "ID", .help_id = "cli.results.tenant", .text = &options.tenant},
                      {.name = "--learner", .value_name = "ID", .help_id = "cli.results.learner", .text = &options.learner},
                      {.name = "--explain", .help_id = "cli.option.explain", .flag = &options.explain},
                      {.name = "--groups", .value_name = "ITEM", .help_id = "cli.results.groups", .text = &options.groups},
                      {.name = "--format", .value_name = "FORMAT", .help_id = "cli.option.format", .choices = {"table", "jsonl", "csv"},
                       .text = &options.format},
                      {.name = "--config", .value_name = "FILE", .help_id = "cli.option.config", .text = &options.config}},
          .run = [](const Context& context) { return run(context, options); }};
}

}  // namespace otmetka::cli
