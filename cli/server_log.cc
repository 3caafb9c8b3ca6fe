#include "cli/server_log.h"

#include <iostream>

#include "checkers/catalog.h"
#include "cli/table.h"
#include "model/time.h"

namespace otmetka::cli {

void log_engine_event(const engine::Event& event) {
  std::string fields;
  const auto add = [&](const char* key, const std::string& value) { fields += (fields.empty() ? "" : " ") + std::string(key) + value; };
  if (!event.code.empty()) add("code=", event.code);
  if (event.works > 0) add("works=", std::to_string(event.works));
  if (!event.place.empty()) add("at=", event.place);
  log_event(event.name, fields);
}

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
