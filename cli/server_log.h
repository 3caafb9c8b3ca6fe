// What `serve` writes to stderr while it runs: one line per event, `time=… event=… key=value`; never a learner's answer.
#pragma once

#include <string>

#include "cli/command_line.h"
#include "engine/event.h"
#include "model/message.h"

namespace otmetka::cli {

void log_engine_event(const engine::Event& event);

// Any thread. `fields`: key=value, parted by spaces; may be empty.
void log_event(const std::string& event, const std::string& fields);
// A field's value that may hold anything: a quote or backslash has a backslash before it.
std::string quoted(const std::string& text);

// A notice of the catalogue as such a line: event=notice code=OT527 text="…", its hint behind the text; with `file`, where it
// is about one that the text does not name. A quote or backslash of a text has a backslash before it.
void log_notice(const Context& context, const Message& message, const std::string& file = {});

}  // namespace otmetka::cli
