// `otmetka languages`: which languages programs may be written in, and which of them this machine has.
#include <iostream>

#include "cli/commands.h"
#include "cli/programs_config.h"
#include "cli/table.h"
#include "model/text.h"
#include "queue/codec.h"

namespace otmetka::cli {
namespace {

struct Options {
  std::string format;
};

struct Row {
  const sandbox::LanguageState* state;
  std::string version;
};

void print_json(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    const sandbox::Language& language = *row.state->language;
    std::string out;
    const auto field = [&](const char* key, const std::string& value) {
      out += std::string(out.empty() ? "{\"" : ",\"") + key + "\":";
      queue::append_json_string(value, out);
    };
    field("id", language.id);
    field("title", language.title);
    field("endings", joined(language.endings, " "));
    field("version", row.version);
    field("missing", row.state->missing);
    field("packages", language.packages);
    std::cout << out << ",\"installed\":" << (row.state->installed ? "true" : "false") << "}\n";
  }
}

void print_table(const Context& context, const std::vector<Row>& rows) {
  Table table({say(context, "cli.languages.id"), say(context, "cli.languages.title"), say(context, "cli.languages.endings"),
               say(context, "cli.languages.state")});
  for (const Row& row : rows) {
    const sandbox::Language& language = *row.state->language;
    const std::string state =
        row.state->installed ? printable(row.version) : say(context, "cli.languages.missing", {row.state->missing, language.packages});
    table.row({language.id, language.title, joined(language.endings, " "), state});
  }
  table.print(std::cout, context.colour_out);
}

int run(const Context& context, const Options& options) {
  const auto settings = workshop_options();
  if (!settings) return report(context, settings.failure());
  sandbox::WorkshopOptions asked = *settings;
  asked.allow_weak = true;  // nothing of a stranger's is run here
  const auto workshop = sandbox::Workshop::open(asked);
  if (!workshop) return report(context, workshop.failure());
  std::vector<Row> rows;
  for (const sandbox::LanguageState& state : (*workshop)->languages()) {
    const auto version = state.installed ? (*workshop)->version(*state.language) : Result<std::string>(std::string());
    if (!version) return report(context, version.failure());
    rows.push_back({&state, *version});
  }
  if (options.format == "jsonl") {
    print_json(rows);
  } else {
    print_table(context, rows);
  }
  return kDone;
}

}  // namespace

Command languages_command() {
  static Options options;
  return {.name = "languages",
          .summary_id = "cli.languages.summary",
          .options = {{.name = "--format",
                       .value_name = "FORMAT",
                       .help_id = "cli.option.format",
                       .choices = {"table", "jsonl"},
                       .text = &options.format}},
          .run = [](const Context& context) { return run(context, options); }};
}

}  // namespace otmetka::cli
