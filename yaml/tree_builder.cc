#include "yaml/tree_builder.h"

#include <algorithm>
#include <array>
#include <utility>

#include "yaml/scalar_source.h"

namespace otmetka::yaml {
namespace {

// yaml-cpp turns these plain scalars into nulls and forgets what was typed.
constexpr std::array<std::string_view, 4> kNullWords = {"~", "null", "Null", "NULL"};

// The null word that was really typed for a null event at `at`; empty when the event stands for a missing value and its
// mark is merely that of the next token, which may be the word as a key.
std::string_view typed_null(std::string_view text, std::size_t at, bool is_key) {
  for (const std::string_view word : kNullWords) {
    if (text.substr(at, word.size()) != word) continue;
    std::size_t after = at + word.size();
    while (after < text.size() && text[after] == ' ') ++after;
    const bool word_is_key = after < text.size() && text[after] == ':';
    return word_is_key == is_key ? word : std::string_view{};
  }
  return {};
}

// `? key`: the mark before the key on its line.
bool has_question_mark(std::string_view text, std::size_t key) {
  std::size_t at = key;
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) --at;
  return at > 0 && at < key && text[at - 1] == '?';
}

}  // namespace

std::size_t TreeBuilder::offset_of(const YAML::Mark& mark) const {
  return source_.body_offset() + static_cast<std::size_t>(std::max(mark.pos, 0));
}

void TreeBuilder::report(const char* code, const Range& range, std::vector<Arg> args) {
  if (problems_.size() < limits_.problems) problems_.push_back({{code, std::move(args)}, range});
}

void TreeBuilder::report_size(const Range& range) {
  report("OT127", range, {static_cast<std::int64_t>(limits_.depth), static_cast<std::int64_t>(limits_.nodes)});
}

std::optional<Node> TreeBuilder::take_root() {
  if (!root_ || root_->is_empty()) return std::nullopt;
  return std::move(root_);
}

std::optional<Range> TreeBuilder::open_bracket() const {
  for (auto it = open_.rbegin(); it != open_.rend(); ++it) {
    if (it->node.flow) return it->node.range;
  }
  return std::nullopt;
}

void TreeBuilder::OnDocumentStart(const YAML::Mark&) {}

bool TreeBuilder::awaits_key() const {
  return !open_.empty() && open_.back().node.is_mapping() && !open_.back().awaits_value;
}

bool TreeBuilder::count_node(const YAML::Mark& mark) {
  if (gave_up_) return false;
  if (++nodes_ <= limits_.nodes) return true;
  report_size(cursor_.range(offset_of(mark), 0));
  gave_up_ = true;
  return false;
}

void TreeBuilder::refuse_properties(std::size_t offset, YAML::anchor_t anchor) {
  const std::string_view text = source_.text();
  const char first = offset < text.size() ? text[offset] : ' ';
  const std::size_t end = std::min(text.find_first_of(" \t\r\n,[]{}", offset), text.size());
  const std::string name(text.substr(offset, end - offset));
  if (first == '!') {
    report("OT123", cursor_.range(offset, end - offset), {name});
  } else if (anchor != 0) {
    report("OT122", cursor_.range(offset, first == '&' ? end - offset : 1), {name});
  }
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t) {
  if (!count_node(mark) || too_deep_ > 0) return;
  const std::size_t offset = offset_of(mark);
  const std::string_view text = source_.text();
  const std::size_t end = std::min(text.find_first_of(" \t\r\n,[]{}", offset), text.size());
  report("OT122", cursor_.range(offset, end - offset), {std::string(text.substr(offset, end - offset))});
  Node node;
  node.kind = Node::Kind::kScalar;
  node.text = text.substr(offset, end - offset);
  node.range = cursor_.range(offset, end - offset);
  attach(std::move(node));
}

void TreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  if (!count_node(mark) || too_deep_ > 0) return;
  const std::size_t offset = offset_of(mark);
  refuse_properties(offset, anchor);
  const std::string_view typed = typed_null(source_.text(), offset, awaits_key());
  Node node;
  node.range = cursor_.range(offset, typed.size());
  if (!typed.empty()) {
    node.kind = Node::Kind::kScalar;
    node.text = typed;
  } else if (!open_.empty() && open_.back().awaits_value && !open_.back().node.entries.empty()) {
    node.range = open_.back().node.entries.back().key_range;
  }
  attach(std::move(node));
}

void TreeBuilder::OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, const std::string& value) {
  if (!count_node(mark) || too_deep_ > 0) return;
  const std::size_t offset = offset_of(mark);
  refuse_properties(offset, anchor);
  Node node;
  node.kind = Node::Kind::kScalar;
  node.style = style_at(source_.text(), offset);
  node.text = value;
  const Extent extent = scalar_extent(source_.text(), offset, node.style, value);
  node.range = cursor_.range(offset, extent.end - offset);
  last_scalar_end_ = extent.end;
  last_scalar_ = node;
  if (!extent.closed) {
    report("OT111", cursor_.range(offset, 1), {std::string(1, source_.text()[offset])});
    gave_up_ = true;
    return;
  }
  if (value.find('\0') != std::string::npos) report("OT103", node.range, {std::string("U+0000")});
  attach(std::move(node));
}

void TreeBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                                  YAML::EmitterStyle::value style) {
  open(Node::Kind::kSequence, mark, anchor, style);
}

void TreeBuilder::OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value style) {
  open(Node::Kind::kMapping, mark, anchor, style);
}

void TreeBuilder::open(Node::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
  if (!count_node(mark)) return;
  const std::size_t offset = offset_of(mark);
  if (too_deep_ > 0 || open_.size() >= limits_.depth) {
    if (too_deep_++ == 0) report_size(cursor_.range(offset, 1));
    return;
  }
  Open opened;
  opened.is_key = awaits_key();
  opened.node.kind = kind;
  opened.node.flow = style == YAML::EmitterStyle::Flow;
  opened.node.range = cursor_.range(offset, 1);
  refuse_properties(offset, anchor);
  if (opened.is_key) report("OT124", opened.node.range);
  open_.push_back(std::move(opened));
}

void TreeBuilder::close() {
  if (gave_up_) return;
  if (too_deep_ > 0) {
    if (--too_deep_ == 0) stand_in();
    return;
  }
  if (open_.empty()) return;
  Open closed = std::move(open_.back());
  open_.pop_back();
  if (closed.is_key) return stand_in();
  if (closed.node.flow) mend_glued_keys(closed.node);
  attach(std::move(closed.node));
}

// `{a:1}` is a key "a:1" without a value to YAML, and never to the person who typed it: read as it was meant.
void TreeBuilder::mend_glued_keys(Node& mapping) {
  for (Entry& entry : mapping.entries) {
    const std::size_t colon = entry.key.find(':');
    const bool plain = style_at(source_.text(), entry.key_range.offset) == Node::Style::kPlain;
    if (!entry.value.is_empty() || !plain || colon == std::string::npos) continue;
    report("OT115", entry.key_range, {entry.key});
    const std::size_t typed = source_.text().find(':', entry.key_range.offset);
    entry.value.kind = Node::Kind::kScalar;
    entry.value.text = entry.key.substr(colon + 1);
    entry.value.range = source_.range(typed + 1, entry.key_range.end() - typed - 1);
    entry.key.resize(colon);
    entry.key_range = source_.range(entry.key_range.offset, typed - entry.key_range.offset);
  }
}

// For a collection that was not kept.
void TreeBuilder::stand_in() {
  if (awaits_key()) {
    open_.back().awaits_value = true;
    open_.back().key_dropped = true;
  } else {
    attach(Node{});
  }
}

void TreeBuilder::attach(Node node) {
  if (open_.empty()) {
    root_ = std::move(node);
    return;
  }
  Open& parent = open_.back();
  if (parent.node.is_sequence()) {
    parent.node.items.push_back(std::move(node));
  } else if (!parent.awaits_value) {
    attach_key(parent, std::move(node));
  } else {
    if (!parent.key_dropped) parent.node.entries.back().value = std::move(node);
    parent.awaits_value = false;
    parent.key_dropped = false;
  }
}

void TreeBuilder::attach_key(Open& parent, Node node) {
  parent.awaits_value = true;
  if (node.is_empty()) {
    report("OT124", node.range);
  } else if (!node.quoted() && node.text == "<<") {
    report("OT122", node.range, {node.text});
  } else if (has_question_mark(source_.text(), node.range.offset)) {
    report("OT124", node.range);
  } else if (const auto [earlier, is_new] = parent.lines.emplace(node.text, node.range.line); !is_new) {
    report("OT125", node.range, {node.text, static_cast<std::int64_t>(earlier->second)});
  } else {
    parent.node.entries.push_back({std::move(node.text), node.range, {}});
    return;
  }
  parent.key_dropped = true;
}

}  // namespace otmetka::yaml
