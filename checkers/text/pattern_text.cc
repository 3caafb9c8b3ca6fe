#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <string>

#include "checkers/text/pattern_scan.h"
#include "checkers/text/characters.h"
#include "checkers/text/pattern_scan.h"
#include "checkers/text/rules.h"

namespace otmetka::checkers::text {
namespace {

char32_t first_character(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  std::size_t i = 0;
  UChar32 c = 0;
  U8_NEXT_OR_FFFD(bytes, i, text.size(), c);
  return static_cast<char32_t>(c);
}

void append(char32_t c, std::string& text) {
  char bytes[U8_MAX_LENGTH];
  std::size_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, c);
  text.append(bytes, size);
}

char32_t fold_yo(char32_t c) {
  if (c == U'ё') return U'е';
  return c == U'Ё' ? U'Е' : c;
}

// A class keeps its letters but for ё: folding the ends of a range would make another range of it.
void append_class(std::string_view text, std::string& out) {
  for (std::size_t i = 0; i < text.size();) {
    const bool is_yo = text.substr(i).starts_with("ё") || text.substr(i).starts_with("Ё");
    if (is_yo) {
      append(fold_yo(first_character(text.substr(i))), out);
      i += 2;
    } else {
      out += text[i++];
    }
  }
}

// False if the character is one that answers have lost.
bool append_literal(char32_t c, const NormalizeOptions& options, Script target, std::string& out) {
  c = fold_lookalike(c, target);
  if (!options.keep_yo) c = fold_yo(c);
  if (!options.keep_punctuation) c = fold_typography(c);
  if (u_isUWhiteSpace(static_cast<UChar32>(c))) {
    if (options.remove_spaces) return false;
    if (!options.keep_spaces) c = U' ';
  }
  append(c, out);
  return true;
}

// NFC, without invisible characters.
std::string composed(std::string_view pattern) {
  static const Normalizer kCompose({.keep_case = true, .keep_yo = true, .keep_punctuation = true, .keep_spaces = true}, Script::kNone);
  Normalized out;
  return kCompose.normalize(pattern, out) ? out.text : std::string(pattern);
}

}  // namespace

Script script_of_pattern(std::string_view pattern) {
  std::string letters;
  for (const Token& token : scan(pattern)) {
    if (token.kind == Token::Kind::kLiteral || token.kind == Token::Kind::kClass) {
      letters += pattern.substr(token.offset, token.length);
    }
  }
  return script_of(letters);
}

std::string normalize_pattern(std::string_view pattern, const NormalizeOptions& options, Script target) {
  const std::string source = composed(pattern);
  std::string out;
  bool dropped = false;
  for (const Token& token : scan(source)) {
    const std::string_view text = std::string_view(source).substr(token.offset, token.length);
    if (token.kind == Token::Kind::kLiteral) {
      dropped = !append_literal(first_character(text), options, target, out);
      continue;
    }
    if (token.kind == Token::Kind::kClass && !options.keep_yo) {
      append_class(text, out);
    } else if (token.kind != Token::Kind::kQuantifier || !dropped) {
      out += text;
    }
    dropped = false;
  }
  return out;
}

}  // namespace otmetka::checkers::text
