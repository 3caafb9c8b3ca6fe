// Arguments of a language's commands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace otmetka::sandbox {

inline const std::vector<std::string> kEnvironment = {"PATH=/usr/bin:/bin", "HOME=/w", "LANG=C.UTF-8"};

// `text` with each `place` in it replaced.
inline std::string replaced(std::string text, std::string_view place, std::string_view value) {
  for (std::size_t at = text.find(place); at != std::string::npos; at = text.find(place, at + value.size())) {
    text.replace(at, place.size(), value);
  }
  return text;
}

}  // namespace otmetka::sandbox
