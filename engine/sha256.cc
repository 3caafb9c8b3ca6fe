#include "engine/sha256.h"

#include <array>

#include <openssl/sha.h>

namespace otmetka::engine {

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  out.reserve(2 * digest.size());
  for (const unsigned char byte : digest) {
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
  return out;
}

FieldHash& FieldHash::add(std::string_view field) {
  std::uint64_t size = field.size();
  for (int i = 0; i < 8; ++i, size >>= 8) bytes_ += static_cast<char>(size & 0xFF);
  bytes_ += field;
  return *this;
}

}  // namespace otmetka::engine
