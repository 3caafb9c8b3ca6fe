// What a house check says: where, and what is wrong.
#pragma once

#include <ostream>
#include <sstream>
#include <string>
#include <vector>

namespace otmetka::house {

struct Finding {
  std::string path;
  int line = 0;  // 0: the file as a whole
  std::string what;

  friend bool operator==(const Finding&, const Finding&) = default;
};

using Findings = std::vector<Finding>;

inline std::ostream& operator<<(std::ostream& out, const Finding& finding) {
  out << finding.path;
  if (finding.line > 0) out << ':' << finding.line;
  return out << ": " << finding.what;
}

// One a line; empty when there is nothing to say.
inline std::string told(const Findings& findings) {
  std::ostringstream out;
  for (const Finding& finding : findings) out << finding << '\n';
  return out.str();
}

}  // namespace otmetka::house
