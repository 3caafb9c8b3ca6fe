// What is said to a person, before a language is chosen: a stable id and its arguments.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "model/ratio.h"

namespace otmetka {

// A string is shown as it is; an integer chooses plural forms; a ratio is written as a decimal where it has a short
// one, with a comma in Russian.
using Arg = std::variant<std::string, std::int64_t, Ratio>;

// `id` names an entry of the message catalogue: "OT107" for a diagnostic, "text.homoglyph" for feedback or a trace step.
// Rendering is messages/catalogue.h. The text of a learner's answer may stand in args; logs never print args.
struct Message {
  std::string id;
  std::vector<Arg> args;

  friend bool operator==(const Message&, const Message&) = default;
};

}  // namespace otmetka
