// A whole run of the load tool, and the forms in which it is told.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "load/measured.h"
#include "load/mix.h"
#include "load/schedule.h"
#include "load/server_page.h"
#include "model/message.h"

namespace otmetka::load {

struct Machine {
  unsigned cores = 0;
  std::string processor;
  std::string kernel;
};
Machine this_machine();

// A ramp's outcome.
struct RampOutcome {
  std::vector<Step> steps;
  std::optional<double> highest;  // nullopt: not even the lowest rate that was tried
  std::chrono::nanoseconds p99_limit{0};
};

// One figure of this run and of one before it.
struct Change {
  std::string figure;  // "p50", "p99" (milliseconds), "throughput" (a second), "cpu" (milliseconds a result), "highest_rate" (a second)
  double before = 0;
  double after = 0;
  double ratio = 1;          // after / before
  double low = 1, high = 1;  // within which the ratio lies, 998 times of 1,000
  bool worse = false;        // beyond chance
  bool better = false;
};

struct Report {
  std::string version;
  std::string started_at;  // RFC 3339
  std::string target;      // "in-process", "embedded", "kafka"
  Mix mix;
  Arrivals arrivals = Arrivals::kPoisson;
  Machine machine;
  // Empty: the run has gone to its end. Else why it has not, and all figures are of what had been done by then.
  std::optional<Message> partial;
  Measured measured;  // of a ramp the step at the highest rate that was held, else its last one
  std::optional<RampOutcome> ramp;
  std::vector<ServerStage> server_stages;  // empty: the server was not asked
  bool server_seen = false;                // its use is known
  bool server_is_this_process = false;     // then the load tool's own use is in it
  std::int64_t server_pid = 0;
  std::string command;                     // what repeats it
  std::vector<Change> changes;             // against `compared_with`, which is empty where nothing was
  std::string compared_with;

  // Of a partial run what is missing is no disagreement.
  bool verdicts_passed() const;

  std::string target_id() const;  // of its name among the messages
};

// The words of a message in the reader's language.
using Say = std::function<std::string(const std::string& id, const std::vector<Arg>& args)>;

// One JSON object with a line's end; docs/load.md describes its fields (schema "otmetka.bench.v1").
std::string to_json(const Report& report);

// One page that asks nothing of anybody: styles, pictures and figures are in it. `language` is "ru" or "en".
std::string to_html(const Report& report, const Say& say, std::string_view language);

// "1.23 ms", "12 µs", "2.01 s", with three figures; the decimal mark and the names of units are the language's.
std::string duration_text(double seconds, std::string_view language);
// "1,234.5" or "1 234,5" (a narrow space), at most `places` behind the mark.
std::string number_text(double value, int places, std::string_view language);

}  // namespace otmetka::load
