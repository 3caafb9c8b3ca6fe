#include "yaml/lenient.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <unordered_map>
#include <utility>

namespace otmetka::yaml {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

std::string with_good_bytes(std::string text) {
  if (!find_bad_byte(text)) return text;
  std::string out;
  std::string_view rest = text;
  while (const auto bad = find_bad_byte(rest)) {
    out.append(rest.substr(0, bad->offset)).append(kReplacement);
    rest.remove_prefix(bad->offset + code_point_length(rest, bad->offset));
  }
  return out.append(rest);
}

struct Size {
  std::size_t nodes = 1;
  std::size_t depth = 0;  // of a scalar 0, of a list of scalars 1
};

Size size_of(const Node& node) {
  Size out;
  const auto add = [&](const Node& inner, std::size_t own) {
    const Size size = size_of(inner);
    out.nodes += size.nodes + own;
    out.depth = std::max(out.depth, size.depth);
  };
  for (const Node& item : node.items) add(item, 0);
  for (const Entry& entry : node.entries) add(entry.value, 1);
  if (node.is_sequence() || node.is_mapping()) ++out.depth;
  return out;
}

// Builds the first document. After a limit is passed it ignores what follows.
class LenientBuilder final : public YAML::EventHandler {
 public:
  LenientBuilder(const Source& source, const Limits& limits) : source_(source), limits_(limits), cursor_(source) {}

  Node take_root() { return std::move(root_); }
  const std::optional<Range>& passed_limit() const { return passed_limit_; }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (!count(1, mark)) return;
    Node node;
    node.range = range(mark, 0);
    attach(std::move(node), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    Node copy = found == anchors_.end() ? Node{} : found->second;  // an alias inside of what it names is nothing
    const Size size = size_of(copy);
    if (open_.size() + size.depth > limits_.depth) give_up(mark);
    if (count(size.nodes, mark)) attach(std::move(copy), 0);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
    if (!count(1, mark)) return;
    Node node;
    node.kind = Node::Kind::kScalar;
    node.style = tag == "!" ? Node::Style::kDoubleQuoted : Node::Style::kPlain;
    node.text = value;
    std::replace(node.text.begin(), node.text.end(), '\0', ' ');
    node.range = range(mark, 1);
    attach(std::move(node), anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override {
    open(Node::Kind::kSequence, mark, anchor, style);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override {
    open(Node::Kind::kMapping, mark, anchor, style);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    Node node;
    YAML::anchor_t anchor = 0;
    std::optional<Node> key;                               // of a mapping, read and without its value
    std::unordered_map<std::string, std::size_t> entries;  // by key
    std::vector<Node> merged;                              // the values of `<<`
  };

  Range range(const YAML::Mark& mark, std::size_t length) {
    return cursor_.range(source_.body_offset() + static_cast<std::size_t>(std::max(mark.pos, 0)), length);
  }

  void give_up(const YAML::Mark& mark) {
    if (!passed_limit_) passed_limit_ = range(mark, 0);
  }

  bool count(std::size_t nodes, const YAML::Mark& mark) {
    if (passed_limit_) return false;
    nodes_ += nodes;
    if (nodes_ > limits_.nodes) give_up(mark);
    return !passed_limit_;
  }

  void open(Node::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
    if (open_.size() >= limits_.depth) give_up(mark);
    if (!count(1, mark)) return;
    Open opened;
    opened.node.kind = kind;
    opened.node.flow = style == YAML::EmitterStyle::Flow;
    opened.node.range = range(mark, 1);
    opened.anchor = anchor;
    open_.push_back(std::move(opened));
  }

  void close() {
    if (passed_limit_ || open_.empty()) return;
    Open closed = std::move(open_.back());
    open_.pop_back();
    for (const Node& from : closed.merged) merge(from, closed);
    attach(std::move(closed.node), closed.anchor);
  }

  static void merge(const Node& from, Open& into) {
    for (const Node& item : from.items) merge(item, into);
    for (const Entry& entry : from.entries) {
      if (into.entries.emplace(entry.key, into.node.entries.size()).second) into.node.entries.push_back(entry);
    }
  }

  void attach(Node node, YAML::anchor_t anchor) {
    if (anchor != 0) keep(anchor, node);
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.is_sequence()) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.key) {
      parent.key = std::move(node);
    } else {
      attach_entry(parent, std::move(node));
      parent.key.reset();
    }
  }

  // A copy costs as much as what it is a copy of: anchors within anchors would make many.
  void keep(YAML::anchor_t anchor, const Node& node) {
    nodes_ += size_of(node).nodes;
    if (nodes_ > limits_.nodes && !passed_limit_) passed_limit_ = node.range;
    if (!passed_limit_) anchors_[anchor] = node;
  }

  static void attach_entry(Open& parent, Node value) {
    if (!parent.key->is_scalar()) return;
    if (parent.key->text == "<<" && !parent.key->quoted()) {
      parent.merged.push_back(std::move(value));
      return;
    }
    const auto [place, is_new] = parent.entries.emplace(parent.key->text, parent.node.entries.size());
    if (is_new) {
      parent.node.entries.push_back({parent.key->text, parent.key->range, std::move(value)});
    } else {
      parent.node.entries[place->second].value = std::move(value);
    }
  }

  const Source& source_;
  const Limits& limits_;
  RangeCursor cursor_;
  std::vector<Open> open_;
  std::unordered_map<YAML::anchor_t, Node> anchors_;
  Node root_;
  std::optional<Range> passed_limit_;
  std::size_t nodes_ = 0;
};

// yaml-cpp's border: no exception passes. Where it stopped, or nullopt.
std::optional<std::size_t> parse(const Source& source, LenientBuilder& builder) {
  try {
    std::istringstream in{std::string(source.text().substr(source.body_offset()))};
    YAML::Parser parser(in);
    parser.HandleNextDocument(builder);
  } catch (const YAML::Exception& failure) {
    return source.body_offset() + static_cast<std::size_t>(std::max(failure.mark.pos, 0));
  } catch (const std::exception&) {
    return source.body_offset();
  }
  return std::nullopt;
}

}  // namespace

Document read_lenient(std::string text, const Limits& limits) {
  if (text.size() > limits.bytes) {
    Document document{Source(), std::nullopt, {}};
    document.problems.push_back({{"OT101", {static_cast<std::int64_t>(limits.bytes)}}, {}});
    return document;
  }
  Document document{Source(with_good_bytes(std::move(text))), std::nullopt, {}};
  LenientBuilder builder(document.source, limits);
  const auto stopped = parse(document.source, builder);
  if (builder.passed_limit()) {
    const auto depth = static_cast<std::int64_t>(limits.depth);
    document.problems.push_back({{"OT127", {depth, static_cast<std::int64_t>(limits.nodes)}}, *builder.passed_limit()});
  } else if (stopped) {
    document.problems.push_back({{"OT120", {}}, document.source.range(*stopped, 0)});
  } else {
    document.root = builder.take_root();
  }
  return document;
}

}  // namespace otmetka::yaml
