// SHA-256 (FIPS 180-4) in hex, by libcrypto.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace otmetka::engine {

std::string sha256_hex(std::string_view bytes);

// Hashes a list of fields so that no two different lists make the same bytes: each goes behind its length.
class FieldHash {
 public:
  FieldHash& add(std::string_view field);
  FieldHash& add(std::int64_t field) { return add(std::to_string(field)); }
  std::string hex() const { return sha256_hex(bytes_); }

 private:
  std::string bytes_;
};

}  // namespace otmetka::engine
