#include "cli/server_log.h"

#include <iostream>

#include "checkers/catalog.h"
#include "cli/table.h"
#include "model/time.h"

namespace otmetka::cli {

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : printable(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

void log_event(const std::string& event, const std::string& fields) {
  std::cerr << "time=" + to_rfc3339(now()) + " event=" + event + (fields.empty() ? "" : " " + fields) + "\n" << std::flush;
}

void log_notice(const Context& context, const Message& message, const std::string& file) {
  const auto& catalogue = checkers::message_catalogue();
  const std::string hint = catalogue.render_hint(message, context.language);
  const std::string text = catalogue.render(message, context.language) + (hint.empty() ? "" : "; " + hint);
  log_event("notice", "code=" + message.id + (file.empty() ? "" : " file=" + quoted(file)) + " text=" + quoted(text));
}

}  // namespace otmetka::cli
