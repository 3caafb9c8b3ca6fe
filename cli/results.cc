// `otmetka results`: what the gradebook holds.
#include <algorithm>
#include <iostream>

#include "cli/answer_groups.h"
#include "cli/commands.h"
#include "cli/config.h"
#include "cli/csv.h"
#include "cli/explanation.h"
#include "cli/history.h"
#include "cli/replay_check.h"
#include "cli/stores.h"
#include "cli/table.h"
#include "queue/codec.h"

namespace otmetka::cli {
namespace {

struct Options {
  std::string gradebook;
  std::string config;
  std::string tenant;
  std::string assignment;
  std::string learner;
  std::string groups;
  std::string format;
  bool explain = false;
  bool replay = false;
  bool history = false;
};

using gradebook::Standing;

std::string decimal(const Context& context, const Ratio& value) { return messages::number_text(value, context.language); }

bool failed(const ScoredResult& result) { return result.progress == Progress::kFailed; }

// Works that all FAILED have no mark: that is not a mark of zero.
bool has_mark(const Standing& standing) { return !std::all_of(standing.attempts.begin(), standing.attempts.end(), failed); }

// The counting attempt as one flat object: ScoredResult's fields, `final` (null where there is no mark) and `attempts`.
std::string json_line(const Standing& standing, bool traces) {
  const Ratio& mark = standing.mark.rounded;
  std::string final = "null";
  if (has_mark(standing)) {
    final = "{\"num\":\"" + int128_to_string(mark.num()) + "\",\"den\":\"" + int128_to_string(mark.den()) + "\"}";
  }
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

constexpr std::string_view kCsvHead = "assignment_id,learner_id,attempts,attempt_no,raw,maximum,final,progress,notices\n";

std::string csv_line(const Context& context, const Standing& standing, bool with_tenant) {
  const ScoredResult& shown = standing.attempts[standing.shown];
  const auto number = [](bool known, const Ratio& value) { return known ? exact_decimal(value) : std::string(); };
  std::string out;
  CsvLine line(out);
  if (with_tenant) line.text(shown.tenant.value);
  line.text(shown.assignment.value).text(shown.learner.value).plain(std::to_string(standing.attempts.size()));
  line.plain(std::to_string(shown.attempt_no)).plain(number(!failed(shown), shown.raw)).plain(number(!failed(shown), shown.maximum));
  line.plain(number(has_mark(standing), standing.mark.rounded)).plain(progress_name(shown.progress));
  line.text(notices_text(context, shown)).end();
  return out;
}

void explain_standing(const Context& context, const Standing& standing, bool with_tenant, std::ostream& out) {
  const ScoredResult& shown = standing.attempts[standing.shown];
  if (with_tenant) out << printable(shown.tenant.value) << " · ";
  out << printable(shown.assignment.value) << " · " << printable(shown.learner.value) << " · " << say(context, "cli.grade.attempt") << ' '
      << shown.attempt_no << '\n';
  print_result(context, shown, out);
  if (has_mark(standing)) print_mark(context, standing.attempts, standing.mark, out);
  out << '\n';
}

// Prints each standing as it comes; a table is laid out when all are there.
class StandingPrinter {
 public:
  StandingPrinter(const Context& context, const Options& options, bool with_tenant)
      : context_(context), options_(options), with_tenant_(with_tenant), table_(table_heads()) {
    const std::size_t first = with_tenant_ ? 3 : 2;
    for (std::size_t column = first; column < first + 5; ++column) table_.right_align(column);
    if (options_.format == "csv") std::cout << (with_tenant_ ? "tenant_id," : "") << kCsvHead;
  }

  void add(const Standing& standing) {
    ++count_;
    if (options_.format == "jsonl") {
      std::cout << json_line(standing, options_.explain) << '\n';
    } else if (options_.format == "csv") {
      std::cout << csv_line(context_, standing, with_tenant_);
    } else if (options_.explain) {
      explain_standing(context_, standing, with_tenant_, std::cout);
    } else {
      auto row = cells(context_, standing);
      if (with_tenant_) row.insert(row.begin(), standing.attempts[standing.shown].tenant.value);
      table_.row(std::move(row));
    }
  }

  void finish() {
    if (options_.format != "jsonl" && options_.format != "csv" && !options_.explain) table_.print(std::cout, context_.colour_out);
  }

  std::size_t count() const { return count_; }

 private:
  std::vector<std::string> table_heads() const {
    auto out = heads(context_);
    if (with_tenant_) out.insert(out.begin(), say(context_, "cli.results.head.tenant"));
    return out;
  }

  const Context& context_;
  const Options& options_;
  bool with_tenant_;
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

// Looked up beforehand, since rows are printed as they come. Damaged rows are told by the reading that prints.
Result<bool> several_tenants(const Options& options, gradebook::Store& store) {
  if (!options.tenant.empty() || options.format == "jsonl") return false;
  std::optional<TenantId> first;
  bool several = false;
  const Status done = store.visit(
      {options.tenant, options.assignment, options.learner},
      [&](const Standing& standing) {
        const TenantId& tenant = standing.attempts[standing.shown].tenant;
        if (!first) first = tenant;
        several = tenant != *first;
        return !several;
      },
      [](const Error&) {});
  return done ? Result<bool>(several) : done.failure();
}

int show_results(const Context& context, const Options& options, gradebook::Store& store) {
  const auto several = several_tenants(options, store);
  if (!several) return report(context, several.failure());
  StandingPrinter printer(context, options, *several);
  const auto whole = read_all(context, options, store, [&](const Standing& standing) { printer.add(standing); });
  if (!whole) return report(context, whole.failure());
  printer.finish();
  if (printer.count() == 0 && *whole) warn(context, {"OT426", {}});
  return *whole ? kDone : kSomeFailed;
}

int show_groups(const Context& context, const Options& options, gradebook::Store& store) {
  AnswerGroups groups(options.groups);
  const auto whole = read_all(context, options, store, [&](const Standing& standing) { groups.add(standing); });
  if (!whole) return report(context, whole.failure());
  if (!groups.found() && !groups.items().empty()) {
    std::string items;
    for (const std::string& item : groups.items()) items += (items.empty() ? "" : ", ") + item;
    return report(context, error("OT535", {options.groups, items}));
  }
  if (groups.tenants().size() > 1) {
    std::string tenants;
    for (const std::string& tenant : groups.tenants()) tenants += (tenants.empty() ? "" : ", ") + tenant;
    warn(context, {"OT427", {static_cast<std::int64_t>(groups.tenants().size()), tenants}});
  }
  groups.print(context, options.format, std::cout);
  if (!groups.found() && *whole) warn(context, {"OT426", {}});
  return *whole ? kDone : kSomeFailed;
}

int replay_results(const Context& context, const Options& options, gradebook::Store& store) {
  ReplayCheck check(context, store);
  const auto whole = read_all(context, options, store, [&](const Standing& standing) { check.add(standing); });
  if (!whole) return report(context, whole.failure());
  check.print(options.format, std::cout);
  if (!check.all_same()) return kNo;
  return *whole ? kDone : kSomeFailed;
}

int show_history(const Context& context, const Options& options, gradebook::Store& store) {
  HistoryPrinter history(context, store, options.format, std::cout);
  Status read = ok_status();
  const auto whole = read_all(context, options, store, [&](const Standing& standing) {
    if (read) read = history.add(standing);
  });
  if (!whole) return report(context, whole.failure());
  if (!read) return report(context, read.failure());
  history.finish();
  return *whole ? kDone : kSomeFailed;
}

// The views of the gradebook; one at a time.
std::string chosen_views(const Options& options) {
  std::string out;
  const std::pair<bool, const char*> views[] = {
      {!options.groups.empty(), "--groups"}, {options.replay, "--replay"}, {options.history, "--history"}, {options.explain, "--explain"}};
  for (const auto& [chosen, name] : views) {
    if (chosen) out += (out.empty() ? "" : ", ") + std::string(name);
  }
  return out;
}

int run(const Context& context, const Options& options) {
  const std::string views = chosen_views(options);
  if (views.find(',') != std::string::npos) return report(context, error("OT539", {views}));
  if (options.explain && options.format == "csv") return report(context, error("OT539", {std::string("--explain, --format csv")}));
  const auto config = read_config(options.config, {{"gradebook", options.gradebook}});
  if (!config) return report(context, config.failure());
  const auto store = open_gradebook(*config, Access::kRead);
  if (!store) return report(context, store.failure());
  if (options.history) return show_history(context, options, **store);
  if (options.replay) return replay_results(context, options, **store);
  return options.groups.empty() ? show_results(context, options, **store) : show_groups(context, options, **store);
}

}  // namespace

Command results_command() {
  static Options options;
  return {.name = "results",
          .summary_id = "cli.results.summary",
          .options = {{.name = "--gradebook", .value_name = "PLACE", .help_id = "cli.option.gradebook", .text = &options.gradebook},
                      {.name = "--assignment", .value_name = "ID", .help_id = "cli.results.assignment", .text = &options.assignment},
                      {.name = "--tenant", .value_name = "ID", .help_id = "cli.results.tenant", .text = &options.tenant},
                      {.name = "--learner", .value_name = "ID", .help_id = "cli.results.learner", .text = &options.learner},
                      {.name = "--explain", .help_id = "cli.option.explain", .flag = &options.explain},
                      {.name = "--history", .help_id = "cli.results.history", .flag = &options.history},
                      {.name = "--replay", .help_id = "cli.results.replay", .flag = &options.replay},
                      {.name = "--groups", .value_name = "ITEM", .help_id = "cli.results.groups", .text = &options.groups},
                      {.name = "--format", .value_name = "FORMAT", .help_id = "cli.option.format", .choices = {"table", "jsonl", "csv"},
                       .text = &options.format},
                      {.name = "--config", .value_name = "FILE", .help_id = "cli.option.config", .text = &options.config}},
          .run = [](const Context& context) { return run(context, options); }};
}

}  // namespace otmetka::cli
