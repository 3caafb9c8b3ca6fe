// What RapidJSON refuses though it is JSON: numbers past a double's range and lone surrogates. Only json_reader.cc needs it,
// and only after such a refusal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otmetka::queue {

struct JsonRepair {
  std::string text;
  // (position in `text` just after a change, how many bytes the text has grown there and before), ascending.
  std::vector<std::pair<std::int64_t, std::int64_t>> growth;

  // A position in `text` → one in the text that was repaired; positions are counted from 0.
  std::int64_t original_position(std::int64_t position) const;
};

// Numbers of more than 18 characters or with an exponent get quotes around them, lone surrogate escapes become their
// three bytes; all else stays. What is no JSON stays no JSON. Linear in the text.
JsonRepair repair_json(std::string_view text);

}  // namespace otmetka::queue
