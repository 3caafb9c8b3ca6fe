#include "engine/sha256.h"

#include <array>
#include <memory>

#include <openssl/evp.h>

namespace otmetka::engine {
namespace {

struct Free {
  void operator()(EVP_MD* algorithm) const { EVP_MD_free(algorithm); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

}  // namespace

// Looking up the algorithm and making a context take libcrypto longer than hashing a few hundred bytes.
std::string sha256_hex(std::string_view bytes) {
  thread_local const std::unique_ptr<EVP_MD, Free> algorithm(EVP_MD_fetch(nullptr, "SHA256", nullptr));
  thread_local const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
  std::array<unsigned char, 32> digest{};
  EVP_DigestInit_ex(context.get(), algorithm.get(), nullptr);
  EVP_DigestUpdate(context.get(), bytes.data(), bytes.size());
  EVP_DigestFinal_ex(context.get(), digest.data(), nullptr);
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
