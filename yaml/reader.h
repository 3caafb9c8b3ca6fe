// Reads the strict YAML that specs, languages, packages and the configuration share.
//
// YAML without its traps: one document of mappings, lists and texts. Refused: anchors, aliases, tags, merge keys, complex
// and duplicate keys, tabs as indentation, several documents, anything past the limits. Tolerated: a byte order mark,
// CRLF, comments, quotes of every kind, block scalars, flow collections, a leading `---`.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "model/message.h"
#include "yaml/node.h"
#include "yaml/source.h"

namespace otmetka::yaml {

struct Limits {
  std::size_t bytes = std::size_t{1} << 20;  // of the file
  std::size_t depth = 16;                    // of nested lists and mappings; the outermost is 1
  std::size_t nodes = std::size_t{1} << 18;  // values and keys; memory is about 120 bytes for each
  std::size_t problems = 100;                // reported; reading goes on quietly past it
};

// `message.id` is OT101 to OT104 (the file as bytes) or OT110 to OT127 (the file as YAML); the catalogue has the words.
struct Problem {
  Message message;
  Range range;
};

// `root` is absent when the text is no YAML at all or past the limits; with problems such as a duplicate key or a tag it is there, so that a
// reader can go on and report its own. A value under a duplicate key is dropped.
struct Document {
  Source source;
  std::optional<Node> root;
  std::vector<Problem> problems;  // ascending by offset

  bool ok() const { return root.has_value() && problems.empty(); }
};

// Never throws; any bytes are allowed. Time and memory grow linearly with the text. Thread-safe.
Document read(std::string text, const Limits& limits = {});

// What a file of a teacher must be whatever its form: within the limit of bytes, UTF-8, no control characters (OT101 to
// OT103). read() looks at this first.
std::optional<Problem> refuse_bytes(const Source& source, const Limits& limits);

// Where byte `at` of a scalar's value stands in the file, `length` bytes of the value long: through quotes, escapes, line
// folding and block indentation. `scalar` is a node of a document read from `source`; at and length are cut to the value.
Range range_inside(const Source& source, const Node& scalar, std::size_t at, std::size_t length);

}  // namespace otmetka::yaml
