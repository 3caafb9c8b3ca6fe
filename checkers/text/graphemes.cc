#include "checkers/text/graphemes.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace otmetka::checkers::text {
namespace {

constexpr Grapheme kHashed = Grapheme{1} << 63U;

bool is_control(int32_t property) { return property == U_GCB_CONTROL || property == U_GCB_CR || property == U_GCB_LF; }

// Finds cluster boundaries one code point after another: the rules GB3–GB13 of UAX #29.
class Boundaries {
 public:
  // Whether a cluster begins at `c`, which follows the code points given before.
  bool begins_at(UChar32 c) {
    const int32_t property = property_of(c);
    const bool pictograph = u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) != 0;
    const bool begins = boundary(property, pictograph);
    if (pictograph) {
      emoji_ = Emoji::kPictograph;
    } else if (emoji_ == Emoji::kPictograph && property == U_GCB_ZWJ) {
      emoji_ = Emoji::kJoined;
    } else if (emoji_ != Emoji::kPictograph || property != U_GCB_EXTEND) {
      emoji_ = Emoji::kNone;
    }
    flags_ = property == U_GCB_REGIONAL_INDICATOR ? flags_ + 1 : 0;
    previous_ = property;
    return begins;
  }

 private:
  enum class Emoji { kNone, kPictograph, kJoined };  // what precedes: nothing, Pict Extend*, Pict Extend* ZWJ

  static int32_t property_of(UChar32 c) {
    if ((c >= 0x20 && c < 0x7F) || (c >= 0x400 && c < 0x460)) return U_GCB_OTHER;
    return u_getIntPropertyValue(c, UCHAR_GRAPHEME_CLUSTER_BREAK);
  }

  bool boundary(int32_t next, bool pictograph) const {
    if (previous_ == U_GCB_CR && next == U_GCB_LF) return false;
    if (previous_ < 0 || is_control(previous_) || is_control(next)) return true;
    if (next == U_GCB_EXTEND || next == U_GCB_ZWJ || next == U_GCB_SPACING_MARK || previous_ == U_GCB_PREPEND) return false;
    switch (previous_) {
      case U_GCB_L:
        return !(next == U_GCB_L || next == U_GCB_V || next == U_GCB_LV || next == U_GCB_LVT);
      case U_GCB_LV:
      case U_GCB_V:
        return !(next == U_GCB_V || next == U_GCB_T);
      case U_GCB_LVT:
      case U_GCB_T:
        return next != U_GCB_T;
      case U_GCB_REGIONAL_INDICATOR:
        return next != U_GCB_REGIONAL_INDICATOR || flags_ % 2 == 0;
      default:
        return !(pictograph && emoji_ == Emoji::kJoined);
    }
  }

  int32_t previous_ = -1;
  int flags_ = 0;  // regional indicators that precede; two make a flag
  Emoji emoji_ = Emoji::kNone;
};

Grapheme extended(Grapheme cluster, std::size_t size, UChar32 c) {
  const auto code = static_cast<Grapheme>(c);
  if (size < 3) return cluster << 21U | code;
  constexpr Grapheme kPrime = 0x100000001B3;  // FNV-1a
  return ((cluster ^ code) * kPrime) | kHashed;
}

template <class F>
void for_each_code_point(std::string_view text, F&& visit) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  for (std::size_t i = 0; i < text.size();) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(bytes, i, text.size(), c);
    if (!visit(c)) return;
  }
}

}  // namespace

std::vector<Grapheme> graphemes(std::string_view text, std::size_t most) {
  std::vector<Grapheme> clusters;
  clusters.reserve(text.size() < most ? text.size() : most);
  Boundaries boundaries;
  std::size_t size = 0;  // code points in the last cluster
  for_each_code_point(text, [&](UChar32 c) {
    if (boundaries.begins_at(c)) {
      if (clusters.size() == most) return false;
      clusters.push_back(static_cast<Grapheme>(c));
      size = 1;
    } else {
      clusters.back() = extended(clusters.back(), size++, c);
    }
    return true;
  });
  return clusters;
}

std::size_t letter_count(std::string_view text) {
  std::size_t letters = 0;
  Boundaries boundaries;
  for_each_code_point(text, [&](UChar32 c) {
    if (boundaries.begins_at(c) && u_isalpha(c)) ++letters;
    return true;
  });
  return letters;
}

}  // namespace otmetka::checkers::text
