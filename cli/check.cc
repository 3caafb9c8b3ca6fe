// `otmetka check`: lints specs and runs their own samples.
#include <iostream>
#include <map>

#include "checkers/catalog.h"
#include "cli/commands.h"
#include "cli/programs_config.h"
#include "cli/spec_input.h"
#include "engine/spec_directory.h"

namespace otmetka::cli {
namespace {

struct Options {
  std::string format;
  std::vector<std::string> paths;
};

struct Totals {
  std::int64_t specs = 0;
  std::int64_t errors = 0;
  std::int64_t warnings = 0;
  std::int64_t samples = 0;
  std::int64_t passed = 0;
};

void count(const engine::CheckedSpec& checked, Totals& totals) {
  ++totals.specs;
  totals.samples += static_cast<std::int64_t>(checked.samples_run);
  totals.passed += static_cast<std::int64_t>(checked.samples_passed);
  for (const spec::Diagnostic& diagnostic : checked.diagnostics) {
    ++(diagnostic.severity == messages::Severity::kError ? totals.errors : totals.warnings);
  }
}

// A file that cannot be read at all is unreadable input, not a spec with errors.
bool unreadable(const engine::CheckedSpec& checked) {
  for (const spec::Diagnostic& diagnostic : checked.diagnostics) {
    if (diagnostic.message.id == "OT100") return true;
  }
  return false;
}

// Two specs of one id: a server would take the first that it meets.
void look_for_twin(engine::CheckedSpec& checked, const std::string& file, std::map<std::string, std::string>& file_of_id) {
  if (checked.spec == nullptr) return;
  const std::string& id = checked.spec->message.id();
  const auto [first, is_new] = file_of_id.try_emplace(id, file);
  if (is_new || first->second == file) return;
  checked.diagnostics.push_back(
      {{"OT528", {first->second, file, id}}, messages::Severity::kWarning, file, {}, {}, {}});
}

int run(const Context& context, const Options& options) {
  const bool json = options.format == "json";
  Totals totals;
  const auto workshop = workshop_options();
  if (!workshop) return report(context, workshop.failure());
  engine::Programs programs(*workshop);
  bool any_unreadable = false;
  bool any_forbidden = false;
  std::vector<spec::Diagnostic> all;
  std::map<std::string, std::string> file_of_id;
  for (const std::string& path : options.paths) {
    const auto files = engine::spec_files(path);
    if (!files) return report(context, files.failure());
    if (files->empty()) warn(context, {"OT538", {path}});
    for (const std::string& file : *files) {
      engine::CheckedSpec checked = engine::check_spec_file(file, engine::Depth::kLint, &programs);
      look_for_twin(checked, file, file_of_id);
      count(checked, totals);
      any_unreadable = any_unreadable || unreadable(checked);
      any_forbidden = any_forbidden || (unreadable(checked) && is_forbidden(file));
      if (json) {
        all.insert(all.end(), checked.diagnostics.begin(), checked.diagnostics.end());
      } else {
        print_diagnostics(context, checked, context.terminal_out, context.colour_out, std::cout);
      }
    }
  }
  if (json) std::cout << spec::render_json(all, checkers::message_catalogue()) << '\n';
  std::cerr << say(context, "cli.check.totals", {totals.specs, totals.errors, totals.warnings, totals.passed, totals.samples}) << '\n';
  if (any_unreadable) return any_forbidden ? kNotAllowed : kUsage;
  if (totals.specs == 0) return kUsage;  // what was named holds nothing to check: a slip that must not pass for a success
  return totals.errors == 0 ? kDone : kNo;
}

}  // namespace

Command check_command() {
  static Options options;
  return {.name = "check",
          .summary_id = "cli.check.summary",
          .options = {{.name = "--format", .value_name = "FORMAT", .help_id = "cli.option.format", .choices = {"text", "json"},
                       .text = &options.format},
                      {.name = "PATH", .help_id = "cli.check.path", .required = true, .texts = &options.paths}},
          .run = [](const Context& context) { return run(context, options); }};
}

}  // namespace otmetka::cli
