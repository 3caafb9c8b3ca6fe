// Any bytes: no crash, no hang; what is told lies inside the file.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "yaml/reader.h"

namespace {

using otmetka::yaml::Document;
using otmetka::yaml::Node;
using otmetka::yaml::Range;

void require(bool holds) {
  if (!holds) std::abort();
}

void require_inside(const Document& document, const Range& range) {
  require(range.end() <= document.source.text().size());
  require(range.line >= 1 && range.line <= document.source.line_count() && range.column >= 1);
}

void visit(const Document& document, const Node& node, int depth) {
  require(depth <= 16);
  if (!node.is_empty()) require_inside(document, node.range);
  if (node.is_scalar()) {
    require(node.text.find('\0') == std::string::npos || !document.problems.empty());
    for (const std::size_t at : {std::size_t{0}, node.text.size() / 2, node.text.size()}) {
      const Range inside = range_inside(document.source, node, at, 1);
      require_inside(document, inside);
      require(inside.offset >= node.range.offset && inside.end() <= document.source.text().size());
    }
  }
  for (const Node& item : node.items) visit(document, item, depth + 1);
  for (const auto& entry : node.entries) {
    require_inside(document, entry.key_range);
    visit(document, entry.value, depth + 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Document document = otmetka::yaml::read(std::string(data, data + size));
  require(document.root.has_value() || !document.problems.empty());
  for (const auto& problem : document.problems) require_inside(document, problem.range);
  if (document.root) visit(document, *document.root, 0);
  return 0;
}
