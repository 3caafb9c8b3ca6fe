// Base64 (RFC 4648, with padding), by libcrypto.
#pragma once

#include <string>
#include <string_view>

namespace otmetka::engine {

std::string base64(std::string_view bytes);  // at most 1 GiB

}  // namespace otmetka::engine
