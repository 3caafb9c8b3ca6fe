// The compiled form of a regex item: its expressions, and the checks of what their groups catch.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checkers/checker.h"
#include "checkers/regex/regex.pb.h"
#include "checkers/text/pattern.h"

namespace otmetka::checkers::regex {

// The check of one named group.
struct Capture {
  std::string name;
  int group = 0;
  Ratio share;  // weight / sum of weights
  std::unique_ptr<const Checker> checker;
};

// One expression with what it earns.
struct Rule {
  std::string id;    // "answer" for `match`, "accept[0]", …
  std::string path;  // of the expression in the settings
  std::string shown;
  std::unique_ptr<const text::Pattern> pattern;
  std::vector<Capture> captures;
  int last_group = 0;  // the highest group that a capture reads
  Ratio score;
  std::string tag;
  std::optional<Message> say;
};

// The settings made ready. Immutable afterwards.
struct Rules {
  std::vector<Rule> rejects;
  std::vector<Rule> accepts;  // `match` first
  bool as_typed = false;
};

// Reads the settings; nullopt if `problems` then holds an error (OT140–OT149, OT180–OT185, and those of the nested kinds). Warnings: OT270–272.
std::optional<Rules> read_rules(const v1::RegexSettings& settings, const MakeContext& context, std::vector<Problem>& problems);

}  // namespace otmetka::checkers::regex
