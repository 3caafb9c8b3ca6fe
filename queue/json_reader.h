// Reads JSON into a flat tree: the tokenizer is RapidJSON's, run iteratively; the tree, its bounds and its strictness are
// ours. Stricter than most readers: duplicate keys, anything after the value, depth and number of values are refused. More
// patient in two things that must not cost a learner the whole line: numbers of any size are kept as their characters, and
// a lone surrogate (\ud800) becomes three bytes that are no UTF-8, which a checker then tells apart from a text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "model/result.h"

namespace otmetka::queue {

inline constexpr std::size_t kMaxJsonDepth = 16;          // of nested lists and objects; the outermost is 1
inline constexpr std::size_t kMaxJsonValues = 1u << 18;   // of one text; 48 bytes of memory each

// One value. The values inside a list or an object follow it, so a tree is one array in the order of the text.
struct JsonNode {
  enum class Type : std::uint8_t { kNull, kBool, kNumber, kString, kArray, kObject };

  std::string_view key;    // the value's name where it stands in an object
  std::string_view text;   // a string decoded, a number's characters as typed, "true" or "false"
  std::uint32_t size = 1;  // values in this subtree, this one included
  Type type = Type::kNull;

  // What a learner can have typed; true and false are words of JSON alone.
  bool is_scalar() const { return type == Type::kNumber || type == Type::kString; }
  bool is_bool() const { return type == Type::kBool; }
  bool is_null() const { return type == Type::kNull; }
  bool is_array() const { return type == Type::kArray; }
  bool is_object() const { return type == Type::kObject; }

  class Iterator {
   public:
    explicit Iterator(const JsonNode* at) : at_(at) {}
    const JsonNode& operator*() const { return *at_; }
    Iterator& operator++() {
      at_ += at_->size;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    const JsonNode* at_;
  };
  // The direct children, in the order of the text.
  Iterator begin() const { return Iterator(this + 1); }
  Iterator end() const { return Iterator(this + size); }
};

// Keeps its memory between texts. One thread at a time.
class JsonReader {
 public:
  JsonReader();
  ~JsonReader();
  JsonReader(const JsonReader&) = delete;
  JsonReader& operator=(const JsonReader&) = delete;

  // The root value; it and all views in it live until the next read(). Errors, with the position in bytes from 1:
  // OT302 not JSON, OT303 ends too early, OT305 a duplicate key, OT306 too deep, OT307 too many values.
  // Takes time O(n log n) at worst, in the number of keys of one object.
  Result<const JsonNode*> read(std::string_view text);

 private:
  struct State;
  Result<const JsonNode*> parse(std::string_view text);

  std::unique_ptr<State> state_;  // RapidJSON stays out of this header
};

}  // namespace otmetka::queue
