#include "yaml/syntax_cause.h"

#include <yaml-cpp/exceptions.h>

#include <algorithm>
#include <array>
#include <optional>

namespace otmetka::yaml {
namespace {

namespace said = YAML::ErrorMsg;
constexpr std::size_t kNone = std::string_view::npos;

struct Simple {
  const char* what;
  const char* code;
};

// Complaints that name the mistake by themselves.
const std::array kSimple = {
    Simple{said::TAB_IN_INDENTATION, "OT110"},  Simple{said::DOC_IN_SCALAR, "OT111"},
    Simple{said::EOF_IN_SCALAR, "OT111"},
    Simple{said::CHAR_IN_ANCHOR, "OT122"},      Simple{said::ANCHOR_NOT_FOUND, "OT122"},
    Simple{said::MULTIPLE_ANCHORS, "OT122"},    Simple{said::UNKNOWN_ANCHOR, "OT122"},
    Simple{said::CHAR_IN_ALIAS, "OT122"},       Simple{said::ALIAS_NOT_FOUND, "OT122"},
    Simple{said::ALIAS_CONTENT, "OT122"},       Simple{said::MULTIPLE_ALIASES, "OT122"},
    Simple{said::MULTIPLE_TAGS, "OT123"},       Simple{said::CHAR_IN_TAG_HANDLE, "OT123"},
    Simple{said::TAG_WITH_NO_SUFFIX, "OT123"},  Simple{said::END_OF_VERBATIM_TAG, "OT123"},
    Simple{said::ZERO_INDENT_IN_BLOCK, "OT120"}, Simple{said::CHAR_IN_BLOCK, "OT120"},
};

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == kNone) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// First column of a line's own content, past its indentation and any `- `.
std::size_t content_start(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size() && (line[at] == ' ' || line[at] == '\t' || (line[at] == '-' && line.substr(at + 1, 1) == " "))) ++at;
  return at;
}

// The colon that ends a key in `line` at or after `from`: followed by a blank or the line's end, outside quotes.
std::size_t key_colon(std::string_view line, std::size_t from) {
  char quote = 0;
  for (std::size_t at = from; at < line.size(); ++at) {
    const char c = line[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if ((c == '"' || c == '\'') && (at == from || line[at - 1] == ' ')) {
      quote = c;
    } else if (c == '#' && at > 0 && line[at - 1] == ' ') {
      return kNone;
    } else if (c == ':' && (at + 1 == line.size() || line[at + 1] == ' ')) {
      return at;
    }
  }
  return kNone;
}

struct Place {
  const Source& source;
  Range at;
  std::string_view line;
  std::size_t line_start;

  Place(const Source& s, std::size_t offset)
      : source(s), at(s.range(offset, 1)), line(s.line(at.line)), line_start(static_cast<std::size_t>(line.data() - s.text().data())) {}

  std::size_t in_line() const { return at.offset - std::min<std::size_t>(at.offset, line_start); }
};

std::uint32_t previous_content_line(const Source& source, std::uint32_t line) {
  while (--line > 0) {
    const std::string_view text = trim(source.line(line));
    if (!text.empty() && text.front() != '#') return line;
  }
  return 0;
}

Range line_content(const Source& source, std::uint32_t number) {
  const std::string_view line = source.line(number);
  const std::size_t from = content_start(line);
  const std::size_t start = static_cast<std::size_t>(line.data() - source.text().data());
  return source.range(start + from, trim(line.substr(from)).size());
}

Problem indentation_problem(const Place& place) {
  const auto spaces = static_cast<std::int64_t>(std::min(place.line.find_first_not_of(' '), place.line.size()));
  return {{"OT114", {spaces}}, line_content(place.source, place.at.line)};
}

bool has_colon(std::string_view text) { return text.find(':') != kNone || text.find("：") != kNone; }

// A line that should be `key: value` and has no `: `.
Problem missing_colon(const Source& source, std::uint32_t line) {
  const Range range = line_content(source, line);
  const std::string_view text = source.text().substr(range.offset, range.length);
  return {{has_colon(text) ? "OT115" : "OT116", {std::string(text)}}, range};
}

// `-id: q` is a key to YAML and an element to the person who typed it.
std::optional<Problem> glued_dash(const Source& source, std::uint32_t line) {
  const Range range = line_content(source, line);
  const std::string_view text = source.text().substr(range.offset, range.length);
  if (text.size() < 2 || text[0] != '-' || text[1] == '-' || (text[1] >= '0' && text[1] <= '9')) return std::nullopt;
  const std::size_t colon = key_colon(text, 0);
  if (colon == kNone) return std::nullopt;
  return Problem{{"OT646", {std::string(text.substr(0, colon))}}, source.range(range.offset, colon)};
}

// What the line above a misplaced key lacks: the space of a dash or of a colon, or its colon.
std::optional<Problem> problem_above(const Source& source, std::uint32_t line) {
  const std::uint32_t above = previous_content_line(source, line);
  if (above == 0) return std::nullopt;
  if (auto dash = glued_dash(source, above)) return dash;
  const std::string_view text = source.line(above);
  const std::size_t from = content_start(text);
  const bool is_element = trim(text).starts_with("-");  // `- a` alone may be meant; `- a:b` is not
  if (key_colon(text, from) != kNone || (is_element && !has_colon(text.substr(from)))) return std::nullopt;
  return missing_colon(source, above);
}

// A colon where yaml-cpp expected none.
Problem colon_problem(const Place& place) {
  const std::size_t first = key_colon(place.line, content_start(place.line));
  if (first < place.in_line()) return {{"OT113", {}}, place.at};
  return problem_above(place.source, place.at.line).value_or(indentation_problem(place));
}

// A collection ended where something else stands.
Problem leftover_problem(const Place& place, const TreeBuilder& builder) {
  const auto& scalar = builder.last_scalar();
  const std::string_view text = place.source.text();
  const std::size_t end = builder.last_scalar_end();
  const bool block = scalar && (scalar->style == Node::Style::kLiteral || scalar->style == Node::Style::kFolded);
  const bool right_after = scalar && end <= place.at.offset && trim(text.substr(end, place.at.offset - end)).empty() &&
                           text.substr(end, place.at.offset - end).find('\n') == kNone;
  if (right_after && scalar->quoted() && !block) return {{"OT112", {}}, place.at};
  if (place.at.offset < text.size() && text[place.at.offset] == '-') {
    return glued_dash(place.source, place.at.line).value_or(Problem{{"OT121", {}}, place.at});
  }
  if (content_start(place.line) < place.in_line() && place.at.offset < text.size()) return {{"OT120", {}}, place.at};
  if (key_colon(place.line, content_start(place.line)) == kNone && !trim(place.line).empty()) return missing_colon(place.source, place.at.line);
  return indentation_problem(place);
}

// yaml-cpp points past the escape.
Problem escape_problem(const Source& source, std::size_t offset) {
  const std::string_view text = source.text();
  std::size_t start = offset == 0 ? 0 : text.rfind('\\', offset - 1);
  if (start == kNone) start = offset;
  std::size_t length = start < text.size() ? 1 : 0;
  if (start + length < text.size()) length += code_point_length(text, start + length);
  return {{"OT118", {std::string(text.substr(start, length))}}, source.range(start, length)};
}

std::string_view word_at(std::string_view text, std::size_t offset, const char* ends) {
  return text.substr(offset, text.find_first_of(ends, offset) - offset);
}

// yaml-cpp points past a mark that names nothing: `*` alone.
Problem reference_problem(const Source& source, const char* code, std::size_t offset) {
  const std::string_view text = source.text();
  const auto is_mark = [&](std::size_t at) { return at < text.size() && std::string_view("*&!").find(text[at]) != kNone; };
  if (offset > 0 && !is_mark(offset) && is_mark(offset - 1)) --offset;
  const std::string_view word = word_at(text, offset, " \t\r\n,[]{}");
  return {{code, {std::string(word)}}, source.range(offset, 1)};
}

// What is wrong inside brackets where the next entry begins without a comma; nullopt where the bracket is just open.
std::optional<Problem> entry_problem(const Place& place, const TreeBuilder& builder) {
  const std::string_view text = place.source.text();
  const std::size_t at = place.at.offset;
  if (at >= text.size() || text[at] == ']' || text[at] == '}') return std::nullopt;
  std::size_t from = at;
  if (text[at] == ':') {  // `{id: q text: a}`: yaml-cpp took “q text” for one value
    const std::size_t end = place.line.find_last_not_of(' ', place.in_line() - std::min<std::size_t>(place.in_line(), 1));
    const std::size_t space = end == kNone ? kNone : place.line.find_last_of(' ', end);
    from = place.line_start + (space == kNone ? 0 : space + 1);
  }
  const bool begins_line = trim(place.line.substr(0, from - place.line_start)).empty();
  if (begins_line && text[from] != '{' && text[from] != '[') return std::nullopt;
  if (text[at] != ':' && at > 0 && (text[at - 1] == '"' || text[at - 1] == '\'')) return Problem{{"OT112", {}}, place.at};
  if (text[at] == ':' && builder.last_scalar() && builder.last_scalar()->range.offset >= from) return Problem{{"OT113", {}}, place.at};
  const std::string_view word = text[from] == '{' || text[from] == '[' ? text.substr(from, 1) : word_at(text, from, " \t\r\n,[]{}:");
  return Problem{{"OT647", {std::string(word)}}, place.source.range(from, word.size())};
}

// A quoted text that ran over a line's end and stopped at the next quote of the file: its own closing quote is missing.
bool quote_ran_on(const Place& place, const TreeBuilder& builder) {
  const auto& scalar = builder.last_scalar();
  if (!scalar || (scalar->style != Node::Style::kSingleQuoted && scalar->style != Node::Style::kDoubleQuoted)) return false;
  const Range end = place.source.range(builder.last_scalar_end(), 0);
  return end.line > scalar->range.line && end.line == place.at.line;
}

bool tab_near(const Place& place, Problem& out) {
  for (std::uint32_t line = place.at.line; line > 0 && line + 1 >= place.at.line; --line) {
    const std::string_view text = place.source.line(line);
    const std::size_t tab = indentation_tab(text);
    if (tab == kNone) continue;
    out = {{"OT110", {}}, place.source.range(static_cast<std::size_t>(text.data() - place.source.text().data()) + tab, 1)};
    return true;
  }
  return false;
}

}  // namespace

std::size_t indentation_tab(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t\r");
  if (first == kNone || line[first] == '#') return kNone;
  const std::size_t tab = line.find('\t');
  return tab < first ? tab : kNone;
}

Problem syntax_problem(const Source& source, std::string_view what, std::size_t offset, const TreeBuilder& builder) {
  const Place place(source, offset);
  const std::string_view text = source.text();
  Problem problem;
  if (tab_near(place, problem)) return problem;
  for (const Simple& row : kSimple) {
    if (what.starts_with(row.what)) return reference_problem(source, row.code, place.at.offset);
  }
  for (const char* row : {said::INVALID_ESCAPE, said::INVALID_HEX, said::INVALID_UNICODE}) {
    if (what.starts_with(row)) return escape_problem(source, offset);
  }
  if (quote_ran_on(place, builder)) {
    return {{"OT111", {std::string(1, text[builder.last_scalar()->range.offset])}}, source.range(builder.last_scalar()->range.offset, 1)};
  }
  if (what == said::UNKNOWN_TOKEN) {
    const std::size_t length = offset < text.size() ? code_point_length(text, offset) : 0;
    return {{"OT119", {std::string(text.substr(place.at.offset, length))}}, source.range(offset, length)};
  }
  if (what == said::END_OF_MAP_FLOW || what == said::END_OF_SEQ_FLOW) {
    if (const auto entry = entry_problem(place, builder)) return *entry;
    const Range open = builder.open_bracket().value_or(place.at);
    return {{"OT117", {std::string(text.substr(open.offset, 1))}}, open};
  }
  if (what == said::FLOW_END) return {{"OT117", {std::string(text.substr(place.at.offset, 1))}}, place.at};
  if (what == said::MAP_VALUE) return colon_problem(place);
  if (what == said::BLOCK_ENTRY) return {{"OT121", {}}, place.at};
  if (what == said::END_OF_MAP || what == said::END_OF_SEQ || what == said::MAP_KEY) return leftover_problem(place, builder);
  return {{"OT120", {}}, place.at};
}

}  // namespace otmetka::yaml
