#include "proto/descriptors.h"

extern "C" {
extern const char otmetka_descriptors_begin[];
extern const char otmetka_descriptors_end[];
}

namespace otmetka::proto {

std::string_view descriptor_set() {
  return {otmetka_descriptors_begin, static_cast<std::size_t>(otmetka_descriptors_end - otmetka_descriptors_begin)};
}

}  // namespace otmetka::proto
