// The tree of a strict YAML file: what was typed and where, nothing guessed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "yaml/source.h"

namespace otmetka::yaml {

struct Entry;

// A value: a scalar, a list, a mapping, or nothing at all (`key:` with no value). A plain scalar is never a number,
// a boolean or a null here: `no`, `1e3`, `~` and `null` are the texts "no", "1e3", "~" and "null".
struct Node {
  enum class Kind : unsigned char { kEmpty, kScalar, kSequence, kMapping };
  enum class Style : unsigned char { kPlain, kSingleQuoted, kDoubleQuoted, kLiteral, kFolded };

  Kind kind = Kind::kEmpty;
  Style style = Style::kPlain;  // of a scalar
  bool flow = false;            // of a list or mapping: written with brackets
  Range range;                  // of a scalar with its quotes; of a collection its first byte; of an empty value its key
  std::string text;             // of a scalar: the value, quotes and escapes undone, lines folded; valid UTF-8 without NUL
  std::vector<Node> items;      // of a sequence
  std::vector<Entry> entries;   // of a mapping, in the order of the file; keys differ

  bool is_empty() const { return kind == Kind::kEmpty; }
  bool is_scalar() const { return kind == Kind::kScalar; }
  bool is_sequence() const { return kind == Kind::kSequence; }
  bool is_mapping() const { return kind == Kind::kMapping; }
  bool quoted() const { return style != Style::kPlain; }

  // The value of `key` in a mapping, else null.
  const Node* find(std::string_view key) const;
};

struct Entry {
  std::string key;
  Range key_range;
  Node value;
};

inline const Node* Node::find(std::string_view key) const {
  for (const Entry& entry : entries) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

}  // namespace otmetka::yaml
