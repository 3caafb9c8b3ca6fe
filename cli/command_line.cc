#include "cli/command_line.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <iostream>

#include <CLI/CLI.hpp>

#include "checkers/catalog.h"
#include "cli/config.h"
#include "cli/help.h"
#include "cli/table.h"
#include "engine/grade_submission.h"
#include "spec/suggest.h"

namespace otmetka::cli {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

bool shows_colour(int fd) {
  return isatty(fd) == 1 && environment("NO_COLOR").empty() && environment("TERM") != "dumb";
}

void declare(CLI::App& app, const Option& option) {
  const bool positional = !option.name.starts_with('-');
  CLI::Option* made = nullptr;
  if (option.flag != nullptr) {
    made = app.add_flag(option.name, *option.flag);
  } else if (option.text != nullptr) {
    made = app.add_option(option.name, *option.text);
  } else {
    made = app.add_option(option.name, *option.texts);
    if (!positional) made->expected(1)->take_all()->allow_extra_args(false);  // else it swallows `--`
  }
  if (option.required) made->required();
}

std::vector<std::string> known_words(const Command& command) {
  std::vector<std::string> words = {"--help", "--lang"};
  for (const Option& option : command.options) words.push_back(option.name);
  return words;
}

bool is_want_of_permission(const Error& error) {
  static constexpr std::array<std::string_view, 6> kCodes = {"OT374", "OT403", "OT416", "OT443", "OT471", "OT473"};
  return std::find(kCodes.begin(), kCodes.end(), error.code()) != kCodes.end();
}

int usage_error(const Context& context, const Command& command, Message message) {
  const int code = report(context, {std::move(message), false});
  std::cerr << say(context, "cli.see_help", {command.name}) << '\n';
  return code;
}

bool looks_like_option(const std::string& arg) {
  const bool number = arg.size() > 1 && arg[1] >= '0' && arg[1] <= '9';  // an answer such as -5
  return arg.starts_with('-') && arg != "-" && !number;
}

// What is wrong with the options whatever else is missing: one that the command does not know, given twice or without a value. It is
// looked for first, since a misspelt option is often the very one that is missing.
std::optional<Message> check_options(const Command& command, const std::vector<std::string>& args) {
  const auto words = known_words(command);
  std::vector<std::string> seen;
  for (std::size_t i = 0; i < args.size() && args[i] != "--"; ++i) {
    if (!looks_like_option(args[i])) continue;
    const std::size_t equals = args[i].find('=');
    const std::string word = args[i].substr(0, equals);
    if (std::find(words.begin(), words.end(), word) == words.end()) {
      const std::string close = nearest(word, words);
      return close.empty() ? Message{"OT501", {word}} : Message{"OT502", {word, close}};
    }
    const auto option = std::find_if(command.options.begin(), command.options.end(), [&](const Option& o) { return o.name == word; });
    if (option == command.options.end() || option->flag != nullptr) continue;
    if (option->text != nullptr && std::find(seen.begin(), seen.end(), word) != seen.end()) return Message{"OT534", {word}};
    seen.push_back(word);
    if (equals != std::string::npos && equals + 1 < args[i].size()) continue;
    if (equals != std::string::npos) return Message{"OT505", {word}};
    ++i;
    const bool given = i < args.size() && std::find(words.begin(), words.end(), args[i]) == words.end();
    if (!given || (option->text != nullptr && args[i].empty())) return Message{"OT505", {word}};
  }
  return std::nullopt;
}

// CLI11's own words are English and end in exit code 106: only its types are used.
int explain_parse_error(const Context& context, const Command& command, const CLI::ParseError& problem, const CLI::App& app) {
  if (dynamic_cast<const CLI::ExtrasError*>(&problem) != nullptr) {
    const std::vector<std::string> extras = app.remaining();
    return usage_error(context, command, {"OT503", {extras.empty() ? std::string() : extras.front()}});
  }
  if (dynamic_cast<const CLI::RequiredError*>(&problem) != nullptr) {
    std::string missing = problem.what();
    missing = missing.substr(0, missing.find(" is required"));
    return usage_error(context, command, {"OT504", {missing}});
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&problem) != nullptr) {
    std::string name = problem.what();
    return usage_error(context, command, {"OT505", {name.substr(0, name.find(':'))}});
  }
  return usage_error(context, command, {"OT506", {std::string(problem.what())}});
}

std::optional<int> check_choices(const Context& context, const Command& command) {
  for (const Option& option : command.options) {
    if (option.choices.empty() || option.text == nullptr || option.text->empty()) continue;
    if (std::find(option.choices.begin(), option.choices.end(), *option.text) != option.choices.end()) continue;
    std::string allowed;
    for (const std::string& choice : option.choices) allowed += (allowed.empty() ? "" : ", ") + choice;
    return usage_error(context, command, {"OT507", {option.name, *option.text, allowed}});
  }
  return std::nullopt;
}

bool reads_config(const Command& command) {
  return std::any_of(command.options.begin(), command.options.end(), [](const Option& option) { return option.name == "--config"; });
}

// What stands behind `--` belongs to the command's program, if it has one.
int run_command(const Context& context, const Command& command, const std::vector<std::string>& args) {
  for (const std::string& arg : args) {
    if (arg == "--") break;
    if (arg == "--help" || arg == "-h") return print_command_help(context, command);
  }
  if (auto bad = check_options(command, args)) return usage_error(context, command, *std::move(bad));
  CLI::App app;
  app.set_help_flag();
  app.allow_extras(false);
  std::string language;
  app.add_option("--lang", language);
  for (const Option& option : command.options) declare(app, option);
  std::vector<std::string> reversed(args.rbegin(), args.rend());  // as CLI11 wants it
  try {
    app.parse(reversed);
  } catch (const CLI::ParseError& problem) {
    return explain_parse_error(context, command, problem, app);
  }
  if (!language.empty() && language != "ru" && language != "en") {
    return usage_error(context, command, {"OT507", {std::string("--lang"), language, std::string("ru, en")}});
  }
  if (const auto bad = check_choices(context, command)) return *bad;
  if (reads_config(command)) warn_of_unknown_variables(context);
  return command.run(context);
}

}  // namespace

int dispatch(const std::vector<Command>& commands, const std::vector<std::string>& args, const Context& context) {
  std::size_t at = 0;
  while (at < args.size() && args[at].starts_with("--lang")) at += args[at] == "--lang" ? 2 : 1;
  if (at >= args.size()) {
    print_help(context, commands, std::cerr);
    return kUsage;
  }
  const std::string& name = args[at];
  if (name == "help" && at + 1 < args.size()) {  // `help grade` is `grade --help`
    std::vector<std::string> of(args.begin() + static_cast<std::ptrdiff_t>(at) + 1, args.end());
    of.emplace_back("--help");
    return dispatch(commands, of, context);
  }
  if (name == "--help" || name == "-h" || name == "help") return print_help(context, commands, std::cout);
  if (name == "--version") {
    std::cout << "otmetka " << engine::kEngineVersion << '\n';
    return kDone;
  }
  const std::vector<std::string> rest(args.begin() + static_cast<std::ptrdiff_t>(at) + 1, args.end());
  std::vector<std::string> names;
  for (const Command& command : commands) {
    names.push_back(command.name.substr(command.name.rfind(' ') + 1));
    if (names.back() != name) continue;
    return command.subcommands.empty() ? run_command(context, command, rest) : dispatch(command.subcommands, rest, context);
  }
  const std::string close = nearest(name, names);
  return report(context, error(close.empty() ? "OT508" : "OT509", {name, close}));
}

int finish_output(const Context& context, int code) {
  errno = 0;
  std::cout.flush();
  if (std::cout.good()) return code;
  if (errno == 0 && write(STDOUT_FILENO, "\n", 1) >= 0) errno = EIO;  // it failed earlier, and nobody has kept why
  const int cause = errno == 0 ? EIO : errno;
  if (cause == EPIPE) return kBrokenPipe;  // whoever reads has seen enough
  return report(context, error("OT522", {say(context, "cli.stdout"), std::string(std::strerror(cause))}));
}

Language choose_language(const std::vector<std::string>& args) {
  std::string chosen;
  for (std::size_t i = 0; i < args.size() && args[i] != "--"; ++i) {
    if (args[i] == "--lang" && i + 1 < args.size()) chosen = args[i + 1];
    if (args[i].starts_with("--lang=")) chosen = args[i].substr(7);
  }
  for (const char* name : {"OTMETKA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) {
    if (chosen.empty()) chosen = environment(name);
  }
  return chosen.starts_with("ru") ? Language::kRussian : Language::kEnglish;
}

Context make_context(const std::vector<std::string>& args) {
  return {.language = choose_language(args),
          .colour_out = shows_colour(STDOUT_FILENO),
          .colour_err = shows_colour(STDERR_FILENO),
          .terminal_out = isatty(STDOUT_FILENO) == 1,
          .terminal_err = isatty(STDERR_FILENO) == 1};
}

std::string say(const Context& context, const std::string& id, std::vector<Arg> args) {
  return checkers::message_catalogue().render({id, std::move(args)}, context.language);
}

int report(const Context& context, const Error& error, int otherwise) {
  const auto& catalogue = checkers::message_catalogue();
  const std::string head = say(context, "cli.error") + "[" + error.code() + "]: ";
  const std::string hint = printable(catalogue.render_hint(error.message, context.language));
  clear_progress();
  std::cerr << (context.colour_err ? "\033[1;31m" + head + "\033[0m" : head)
            << printable(catalogue.render(error.message, context.language));
  if (!hint.empty()) std::cerr << (context.terminal_err ? "\n  " : "; ") << hint;
  std::cerr << '\n';
  if (error.retryable) return kTemporary;
  return is_want_of_permission(error) ? kNotAllowed : otherwise;
}

void warn(const Context& context, const Message& message) {
  clear_progress();
  std::cerr << say(context, "cli.notice") << "[" << message.id
            << "]: " << printable(checkers::message_catalogue().render(message, context.language)) << '\n';
}

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
  // The dashes of an option say nothing about what was meant.
  const auto bare = [](std::string_view text) { return text.substr(std::min(text.find_first_not_of('-'), text.size())); };
  std::vector<std::string> words;
  for (const std::string& candidate : known) words.emplace_back(bare(candidate));
  const auto fix = spec::nearest(bare(word), words);
  if (!fix) return {};
  return known[static_cast<std::size_t>(std::find(words.begin(), words.end(), fix->replacement) - words.begin())];
}

}  // namespace otmetka::cli
