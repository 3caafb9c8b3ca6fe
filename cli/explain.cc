// `otmetka explain CODE`: what a code means, with a wrong and a right example.
#include <iostream>

#include "checkers/catalog.h"
#include "cli/commands.h"
#include "cli/table.h"

namespace otmetka::cli {
namespace {

struct Options {
  std::string code;
};

using messages::Entry;

bool is_code(const Entry& entry) { return entry.id.starts_with("OT"); }

// The template with its arguments named by number: the words without a case at hand.
std::string general_words(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '{') {
      out += text[i];
      continue;
    }
    const auto close = text.find('}', i);
    if (i + 1 < text.size() && text[i + 1] == '{') {
      out += '{';
      ++i;
    } else if (close != std::string_view::npos) {
      const auto bar = text.substr(i, close - i).find('|');
      out += bar == std::string_view::npos ? std::string("…")
                                           : std::string(text.substr(i + bar + 1, text.find_first_of("|}", i + bar + 1) - i - bar - 1));
      i = close;
    }
  }
  return out;
}

void indented(std::string_view text) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::cout << "    " << text.substr(0, end) << '\n';
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

int list_all(const Context& context) {
  Table table({say(context, "cli.explain.code"), say(context, "cli.explain.meaning")});
  for (const Entry* entry : checkers::message_catalogue().entries()) {
    if (is_code(*entry)) table.row({std::string(entry->id), general_words(context.language == Language::kRussian ? entry->ru : entry->en)});
  }
  table.print(std::cout, context.colour_out);
  return kDone;
}

int run(const Context& context, const Options& options) {
  if (options.code.empty()) return list_all(context);
  std::string code = options.code;
  for (char& c : code) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  const Entry* entry = checkers::message_catalogue().find(code);
  if (entry == nullptr || !is_code(*entry)) return report(context, error("OT520", {options.code}));
  const bool russian = context.language == Language::kRussian;
  std::cout << entry->id << " (" << say(context, entry->severity == messages::Severity::kError ? "cli.error" : "cli.warning")
            << "): " << general_words(russian ? entry->ru : entry->en) << '\n';
  const std::string_view hint = russian ? entry->hint_ru : entry->hint_en;
  if (!hint.empty()) std::cout << general_words(hint) << '\n';
  if (!entry->wrong.empty()) {
    std::cout << '\n' << say(context, "cli.explain.wrong") << '\n';
    indented(entry->wrong);
    std::cout << say(context, "cli.explain.right") << '\n';
    indented(entry->right);
  }
  return kDone;
}

}  // namespace

Command explain_command() {
  static Options options;
  return {.name = "explain",
          .summary_id = "cli.explain.summary",
          .options = {{.name = "CODE", .help_id = "cli.explain.argument", .text = &options.code}},
          .run = [](const Context& context) { return run(context, options); }};
}

}  // namespace otmetka::cli
