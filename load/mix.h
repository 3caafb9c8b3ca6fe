// What a load is made of: the file that says so, and what is sent where none is given.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/result.h"

namespace otmetka::load {

// Kinds of short answers that a load knows how to make, in the order of their weights.
inline constexpr std::array<std::string_view, 8> kKinds{"text", "numeric", "regex", "choice", "digits", "match", "order", "parts"};
// Languages that it has programs in.
inline constexpr std::array<std::string_view, 3> kLanguages{"python3", "cpp", "c"};

// Weights are relative to each other; shares are from 0 to 1, of the submissions unless it says otherwise.
struct Mix {
  std::string name = "default";
  std::uint64_t seed = 1;
  int assignments = 20;       // of short answers; 1 to 1,000
  int items = 4;              // of each; 1 to 20
  int learners = 10'000;      // 1 to 1,000,000
  double zipf = 0.8;          // the n-th learner sends n^-zipf as much as the first; 0: all alike; 0 to 3
  int answer_chars = 24;      // about, of a right `text` answer; 1 to 2,000
  std::array<int, kKinds.size()> kinds{3, 3, 1, 2, 1, 1, 1, 1};  // 0 to 1,000
  double wrong = 0.3;         // of the answers
  double hostile = 0.01;      // of the submissions of short answers: one answer is what nobody means well by
  double undecodable = 0.005;
  double unknown_spec = 0.001;
  double programs = 0;        // of the submissions that can be graded
  std::array<int, kLanguages.size()> languages{1, 0, 0};
  int program_assignments = 2;   // 1 to 100
  int program_tests = 2;         // of each; 1 to 20
  double program_wrong = 0.3;    // of the programs: a wrong answer, no program at all, a crash
  double program_hostile = 0.05;  // of the programs: a loop without end, memory or output without bounds

  bool runs_programs() const { return programs > 0; }
};

// At most 1 MiB of the strict YAML that specs are written in; `name` is what errors call the file. OT480 and OT481 for a key that is
// not known (OT480: the nearest that is), OT482 for a value that does not fit, OT483 where it is no such YAML. Any bytes. Any thread.
Result<Mix> read_mix(std::string text, const std::string& name);

// One line for a report: what a reader of it must know to repeat it.
std::string to_line(const Mix& mix);

}  // namespace otmetka::load
