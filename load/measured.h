// What one run has shown.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "load/histogram.h"
#include "load/process_use.h"
#include "load/workload.h"

namespace otmetka::load {

// One part that got something else than it must.
struct Disagreement {
  std::string submission;
  std::string part;  // empty: it is about the submission as a whole
  std::string answer;
  std::string expected;
  std::string got;
};

// Every submission is checked, those of the warm-up too.
struct VerdictCheck {
  static constexpr std::size_t kMostExamples = 10;

  std::uint64_t checked = 0;    // results that were looked at
  std::uint64_t disagreed = 0;  // of them: not what it must be, as a whole or in a part, or came again with other content
  std::uint64_t repeated = 0;   // results that came again
  std::uint64_t missing = 0;    // submissions that had got no result when the run ended
  std::uint64_t parked_expected = 0;  // of an unknown spec, sent
  std::uint64_t parked = 0;           // FAILED as they must be
  std::uint64_t undecodable = 0;      // sent
  std::uint64_t letters = 0;          // dead letters of what cannot be decoded
  std::map<std::string, std::uint64_t> by_status;  // of parts
  std::vector<Disagreement> examples;

  // Of nothing nothing is known to be right.
  bool passed() const { return disagreed == 0 && missing == 0 && letters == undecodable && checked + letters > 0; }
};

// A piece of the measured time. Latencies are those of submissions meant to be sent in it; `came` counts results that came in it.
struct Block {
  std::chrono::nanoseconds begin{0};  // since the measured time began
  std::uint64_t sent = 0;
  std::uint64_t came = 0;
  double cpu_seconds = 0;  // of the server
  Histogram latency{Histogram::kCoarse};
};

// From the intended time of sending, of what was meant to be sent within the measured time and is to be graded.
struct Latencies {
  Histogram whole;     // until the result could be read; where none had come when the run ended, until then
  Histogram answers;   // of them, short answers
  Histogram programs;  // of them, programs
  Histogram publishing;  // until the queue had taken it
  Histogram waiting;     // from there until it began to be graded: in the queue and the lane
  Histogram finishing;   // from there until its result could be read: grading, the commit, and reading
};

struct Measured {
  double rate = 0;  // a second, that was asked for; 0: as fast as results come (a closed loop)
  std::chrono::nanoseconds warmup{0};
  std::chrono::nanoseconds duration{0};   // of the measured time, as far as it went
  std::uint64_t offered = 0;              // meant to be sent in it
  std::uint64_t sent = 0;                 // of those
  std::uint64_t without_result = 0;       // of those: nothing comes back, since they cannot be decoded
  std::uint64_t waiting = 0;              // of those: in the latencies with the time that they had waited when the run ended
  std::uint64_t came = 0;                 // results that came in it
  std::uint64_t unsent = 0;               // of the whole run: due and never sent
  std::chrono::nanoseconds most_behind{0};  // how late a submission was sent at worst
  Latencies latencies;
  std::vector<Block> blocks;
  VerdictCheck verdicts;
  std::chrono::microseconds programs_cpu{0};  // of programs in the sandbox, as the results that came in it say; without compilers
  ProcessUse before;  // of the server, when the measured time began and when it ended
  ProcessUse after;

  double seconds() const { return std::chrono::duration<double>(duration).count(); }
  double offered_rate() const { return seconds() > 0 ? static_cast<double>(offered) / seconds() : 0; }
  double achieved_rate() const { return seconds() > 0 ? static_cast<double>(came) / seconds() : 0; }

  // Results came as fast as submissions were due: at the end at most 2 % of them had none, or what is due in 0.3 s (of a run below 3 s a
  // tenth of them, or 20 in all), and nothing stayed unsent. A closed loop always holds.
  bool held() const;
};

}  // namespace otmetka::load
