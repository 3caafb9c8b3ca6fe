// How a scalar of a YAML file is written: where its text ends, and which bytes of the file made which of its value.
// yaml-cpp tells only where a scalar starts, and takes a quote that is never closed for one closed by the file's end.
#pragma once

#include <cstddef>
#include <string_view>

#include "yaml/node.h"

namespace otmetka::yaml {

struct Extent {
  std::size_t end = 0;  // offset past the scalar, closing quote included
  bool closed = true;   // false: a quoted scalar without its closing quote
};

Node::Style style_at(std::string_view text, std::size_t start);

// `value` is what the scalar starting at `start` means. Linear in the scalar.
Extent scalar_extent(std::string_view text, std::size_t start, Node::Style style, std::string_view value);

struct Span {
  std::size_t from = 0;
  std::size_t to = 0;  // from <= to <= text.size()
};

// The bytes of `text` that make the bytes [at, at + length) of `value`; at the value's end, the end of the content (before
// a closing quote). at + length <= value.size().
Span source_span(std::string_view text, std::size_t start, Node::Style style, std::string_view value, std::size_t at,
                 std::size_t length);

}  // namespace otmetka::yaml
