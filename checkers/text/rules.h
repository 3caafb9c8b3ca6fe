// The entries of a text item, ready to be looked up.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "checkers/checker.h"
#include "checkers/text/graphemes.h"
#include "checkers/text/normalize.h"
#include "checkers/text/pattern.h"
#include "checkers/text/text.pb.h"

namespace otmetka::checkers::text {

// One entry of the settings.
struct Rule {
  std::string id;    // "answer", "accept[0]", …
  std::string path;  // of its text or pattern in the settings
  std::string shown;  // the text or pattern as the teacher wrote it
  Ratio credit;
  std::string tag;
  std::optional<Message> say;
  bool is_reject = false;
  bool is_pattern = false;
  std::string plain;            // the normalised text without look-alikes folded
  bool has_lookalikes = false;  // folding changed the key itself: it mixes alphabets on purpose or by mistake
};

using RuleIndex = std::uint32_t;

// The entries whose texts are of one script, ready for answers normalised towards it.
struct Table {
  struct Covering {
    std::unique_ptr<const Pattern> pattern;
    RuleIndex rule;
  };
  struct Forgiving {
    std::vector<Grapheme> key;
    RuleIndex rule;
  };

  explicit Table(Normalizer n) : normalizer(std::move(n)) {}

  Normalizer normalizer;
  std::unordered_map<std::string, RuleIndex> literals;  // of equal texts the one that wins
  std::vector<Covering> patterns;
  std::vector<Forgiving> forgiving;
  std::size_t longest_forgiving = 0;  // in graphemes
};

// The settings made ready. Immutable afterwards.
struct Rules {
  std::vector<Rule> rules;    // in order of the file: answer, accept, reject
  std::vector<Table> tables;  // one for each script; the first is that of the first answer
  Normalizer plain{{}, Script::kNone};
  int typos = 0;

  // Whether `a` wins over `b` inside a rank.
  bool wins(RuleIndex a, RuleIndex b) const {
    return rules[a].credit != rules[b].credit ? rules[a].credit > rules[b].credit : a < b;
  }
};

// Reads the settings; nullopt if `problems` then holds an error (OT160–OT166, and
// those of patterns). Warnings: OT260 and those of patterns.
std::optional<Rules> read_rules(const v1::TextSettings& settings, std::vector<Problem>& problems);

// The pattern's literal characters after the steps that an answer takes, so that it can cover one: `«ёлка» – да` is looked for
// as `"елка" - да`. Inside a class only ё is rewritten.
std::string normalize_pattern(std::string_view pattern, const NormalizeOptions& options, Script target);

// The script of a pattern's literals.
Script script_of_pattern(std::string_view pattern);

}  // namespace otmetka::checkers::text
