#include "checkers/text/normalize.h"

#include <unicode/uchar.h>

#include <cstddef>
#include <cstring>

#include "checkers/text/characters.h"
#include "checkers/text/normalize_icu.h"

namespace otmetka::checkers::text {
namespace {

constexpr char32_t kAsciiEnd = 0x80;
constexpr char32_t kCyrillicBegin = 0x400;

constexpr StepSet bit(Step step) { return static_cast<StepSet>(step); }

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

bool is_ascii_space(char32_t c) { return c == U' ' || (c >= 0x09 && c <= 0x0D); }

}  // namespace

struct Normalizer::Output {
  char* begin;
  char* end;
  StepSet changed = 0;

  void put(const char* bytes, std::size_t size) {
    std::memcpy(end, bytes, size);
    end += size;
  }
};

std::vector<std::string_view> step_names(StepSet set) {
  static constexpr std::string_view kNames[] = {"invisible", "compose",    "lookalikes", "case",
                                                "yo",        "typography", "spaces",     "trailing"};
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < std::size(kNames); ++i) {
    if ((set >> i & 1U) != 0) names.push_back(kNames[i]);
  }
  return names;
}

std::size_t trailing_size(std::string_view text, bool with_spaces) {
  std::size_t end = text.size();
  while (end > 0 && (is_trailing(text[end - 1]) || (with_spaces && text[end - 1] == ' '))) --end;
  return end == 0 ? 0 : text.size() - end;
}

Normalizer::Normalizer(const NormalizeOptions& options, Script target) : options_(options), target_(target) {
  if (options_.remove_spaces) options_.keep_spaces = false;
  for (std::size_t i = 0; i < table_.size(); ++i) {
    const auto c = static_cast<char32_t>(i);
    table_[i] = entry_for(c < kAsciiEnd ? c : c - kAsciiEnd + kCyrillicBegin);
  }
}

Normalizer::Entry Normalizer::entry_for(char32_t c) const {
  Entry entry;
  char32_t out = fold_lookalike(c, target_);
  if (out != c) entry.changed |= bit(Step::kLookalikes);
  if (!options_.keep_case) {
    const auto folded = static_cast<char32_t>(u_foldCase(static_cast<UChar32>(out), U_FOLD_CASE_DEFAULT));
    if (folded != out) entry.changed |= bit(Step::kCase);
    out = folded;
  }
  if (!options_.keep_yo && (out == U'ё' || out == U'Ё')) {
    out = out == U'ё' ? U'е' : U'Е';
    entry.changed |= bit(Step::kYo);
  }
  if (const char32_t folded = fold_typography(out); folded != out && !options_.keep_punctuation) {
    out = folded;
    entry.changed |= bit(Step::kTypography);
  }
  if (out < kAsciiEnd) {
    entry.bytes[0] = static_cast<char>(out);
    entry.size = 1;
  } else {
    entry.bytes[0] = static_cast<char>(0xC0U | out >> 6U);
    entry.bytes[1] = static_cast<char>(0x80U | (out & 0x3FU));
    entry.size = 2;
  }
  entry.space = is_ascii_space(c);
  return entry;
}

bool Normalizer::normalize(std::string_view typed, Normalized& out) const {
  return normalize_fast(typed, out) || normalize_with_icu(typed, out);
}

bool Normalizer::normalize_with_icu(std::string_view typed, Normalized& out) const {
  return text::normalize_with_icu(typed, options_, target_, out);
}

// One pass, character by character: none of these characters composes with another, so the steps may be taken for each alone.
bool Normalizer::normalize_fast(std::string_view typed, Normalized& out) const {
  out.text.resize(2 * typed.size());
  Output o{out.text.data(), out.text.data()};
  for (std::size_t i = 0; i < typed.size();) {
    const auto lead = static_cast<unsigned char>(typed[i]);
    const Entry* entry = nullptr;
    std::size_t used = 1;
    if (lead < kAsciiEnd) {
      entry = &table_[lead];
    } else if ((lead == 0xD0 || lead == 0xD1) && i + 1 < typed.size() && is_continuation(typed[i + 1])) {
      const unsigned index = (lead & 1U) << 6U | (static_cast<unsigned char>(typed[i + 1]) & 0x3FU);
      if (index >= 96) return false;
      entry = &table_[kAsciiEnd + index];
      used = 2;
    } else {
      if (!put_rare(typed.substr(i), o, used)) return false;
      i += used;
      continue;
    }
    if (entry->space && !options_.keep_spaces) {
      put_space(o, lead == ' ');
    } else {
      std::memcpy(o.end, entry->bytes, 2);  // `out` has two bytes for each one typed
      o.end += entry->size;
      o.changed |= entry->changed;
    }
    i += used;
  }
  finish(o);
  out.text.resize(static_cast<std::size_t>(o.end - o.begin));
  out.changed = o.changed;
  return true;
}

void Normalizer::put_space(Output& o, bool plain) const {
  if (options_.remove_spaces || o.end == o.begin || o.end[-1] == ' ') {
    o.changed |= bit(Step::kSpaces);
    return;
  }
  *o.end++ = ' ';
  if (!plain) o.changed |= bit(Step::kSpaces);
}

// The few other characters that are common in Russian text and compose with nothing. Whatever else, malformed UTF-8 included,
// is left to the slow path.
bool Normalizer::put_rare(std::string_view rest, Output& o, std::size_t& used) const {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
  char32_t c = 0;
  if (at(0) == 0xC2 && rest.size() >= 2 && is_continuation(rest[1])) {
    c = at(1);
    used = 2;
  } else if ((at(0) == 0xE2 || at(0) == 0xEF) && rest.size() >= 3 && is_continuation(rest[1]) && is_continuation(rest[2])) {
    c = (at(0) & 0xFU) << 12U | (at(1) & 0x3FU) << 6U | (at(2) & 0x3FU);
    used = 3;
  } else {
    return false;
  }
  if (is_invisible(c)) {
    o.changed |= bit(Step::kInvisible);
    return true;
  }
  if (c == 0xA0 && !options_.keep_spaces) {
    put_space(o, false);
    return true;
  }
  const char32_t folded = fold_typography(c);
  if (folded != c && !options_.keep_punctuation) {
    *o.end++ = static_cast<char>(folded);
    o.changed |= bit(Step::kTypography);
    return true;
  }
  if (folded == c && c != 0xA0 && c != 0x2116 && c != 0x2026) return false;
  o.put(rest.data(), used);
  return true;
}

void Normalizer::finish(Output& o) const {
  if (!options_.keep_spaces && o.end != o.begin && o.end[-1] == ' ') {
    --o.end;
    o.changed |= bit(Step::kSpaces);
  }
  if (options_.keep_punctuation) return;
  const std::string_view text(o.begin, static_cast<std::size_t>(o.end - o.begin));
  if (const std::size_t size = trailing_size(text, !options_.keep_spaces); size > 0) {
    o.end -= size;
    o.changed |= bit(Step::kTrailing);
  }
}

}  // namespace otmetka::checkers::text
