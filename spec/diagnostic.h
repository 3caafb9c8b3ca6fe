// One problem of a teacher's file and the three forms in which it is told: a picture with a caret, one line, JSON.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "messages/catalogue.h"
#include "model/message.h"
#include "yaml/source.h"

namespace otmetka::spec {

// What to type instead of the range: a key that was meant, a word of a closed set.
struct Fix {
  std::string replacement;
  bool cyrillic_look_alike = false;  // the text differs from the replacement only by letters of another alphabet
};

// `message.id` is OT1xx (an error) or OT2xx (a warning); a checker kind's own ids go the same way.
struct Diagnostic {
  Message message;
  messages::Severity severity = messages::Severity::kError;
  std::string file;    // as the user named it; empty: standard input
  yaml::Range range;   // line 0: about the file as a whole
  std::string path;    // of the field, such as "items[2].text.accept[0].value"; may be empty
  std::optional<Fix> fix;
};

// By position in the file; equal positions keep their order.
void sort_by_position(std::vector<Diagnostic>& diagnostics);

bool has_errors(std::span<const Diagnostic> diagnostics);

// Whether an error is already known for the item that `path` lies in, or, for a path outside the items, any error at all:
// then later stages, which see what the reader left over, had better be silent about it.
bool is_told(std::span<const Diagnostic> diagnostics, std::string_view path);

struct RenderOptions {
  messages::Language language = messages::Language::kRussian;
  bool colours = false;  // ANSI colours, in the picture only
};

// Control characters of the file are shown as U+FFFD, so that a spec cannot steer the terminal that shows it; lines longer
// than 100 columns are cut around the caret. Wide and combining characters take their width; a tab goes to the next
// multiple of four. `source` is the file that the ranges speak of, null when there is none to show. Thread-safe.
std::string render_picture(const Diagnostic& diagnostic, const yaml::Source* source, const messages::Catalogue& catalogue,
                           const RenderOptions& options);

// `file:line:col: OT107 …`, without a line end.
std::string render_line(const Diagnostic& diagnostic, const messages::Catalogue& catalogue, messages::Language language);

// A JSON array of objects: code, severity, file, path, range {line, column, offset, length} or null, text {ru, en},
// hint {ru, en}, fix {replacement} or null.
std::string render_json(std::span<const Diagnostic> diagnostics, const messages::Catalogue& catalogue);

// What stands beside the caret: the fix in words, else the catalogue's hint; may be empty.
std::string advice(const Diagnostic& diagnostic, const messages::Catalogue& catalogue, messages::Language language);

}  // namespace otmetka::spec
