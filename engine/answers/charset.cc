#include "engine/answers/charset.h"

#include <algorithm>
#include <array>

#include <unistd.h>

#include "queue/codec_utf8.h"

namespace otmetka::engine::answers {
namespace {

constexpr std::size_t kLookAhead = 1u << 20;

// 0x80 to 0xBF; from 0xC0 on the alphabet stands in Unicode's order.
constexpr std::array<char16_t, 64> kUpperHalf = {
    0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x0409, 0x2039, 0x040A, 0x040C, 0x040B, 0x040F,
    0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0xFFFD, 0x2122, 0x0459, 0x203A, 0x045A, 0x045C, 0x045B, 0x045F,
    0x00A0, 0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6, 0x00A7, 0x0401, 0x00A9, 0x0404, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x0407,
    0x00B0, 0x00B1, 0x0406, 0x0456, 0x0491, 0x00B5, 0x00B6, 0x00B7, 0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457};

void append_utf8(char16_t c, std::string& out) {
  if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
  } else {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
  }
  out += static_cast<char>(0x80 | (c & 0x3F));
}

// The rest of a regular file, read beside the buffer. A sequence that two reads tear apart is looked at whole.
CharsetEvidence rest_of_file(const InputFile& input, CharsetEvidence evidence) {
  const off_t position = ::lseek(input.descriptor(), 0, SEEK_CUR);
  std::string chunk(kLookAhead, '\0');
  std::size_t carried = std::min<std::size_t>(3, input.buffered().size());
  std::copy_n(input.buffered().end() - static_cast<std::ptrdiff_t>(carried), carried, chunk.begin());
  for (off_t at = position; position >= 0 && !evidence.multibyte;) {
    const ssize_t n = ::pread(input.descriptor(), chunk.data() + carried, chunk.size() - carried, at);
    if (n <= 0) break;
    at += n;
    const std::string_view bytes(chunk.data(), carried + static_cast<std::size_t>(n));
    const CharsetEvidence more = charset_evidence(bytes);
    evidence = {evidence.high || more.high, more.multibyte};
    const std::string tail(bytes.substr(bytes.size() - std::min<std::size_t>(3, bytes.size())));
    carried = tail.size();
    std::copy(tail.begin(), tail.end(), chunk.begin());
  }
  return evidence;
}

}  // namespace

CharsetEvidence charset_evidence(std::string_view bytes) {
  CharsetEvidence out;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (static_cast<unsigned char>(bytes[i]) < 0x80) continue;
    out.high = true;
    out.multibyte = queue::utf8_length(bytes, i) > 1;
    if (out.multibyte) break;
  }
  return out;
}

bool looks_like_utf16(std::string_view beginning) {
  beginning = beginning.substr(0, std::min<std::size_t>(1024, beginning.size() & ~std::size_t{1}));
  const std::size_t pairs = beginning.size() / 2;
  if (pairs < 3) return false;
  std::array<std::size_t, 2> upper{};  // at even and at odd places
  for (std::size_t i = 0; i < beginning.size(); ++i) upper[i % 2] += beginning[i] == '\0' || beginning[i] == '\4' ? 1 : 0;
  const auto [few, many] = std::minmax(upper[0], upper[1]);
  return many * 10 >= pairs * 8 && few * 10 <= pairs && beginning.find('\0') != std::string_view::npos;
}

CharsetEvidence charset_evidence(InputFile& input) {
  const CharsetEvidence beginning = charset_evidence(input.peek(kLookAhead));
  return beginning.multibyte || input.ended() || !input.is_regular() ? beginning : rest_of_file(input, beginning);
}

std::string from_cp1251(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto code = static_cast<unsigned char>(c);
    if (code < 0x80) {
      out += c;
    } else if (code < 0xC0) {
      append_utf8(kUpperHalf[code - 0x80U], out);
    } else {
      append_utf8(static_cast<char16_t>(0x0410 + code - 0xC0), out);
    }
  }
  return out;
}

}  // namespace otmetka::engine::answers
