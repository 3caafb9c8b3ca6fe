// How many random cases a test that counts its seeds goes through.
#pragma once

#include <cstdlib>
#include <string_view>

namespace otmetka {

// `usual`, and twenty times as many under `./run test --long` (OTMETKA_LONG=1).
inline unsigned seeds(unsigned usual) {
  const char* is_long = std::getenv("OTMETKA_LONG");
  return is_long != nullptr && std::string_view(is_long) == "1" ? 20 * usual : usual;
}

}  // namespace otmetka
