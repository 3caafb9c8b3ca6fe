#include "yaml/syntax_cause.h"

#include <yaml-cpp/exceptions.h>

#include <algorithm>
#include <array>

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

// A line that should be `key: value` and has no `: `.
Problem missing_colon(const Source& source, std::uint32_t line) {
  const Range range = line_content(source, line);
  const std::string_view text = source.text().substr(range.offset, range.length);
  const bool glued = text.find(':') != kNone;
  return {{glued ? "OT115" : "OT116", {std::string(text)}}, range};
}

// A colon where yaml-cpp expected none.
Problem colon_problem(const Place& place) {
  const std::size_t first = key_colon(place.line, content_start(place.line));
  if (first < place.in_line()) return {{"OT113", {}}, place.at};
  const std::uint32_t before = previous_content_line(place.source, place.at.line);
  if (before != 0) {
    const std::string_view above = place.source.line(before);
    if (key_colon(above, content_start(above)) == kNone && !trim(above).starts_with("-")) return missing_colon(place.source, before);
  }
  return indentation_problem(place);
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
  if (place.at.offset < text.size() && text[place.at.offset] == '-') return {{"OT121", {}}, place.at};
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

std::string word_at(std::string_view text, std::size_t offset) {
  return std::string(text.substr(offset, text.find_first_of(" \t\r\n", offset) - offset));
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
    if (what.starts_with(row.what)) return {{row.code, {word_at(text, place.at.offset)}}, place.at};
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
