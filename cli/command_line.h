// The command line: what a command declares, and how it is read. The one home of CLI11.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "messages/catalogue.h"
#include "model/result.h"

namespace otmetka::cli {

using messages::Language;

// The program's exit codes; a contract.
enum ExitCode {
  kDone = 0,
  kNo = 1,            // the answer to the question is no
  kUsage = 2,         // usage, config, unreadable input
  kSomeFailed = 3,    // finished, some works are FAILED
  kNotAllowed = 4,
  kTemporary = 5,     // broker or server not reachable
  kInterrupted = 130,
  kBrokenPipe = 141,  // whoever read the output has closed it
  kTerminated = 143,
};

// One option or positional of a command. Exactly one target is set.
struct Option {
  std::string name;        // "--spec"; a positional: "ANSWERS"
  std::string value_name = {};  // "FILE"; empty for a flag and a positional
  std::string help_id = {};     // in the message catalogue
  bool required = false;
  std::vector<std::string> choices = {};  // the values allowed; empty: any
  bool* flag = nullptr;
  std::string* text = nullptr;
  std::vector<std::string>* texts = nullptr;  // a positional that takes all that is left, or an option given repeatedly
};

// What every command knows besides its own options.
struct Context {
  Language language = Language::kEnglish;
  bool colour_out = false;  // stdout is a terminal that shows colours
  bool colour_err = false;
  bool terminal_out = false;
  bool terminal_err = false;
};

struct Command {
  std::string name;
  std::string summary_id;
  std::vector<Option> options = {};
  std::function<int(const Context&)> run = {};  // returns an exit code
  std::string note_id = {};                // closes its --help
  std::vector<Command> subcommands = {};   // when there are some, one must be named
};

// Reads argv and runs the command that it names. --help and --version answer without building anything else.
int dispatch(const std::vector<Command>& commands, const std::vector<std::string>& args, const Context& context);

// Flushes standard output: `code`, unless not all of it could be written (OT522).
int finish_output(const Context& context, int code);

// --lang, else OTMETKA_LANG, LC_ALL, LC_MESSAGES, LANG: Russian where one begins with `ru`, else English.
Language choose_language(const std::vector<std::string>& args);
Context make_context(const std::vector<std::string>& args);

// The text of a message of the catalogue.
std::string say(const Context& context, const std::string& id, std::vector<Arg> args = {});

// "ошибка[OT401]: …" with its hint, to stderr: on a terminal each a printable line whatever the arguments hold, else both in
// one line, parted by "; ". Returns the exit code that fits (a want of permission: kNotAllowed; retryable: kTemporary; else `otherwise`).
int report(const Context& context, const Error& error, int otherwise = kUsage);
void warn(const Context& context, const Message& message);

// The known word nearest to a misspelt one (spec/suggest.h), or empty.
std::string nearest(std::string_view word, const std::vector<std::string>& known);

}  // namespace otmetka::cli
