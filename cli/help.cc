#include "cli/help.h"

#include <algorithm>
#include <iostream>

namespace otmetka::cli {
namespace {

std::string left_column(const Option& option) {
  return option.value_name.empty() ? option.name : option.name + " " + option.value_name;
}

std::string usage_line(const Command& command) {
  std::string line = "otmetka " + command.name;
  for (const Option& option : command.options) {
    const bool positional = !option.name.starts_with('-');
    std::string word = left_column(option);
    if (positional && option.texts != nullptr) word += "…";
    line += " " + (option.required ? word : "[" + word + "]");
  }
  return line;
}

void print_rows(std::ostream& out, const std::vector<std::pair<std::string, std::string>>& rows) {
  std::size_t width = 0;
  for (const auto& row : rows) width = std::max(width, row.first.size());
  for (const auto& [left, right] : rows) out << "  " << left << std::string(width + 2 - left.size(), ' ') << right << '\n';
}

}  // namespace

int print_help(const Context& context, const std::vector<Command>& commands, std::ostream& out) {
  out << say(context, "cli.about") << "\n\n" << say(context, "cli.usage") << ": otmetka COMMAND …\n\n";
  std::vector<std::pair<std::string, std::string>> rows;
  for (const Command& command : commands) rows.emplace_back(command.name, say(context, command.summary_id));
  print_rows(out, rows);
  out << '\n' << say(context, "cli.help_footer") << '\n';
  return kDone;
}

int print_command_help(const Context& context, const Command& command) {
  std::cout << say(context, command.summary_id) << "\n\n" << say(context, "cli.usage") << ": " << usage_line(command) << "\n\n";
  std::vector<std::pair<std::string, std::string>> rows;
  for (const Option& option : command.options) {
    std::string text = say(context, option.help_id);
    std::string choices;
    for (const std::string& choice : option.choices) choices += (choices.empty() ? "" : " | ") + choice;
    if (!choices.empty()) text += " (" + choices + ")";
    rows.emplace_back(left_column(option), text);
  }
  rows.emplace_back("--lang ru|en", say(context, "cli.option.lang"));
  rows.emplace_back("--help", say(context, "cli.option.help"));
  print_rows(std::cout, rows);
  if (!command.note_id.empty()) std::cout << '\n' << say(context, command.note_id) << '\n';
  return kDone;
}

}  // namespace otmetka::cli
