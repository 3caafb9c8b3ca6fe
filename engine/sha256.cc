#include "engine/sha256.h"

#include <array>

#include <openssl/sha.h>

namespace otmetka::engine {

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out(2 * digest.size(), '\0');
  for (std::size_t i = 0; i < digest.size(); ++i) {
    out[2 * i] = kHex[digest[i] >> 4];
    out[2 * i + 1] = kHex[digest[i] & 15];
  }
  return out;
}

FieldHash& FieldHash::add(std::string_view field) {
  std::array<char, 8> length{};
  std::uint64_t size = field.size();
  for (char& byte : length) {
    byte = static_cast<char>(size & 0xFF);
    size >>= 8;
  }
  if (bytes_.empty()) bytes_.reserve(512);
  bytes_.append(length.data(), length.size()).append(field);
  return *this;
}

}  // namespace otmetka::engine
