#include "spec/diagnostic.h"

#include <algorithm>

#include "spec/display_width.h"
#include "spec/json_writer.h"

namespace otmetka::spec {
namespace {

using messages::Catalogue;
using messages::Language;
using messages::Severity;

constexpr std::size_t kColumns = 100;  // of the file's line in a picture
constexpr std::size_t kTab = 4;

std::string_view severity_id(Severity severity) {
  switch (severity) {
    case Severity::kError: return "diagnostic.error";
    case Severity::kWarning: return "diagnostic.warning";
    case Severity::kNote: return "diagnostic.note";
  }
  return "diagnostic.error";
}

std::string_view severity_name(Severity severity) { return severity_id(severity).substr(11); }

const char* colour_of(Severity severity) {
  return severity == Severity::kError ? "\x1B[1;31m" : severity == Severity::kWarning ? "\x1B[1;33m" : "\x1B[1;36m";
}

struct Paint {
  bool on;
  std::string operator()(const char* colour, const std::string& text) const { return on ? colour + text + "\x1B[0m" : text; }
};

// A line of the file as cells of a terminal.
struct Cells {
  std::string shown;
  std::size_t caret = 0;  // cells before the range
  std::size_t width = 0;  // cells of the range
};

struct Cell {
  std::string text;
  std::size_t width;
  std::size_t byte;
};

std::vector<Cell> cells_of(std::string_view line) {
  std::vector<Cell> cells;
  std::size_t column = 0;
  for (std::size_t at = 0; at < line.size();) {
    const Decoded c = decode(line, at);
    Cell cell{std::string(line.substr(at, c.length)), static_cast<std::size_t>(display_width(c.code_point)), at};
    if (c.code_point == '\t') {
      cell.width = kTab - column % kTab;
      cell.text = std::string(cell.width, ' ');
    } else if (is_control(c.code_point) || c.code_point == 0xFFFD) {
      cell.text = "\xEF\xBF\xBD";
    }
    column += cell.width;
    cells.push_back(std::move(cell));
    at += c.length;
  }
  return cells;
}

// `from` is the range's first byte in the line. Shows at most kColumns cells: a little before the caret, the rest after.
Cells cut(std::string_view line, std::size_t from, std::size_t length) {
  const std::vector<Cell> cells = cells_of(line);
  std::size_t total = 0;
  std::size_t before = 0;
  for (const Cell& cell : cells) {
    if (cell.byte < from) before += cell.width;
    total += cell.width;
  }
  const std::size_t skip = total <= kColumns || before <= kColumns / 2 ? 0 : before - kColumns / 2;
  Cells out;
  std::size_t column = 0;
  std::size_t used = 0;
  if (skip > 0) out.shown = "…";
  for (const Cell& cell : cells) {
    const bool visible = column >= skip && used + cell.width <= kColumns;
    column += cell.width;
    if (!visible) continue;
    out.shown += cell.text;
    used += cell.width;
    if (cell.byte < from) out.caret += cell.width;
    if (cell.byte >= from && cell.byte < from + length) out.width += cell.width;
  }
  if (skip > 0) ++out.caret;
  if (column > skip + used) out.shown += "…";
  out.width = std::max<std::size_t>(out.width, 1);
  return out;
}

std::string say(const Catalogue& catalogue, std::string_view id, std::vector<Arg> args, Language language) {
  return catalogue.render({std::string(id), std::move(args)}, language);
}

std::string place_text(const Diagnostic& d, const Catalogue& catalogue, Language language) {
  std::string place = d.file.empty() ? say(catalogue, "diagnostic.stdin", {}, language) : d.file;
  if (d.range.known()) place += ":" + std::to_string(d.range.line) + ":" + std::to_string(d.range.column);
  return place;
}

// No line of the file and no message may break the one-line form or steer a terminal.
std::string one_line(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded c = decode(text, at);
    if (is_control(c.code_point)) {
      out += ' ';
    } else {
      out += text.substr(at, c.length);
    }
    at += c.length;
  }
  return out;
}

void write(JsonWriter& out, const char* key, std::string_view value) {
  out.key(key);
  out.string(value);
}

void write_both(JsonWriter& out, const char* key, const std::string& ru, const std::string& en) {
  out.key(key);
  out.start_object();
  write(out, "ru", ru);
  write(out, "en", en);
  out.end_object();
}

void write_range(JsonWriter& out, const yaml::Range& range) {
  out.key("range");
  if (!range.known()) {
    out.null();
    return;
  }
  out.start_object();
  out.key("line");
  out.integer(range.line);
  out.key("column");
  out.integer(range.column);
  out.key("offset");
  out.integer(range.offset);
  out.key("length");
  out.integer(range.length);
  out.end_object();
}

void write_diagnostic(JsonWriter& out, const Diagnostic& d, const Catalogue& catalogue) {
  out.start_object();
  write(out, "code", d.message.id);
  write(out, "severity", severity_name(d.severity));
  write(out, "file", d.file);
  write(out, "path", d.path);
  write_range(out, d.range);
  write_both(out, "text", catalogue.render(d.message, Language::kRussian), catalogue.render(d.message, Language::kEnglish));
  write_both(out, "hint", advice(d, catalogue, Language::kRussian), advice(d, catalogue, Language::kEnglish));
  out.key("fix");
  if (d.fix) {
    out.start_object();
    write(out, "replacement", d.fix->replacement);
    out.end_object();
  } else {
    out.null();
  }
  out.end_object();
}

}  // namespace

void sort_by_position(std::vector<Diagnostic>& diagnostics) {
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return a.range.offset < b.range.offset; });
}

bool has_errors(std::span<const Diagnostic> diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) { return d.severity == Severity::kError; });
}

bool is_told(std::span<const Diagnostic> diagnostics, std::string_view path) {
  const std::string_view item = path.starts_with("items[") ? path.substr(0, path.find(']') + 1) : std::string_view();
  return std::any_of(diagnostics.begin(), diagnostics.end(), [&](const Diagnostic& d) {
    return d.severity == Severity::kError && (item.empty() || std::string_view(d.path).starts_with(item));
  });
}

std::string advice(const Diagnostic& diagnostic, const Catalogue& catalogue, Language language) {
  if (diagnostic.fix) {
    const char* id = diagnostic.fix->cyrillic_look_alike ? "diagnostic.look_alike" : "diagnostic.did_you_mean";
    return say(catalogue, id, {diagnostic.fix->replacement}, language);
  }
  return catalogue.render_hint(diagnostic.message, language);
}

std::string render_picture(const Diagnostic& d, const yaml::Source* source, const Catalogue& catalogue, const RenderOptions& options) {
  const Paint paint{options.colours};
  const char* colour = colour_of(d.severity);
  const std::string hint = one_line(advice(d, catalogue, options.language));
  std::string out = paint(colour, say(catalogue, severity_id(d.severity), {}, options.language) + "[" + d.message.id + "]") + ": " +
                    one_line(catalogue.render(d.message, options.language)) + "\n";
  const bool shows_line = source != nullptr && d.range.known() && d.range.line <= source->line_count();
  const std::string number = shows_line ? std::to_string(d.range.line) : " ";
  const std::string margin(number.size(), ' ');
  out += margin + paint("\x1B[34m", " ┌─") + " " + one_line(place_text(d, catalogue, options.language)) + "\n";
  if (!shows_line) return hint.empty() ? out : out + margin + paint("\x1B[34m", " =") + " " + hint + "\n";
  const std::string_view line = source->line(d.range.line);
  const auto line_start = static_cast<std::size_t>(line.data() - source->text().data());
  const std::size_t from = d.range.offset - std::min<std::size_t>(d.range.offset, line_start);
  const Cells cells = cut(line, from, d.range.length);
  out += paint("\x1B[34m", number + " │") + " " + cells.shown + "\n";
  out += margin + paint("\x1B[34m", " │") + " " + std::string(cells.caret, ' ') + paint(colour, std::string(cells.width, '^') + (hint.empty() ? "" : " " + hint)) + "\n";
  return out;
}

std::string render_line(const Diagnostic& d, const Catalogue& catalogue, Language language) {
  std::string out = place_text(d, catalogue, language) + ": " + d.message.id + " " + catalogue.render(d.message, language);
  const std::string hint = advice(d, catalogue, language);
  if (!hint.empty()) out += "; " + hint;
  return one_line(out);
}

std::string render_json(std::span<const Diagnostic> diagnostics, const Catalogue& catalogue) {
  JsonWriter out;
  out.start_array();
  for (const Diagnostic& d : diagnostics) write_diagnostic(out, d, catalogue);
  out.end_array();
  return out.text();
}

}  // namespace otmetka::spec
