// The kinds of items that a spec may use, as the checkers' catalogue hands them in: spec/ knows no kind by itself.
#pragma once

#include <span>
#include <string_view>

#include <google/protobuf/descriptor.h>

namespace otmetka::spec {

struct KindRow {
  std::string_view name;                          // the key in a spec: "text"
  const google::protobuf::Descriptor* settings;   // of the message behind it; linked into the program
};

using KindTable = std::span<const KindRow>;

inline const KindRow* find_kind(KindTable kinds, std::string_view name) {
  for (const KindRow& row : kinds) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

inline const KindRow* find_kind_of(KindTable kinds, std::string_view full_name) {
  for (const KindRow& row : kinds) {
    if (row.settings->full_name() == full_name) return &row;
  }
  return nullptr;
}

// "type.googleapis.com/otmetka.v1.TextSettings" → "otmetka.v1.TextSettings".
inline std::string_view type_name(std::string_view type_url) {
  const auto slash = type_url.rfind('/');
  return slash == std::string_view::npos ? type_url : type_url.substr(slash + 1);
}

}  // namespace otmetka::spec
