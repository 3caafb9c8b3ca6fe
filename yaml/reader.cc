#include "yaml/reader.h"

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <sstream>
#include <utility>

#include "yaml/scalar_source.h"
#include "yaml/syntax_cause.h"
#include "yaml/tree_builder.h"

namespace otmetka::yaml {
namespace {

Problem bad_byte_problem(const Source& source, const BadByte& bad) {
  std::array<char, 16> name{};
  const unsigned byte = static_cast<unsigned char>(source.text()[bad.offset]);
  if (!bad.control) {
    std::snprintf(name.data(), name.size(), "0x%02X", byte);
    return {{"OT102", {std::string(name.data())}}, source.range(bad.offset, 1)};
  }
  const unsigned code = byte == 0xC2 ? static_cast<unsigned char>(source.text()[bad.offset + 1]) : byte;
  std::snprintf(name.data(), name.size(), "U+%04X", code);
  return {{"OT103", {std::string(name.data())}}, source.range(bad.offset, byte == 0xC2 ? 2 : 1)};
}

// Goes over the scalars that span lines in ascending order, to tell a tab of indentation from a tab inside a text.
void collect_long_scalars(const Node& node, std::vector<Range>& out) {
  if (node.is_scalar() && node.quoted()) out.push_back(node.range);
  for (const Node& item : node.items) collect_long_scalars(item, out);
  for (const Entry& entry : node.entries) collect_long_scalars(entry.value, out);
}

void refuse_tabs(Document& document, std::size_t limit) {
  std::vector<Range> texts;
  collect_long_scalars(*document.root, texts);
  auto text = texts.begin();
  for (std::uint32_t number = 1; number <= document.source.line_count() && document.problems.size() < limit; ++number) {
    const std::string_view line = document.source.line(number);
    const std::size_t tab = indentation_tab(line);
    if (tab == std::string_view::npos) continue;
    const std::size_t offset = static_cast<std::size_t>(line.data() - document.source.text().data()) + tab;
    while (text != texts.end() && text->end() <= offset) ++text;
    const bool inside = text != texts.end() && text->offset < offset;
    if (!inside) document.problems.push_back({{"OT110", {}}, document.source.range(offset, 1)});
  }
}

struct SecondDocument final : YAML::EventHandler {
  int start = -1;
  void OnDocumentStart(const YAML::Mark& mark) override { start = mark.pos; }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

struct Complaint {
  std::string what;
  std::size_t offset = 0;
};

// yaml-cpp's border: no exception passes.
std::optional<Complaint> parse(const Source& source, TreeBuilder& builder, SecondDocument& second) {
  const auto at = [&](int pos) { return source.body_offset() + static_cast<std::size_t>(std::max(pos, 0)); };
  try {
    std::istringstream in{std::string(source.text().substr(source.body_offset()))};
    YAML::Parser parser(in);
    if (parser.HandleNextDocument(builder) && !builder.gave_up()) parser.HandleNextDocument(second);
  } catch (const YAML::Exception& failure) {
    return Complaint{failure.msg, second.start >= 0 ? at(second.start) : at(failure.mark.pos)};
  } catch (const std::exception& failure) {
    return Complaint{failure.what(), source.body_offset()};
  }
  return std::nullopt;
}

// A bracket left open looks like the beginning of a key for as long as the file lasts.
void drop_guessed_keys(std::vector<Problem>& problems) {
  std::erase_if(problems, [](const Problem& p) { return p.message.id == "OT124"; });
}

bool too_complex(const std::vector<Problem>& problems) {
  return std::any_of(problems.begin(), problems.end(), [](const Problem& p) { return p.message.id == "OT127"; });
}

void parse_into(Document& document, const Limits& limits) {
  TreeBuilder builder(document.source, limits);
  SecondDocument second;
  const auto complaint = parse(document.source, builder, second);
  document.problems = std::move(builder.problems());
  if (complaint) drop_guessed_keys(document.problems);
  if (second.start >= 0) {
    document.problems.push_back({{"OT126", {}}, document.source.range(document.source.body_offset() + static_cast<std::size_t>(second.start), 3)});
  } else if (complaint && !builder.gave_up() && !too_complex(document.problems)) {
    document.problems.push_back(syntax_problem(document.source, complaint->what, complaint->offset, builder));
  }
  if (complaint || builder.gave_up() || too_complex(document.problems)) return;
  document.root = builder.take_root();
  if (!document.root && document.problems.empty()) document.problems.push_back({{"OT104", {}}, document.source.range(0, 0)});
  if (document.root) refuse_tabs(document, limits.problems);
}

}  // namespace

// Before yaml-cpp sees the text: it guesses at encodings and stops at byte 4.
std::optional<Problem> refuse_bytes(const Source& source, const Limits& limits) {
  const std::string_view text = source.text();
  if (text.size() > limits.bytes) {
    return Problem{{"OT101", {static_cast<std::int64_t>(limits.bytes)}}, source.range(0, 0)};
  }
  if (const auto bad = find_bad_byte(text.substr(source.body_offset()))) {
    return bad_byte_problem(source, {bad->offset + source.body_offset(), bad->control});
  }
  return std::nullopt;
}

Document read(std::string text, const Limits& limits) {
  Document document{Source(std::move(text)), std::nullopt, {}};
  if (const auto refused = refuse_bytes(document.source, limits)) {
    document.problems.push_back(*refused);
    return document;
  }
  parse_into(document, limits);
  std::stable_sort(document.problems.begin(), document.problems.end(),
                   [](const Problem& a, const Problem& b) { return a.range.offset < b.range.offset; });
  return document;
}

Range range_inside(const Source& source, const Node& scalar, std::size_t at, std::size_t length) {
  if (!scalar.is_scalar()) return scalar.range;
  at = std::min(at, scalar.text.size());
  length = std::min(length, scalar.text.size() - at);
  const Span span = source_span(source.text(), scalar.range.offset, scalar.style, scalar.text, at, length);
  return source.range(span.from, span.to - span.from);
}

}  // namespace otmetka::yaml
