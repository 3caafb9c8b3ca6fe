// Where each field of a spec stands in the teacher's file.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "yaml/reader.h"

namespace otmetka::spec {

// Paths are those of the message with a kind's name in place of the field that holds its settings:
// `items[2].text.accept[0].value`, `rubric.late.minus`, "" for the whole. Immutable once a reader has filled it, then safe
// from any thread; copies share the file's text.
class LocationMap {
 public:
  LocationMap() = default;
  explicit LocationMap(std::shared_ptr<const yaml::Document> document) : document_(std::move(document)) {}

  // Null when no file was read.
  const yaml::Source* source() const { return document_ ? &document_->source : nullptr; }

  // Whether the file says anything for exactly this path.
  bool has(const std::string& path) const { return places_.contains(path); }
  bool empty() const { return places_.empty(); }

  // What to point at for a problem with the field: a scalar's value, a list's or mapping's key; an element's first key or
  // value. Without such a path, the nearest path above it that is known.
  yaml::Range at(std::string_view path) const;

  // The key of the field; as at() where it has none.
  yaml::Range key(std::string_view path) const;

  // `length` bytes from byte `offset` of a scalar's value, through quotes, escapes and line folding; length 0: as at().
  yaml::Range inside(std::string_view path, std::size_t offset, std::size_t length) const;

  // For readers. `node`, when given, belongs to the document; `key` may be unknown (an element).
  void add(std::string path, const yaml::Range& key, const yaml::Range& value, const yaml::Node* node);

 private:
  struct Place {
    yaml::Range key;
    yaml::Range value;
    const yaml::Node* node = nullptr;
  };
  const Place* nearest(std::string_view path) const;

  std::shared_ptr<const yaml::Document> document_;
  std::unordered_map<std::string, Place> places_;
};

}  // namespace otmetka::spec
