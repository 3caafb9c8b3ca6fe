#include "checkers/text/normalize_icu.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <cstdint>

#include "checkers/text/characters.h"

namespace otmetka::checkers::text {
namespace {

using icu::UnicodeString;

const icu::Normalizer2& nfc() {
  static const icu::Normalizer2* const instance = [] {
    UErrorCode error = U_ZERO_ERROR;
    return icu::Normalizer2::getNFCInstance(error);
  }();
  return *instance;  // compiled into ICU: it cannot be missing
}

// One text on its way through the steps.
class Pipeline {
 public:
  Pipeline(const NormalizeOptions& options, Script target) : options_(options), target_(target) {}

  bool run(std::string_view typed, Normalized& out) {
    if (!decode(typed)) return false;
    // Composition is quadratic in a run of marks; what it makes must pass a second time too, hence the second, closer look.
    if (!marks_at_most(4 * kMaxCombiningMarks)) return false;
    compose(Step::kCompose);
    if (!marks_at_most(kMaxCombiningMarks)) return false;
    fold_lookalikes();
    if (!options_.keep_case) fold_case();
    if (!options_.keep_yo) fold_yo();
    if (!options_.keep_punctuation) fold_quotes_and_dashes();
    if (!options_.keep_spaces && !options_.remove_spaces) join_spaces();
    if (text_.isBogus()) return false;
    finish(out);
    return true;
  }

 private:
  void mark(Step step) { changed_ = static_cast<StepSet>(changed_ | static_cast<StepSet>(step)); }

  bool decode(std::string_view typed);
  bool marks_at_most(int limit) const;
  void compose(Step step);
  void fold_lookalikes();
  void fold_case();
  void fold_yo();
  void fold_quotes_and_dashes();
  void join_spaces();
  void finish(Normalized& out) const;

  const NormalizeOptions& options_;
  Script target_;
  UnicodeString text_;
  StepSet changed_ = 0;
};

// Spaces that are to be removed go here: removed later, they could leave a letter and a mark that compose.
bool Pipeline::decode(std::string_view typed) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(typed.data());
  for (std::size_t i = 0; i < typed.size();) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, typed.size(), c);
    if (c < 0) return false;
    if (is_invisible(static_cast<char32_t>(c))) {
      mark(Step::kInvisible);
    } else if (options_.remove_spaces && u_isUWhiteSpace(c)) {
      mark(Step::kSpaces);
    } else {
      text_.append(c);
    }
  }
  return true;
}

bool Pipeline::marks_at_most(int limit) const {
  int run = 0;
  for (int32_t i = 0; i < text_.length();) {
    const UChar32 c = text_.char32At(i);
    i += U16_LENGTH(c);
    run = c < 0x300 || nfc().hasBoundaryBefore(c) ? 0 : run + 1;
    if (run > limit) return false;
  }
  return true;
}

void Pipeline::compose(Step step) {
  UErrorCode error = U_ZERO_ERROR;
  if (nfc().isNormalized(text_, error)) return;
  UnicodeString composed;
  nfc().normalize(text_, composed, error);
  if (composed == text_) return;
  mark(step);
  text_ = std::move(composed);
}

void Pipeline::fold_lookalikes() {
  bool folded_any = false;
  for (int32_t i = 0; i < text_.length(); ++i) {
    const char16_t c = text_.charAt(i);
    const char32_t folded = fold_lookalike(c, target_);
    if (folded == c) continue;
    text_.setCharAt(i, static_cast<char16_t>(folded));
    folded_any = true;
  }
  if (!folded_any) return;
  mark(Step::kLookalikes);
  compose(Step::kCompose);
}

void Pipeline::fold_case() {
  const UnicodeString before(text_);
  text_.foldCase(U_FOLD_CASE_DEFAULT);
  if (text_ == before) return;
  UErrorCode error = U_ZERO_ERROR;
  text_ = nfc().normalize(text_, error);  // ΐ was folded to three characters
  if (text_ == before) return;
  mark(Step::kCase);
  fold_lookalikes();  // ﬁ became fi, ſ became s
}

// With ё goes every further diaeresis directly on it: е would compose with that one to ё again.
void Pipeline::fold_yo() {
  if (text_.indexOf(u'ё') < 0 && text_.indexOf(u'Ё') < 0) return;
  mark(Step::kYo);
  UnicodeString plain;
  bool on_yo = false;
  for (int32_t i = 0; i < text_.length();) {
    const UChar32 c = text_.char32At(i);
    i += U16_LENGTH(c);
    if (c == u'ё' || c == u'Ё') {
      plain.append(c == u'ё' ? u'е' : u'Е');
      on_yo = true;
      continue;
    }
    const std::uint8_t combining_class = u_getCombiningClass(c);
    if (on_yo && c == 0x308) continue;
    if (combining_class == 0 || combining_class == u_getCombiningClass(0x308)) on_yo = false;
    plain.append(c);
  }
  text_ = std::move(plain);
  compose(Step::kYo);
}

void Pipeline::fold_quotes_and_dashes() {
  for (int32_t i = 0; i < text_.length(); ++i) {
    const char16_t c = text_.charAt(i);
    const char32_t folded = fold_typography(c);
    if (folded == c) continue;
    text_.setCharAt(i, static_cast<char16_t>(folded));
    mark(Step::kTypography);
  }
}

void Pipeline::join_spaces() {
  UnicodeString joined;
  bool pending = false;
  for (int32_t i = 0; i < text_.length(); ++i) {
    const char16_t c = text_.charAt(i);  // no White_Space lies past U+FFFF
    if (u_isUWhiteSpace(c)) {
      pending = true;
      continue;
    }
    if (pending && !joined.isEmpty()) joined.append(u' ');
    pending = false;
    joined.append(c);
  }
  if (joined == text_) return;
  mark(Step::kSpaces);
  text_ = std::move(joined);
}

void Pipeline::finish(Normalized& out) const {
  out.text.clear();
  text_.toUTF8String(out.text);
  out.changed = changed_;
  if (options_.keep_punctuation) return;
  if (const std::size_t size = trailing_size(out.text, !options_.keep_spaces); size > 0) {
    out.text.resize(out.text.size() - size);
    out.changed = static_cast<StepSet>(out.changed | static_cast<StepSet>(Step::kTrailing));
  }
}

}  // namespace

bool normalize_with_icu(std::string_view typed, const NormalizeOptions& options, Script target, Normalized& out) {
  return Pipeline(options, target).run(typed, out);
}

std::string_view trim_white_space(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto is_space_at = [&](std::size_t& i) {  // moves past the character
    UChar32 c = 0;
    U8_NEXT(bytes, i, text.size(), c);
    return u_isUWhiteSpace(c) != 0;
  };
  std::size_t begin = 0;
  for (std::size_t next = 0; next < text.size(); begin = next) {
    if (!is_space_at(next)) break;
  }
  std::size_t end = text.size();
  while (end > begin) {
    std::size_t last = end - 1;
    while (last > begin && U8_IS_TRAIL(bytes[last])) --last;
    std::size_t next = last;
    if (!is_space_at(next)) break;
    end = last;
  }
  return text.substr(begin, end - begin);
}

}  // namespace otmetka::checkers::text
