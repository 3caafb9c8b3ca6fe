#include "engine/engine_metrics.h"

#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <limits>

#include "engine/engine.h"
#include "engine/grade_submission.h"
#include "engine/gradebook_feed.h"
#include "model/time.h"
#include "model/verdict.h"

namespace otmetka::engine {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

constexpr std::array<nanoseconds, 26> kBounds{2us,  5us,  10us, 20us,  50us,  100us, 200us, 500us, 1ms, 2ms, 5ms,  10ms, 20ms,
                                              50ms, 100ms, 200ms, 500ms, 1s,    2s,    5s,    10s,   20s, 50s, 100s, 200s, 500s};
constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
const Metrics::Labels kAnswers{{"lane", "answers"}};
const Metrics::Labels kPrograms{{"lane", "programs"}};

double seconds(nanoseconds time) { return std::chrono::duration<double>(time).count(); }

// In the order of Verdict's numbers, from 1 without a gap.
std::vector<Metrics::Counter> parts_by_status(Metrics& metrics) {
  std::vector<Metrics::Counter> out;
  for (int verdict = 1; verdict <= static_cast<int>(Verdict::kInfraError); ++verdict) {
    out.push_back(metrics.counter("otmetka_parts_total", "Parts of works that were graded, by their status.",
                                  {{"status", std::string(verdict_name(static_cast<Verdict>(verdict)))}}));
  }
  return out;
}

Metrics::Histogram grading(Metrics& metrics, const Metrics::Labels& lane) {
  return metrics.histogram("otmetka_grading_seconds", "One try to grade a submission.", kBounds, lane);
}

Metrics::Histogram whole(Metrics& metrics, const Metrics::Labels& lane) {
  return metrics.histogram("otmetka_end_to_end_seconds", "From a submission's publication to the commit of its result.", kBounds, lane);
}

double cpu_seconds() {
  rusage used{};
  if (getrusage(RUSAGE_SELF, &used) != 0) return kUnknown;
  const auto of = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
  return of(used.ru_utime) + of(used.ru_stime);
}

double resident_bytes() {
  std::ifstream in("/proc/self/statm");
  double size = 0;
  double resident = 0;
  return in >> size >> resident ? resident * static_cast<double>(sysconf(_SC_PAGESIZE)) : kUnknown;
}

// A time that somebody has written down may be any. Two hundred years would pass what nanoseconds hold.
Timestamp::duration since(Timestamp published, Timestamp time) {
  constexpr std::chrono::hours kMost{24 * 365 * 10};
  return std::clamp<Timestamp::duration>(published < time - kMost ? Timestamp::duration(kMost) : time - std::min(published, time),
                                         Timestamp::duration::zero(), kMost);
}

// Without partitions nothing is known of what lies in them: while the brokers are away, 0 would say that all is done.
double lag_seconds(const Engine& engine) {
  const Engine::Load load = engine.load();
  if (load.partitions == 0) return kUnknown;
  return load.held.oldest ? seconds(since(*load.held.oldest, now())) : 0;
}

double lag_works(const Engine& engine) {
  const Engine::Load load = engine.load();
  if (load.partitions == 0) return kUnknown;
  return load.unpolled ? static_cast<double>(*load.unpolled) + static_cast<double>(load.held.records) : kUnknown;
}

void add_lane(Metrics& metrics, const Metrics::Labels& lane, const std::function<LaneLoad()>& load) {
  metrics.read_gauge("otmetka_lane_waiting_works", "Works in a lane that have not been begun.",
                     [load] { return static_cast<double>(load().waiting); }, lane);
  metrics.read_gauge("otmetka_lane_slots", "Works that a lane grades at once at most.",
                     [load] { return static_cast<double>(load().slots); }, lane);
  metrics.read_gauge("otmetka_lane_busy_slots", "Works that a lane grades at this moment.",
                     [load] { return static_cast<double>(load().busy); }, lane);
}

}  // namespace

EngineMetrics::EngineMetrics(Metrics& metrics)
    : taken_(metrics.counter("otmetka_submissions_taken_total", "Submissions taken from the queue.")),
      graded_(metrics.counter("otmetka_submissions_graded_total", "Submissions graded, without those that were parked.")),
      retried_(metrics.labelled("otmetka_submissions_retried_total", "Tries that ended with the work waiting for another one, by reason.",
                                "code")),
      dead_letters_(metrics.labelled("otmetka_dead_letters_total", "Works that could not be graded and were parked, by reason.", "code")),
      forwarded_(metrics.counter("otmetka_submissions_forwarded_total", "Submissions that went on to another lane's topic.")),
      commits_(metrics.counter("otmetka_commits_total", "Commits of results and progress to the queue.")),
      parts_(parts_by_status(metrics)),
      queue_wait_(metrics.histogram("otmetka_queue_wait_seconds", "From a submission's publication until it was taken.", kBounds)),
      answers_{grading(metrics, kAnswers), whole(metrics, kAnswers)},
      programs_{grading(metrics, kPrograms), whole(metrics, kPrograms)},
      commit_wait_(metrics.histogram("otmetka_commit_wait_seconds", "From a finished result to its commit.", kBounds)) {}

void EngineMetrics::taken(std::span<const queue::Record> records) const {
  if (records.empty()) return;
  const Timestamp time = now();
  for (const queue::Record& record : records) {
    if (record.journey.forwarded) continue;  // a copy is not another submission
    taken_.add();
    queue_wait_.observe(since(record.published_at, time));
  }
}

EngineMetrics::Clock::time_point EngineMetrics::tried(const Work& work, Graded& graded, LaneName lane, Clock::time_point began) const {
  const auto time = Clock::now();
  if (!graded.finished && graded.awaits == Awaits::kPrograms) return time;
  of(lane).grading.observe(time - began);
  if (!graded.finished) return time;
  const bool forwarded = graded.finished->forwarded.has_value();
  if (!graded.finished->dead_letter && !forwarded) graded_.add();
  graded.finished->stamp = {.published_at = work.record.published_at, .finished_at = time, .lane = lane, .forwarded = forwarded};
  return time;
}

void EngineMetrics::judged(const ScoredResult& result) const {
  for (const PartResult& part : result.parts) parts_[static_cast<std::size_t>(part.status) - 1].add();
}

void EngineMetrics::retried(const std::string& code) const { retried_.add(code, 1); }

void EngineMetrics::committed(std::span<const Stamp> works, std::span<const queue::DeadLetter> letters) const {
  commits_.add();
  const auto time = Clock::now();
  const Timestamp wall = now();
  for (const Stamp& work : works) {
    commit_wait_.observe(time - work.finished_at);
    if (work.forwarded) forwarded_.add();
    if (work.forwarded) continue;
    of(work.lane).whole.observe(since(work.published_at, wall));
  }
  for (const queue::DeadLetter& letter : letters) dead_letters_.add(letter.reason.id, 1);
}

void add_readings(Metrics& metrics, const Engine& engine) {
  const auto gauge = [&](const char* name, const char* help, auto read, const Metrics::Labels& labels = {}) {
    metrics.read_gauge(name, help, [&engine, read] { return static_cast<double>(read(engine.load())); }, labels);
  };
  gauge("otmetka_in_flight_works", "Submissions taken and not committed.", [](const auto& load) { return load.held.records; });
  gauge("otmetka_in_flight_bytes", "Their bytes, as they came.", [](const auto& load) { return load.held.bytes; });
  gauge("otmetka_in_flight_result_bytes", "Bytes of results that are not committed.",
        [](const auto& load) { return load.held.result_bytes; });
  const char* const waiting = "Works that wait for another try: for luck, or for a spec.";
  gauge("otmetka_waiting_works", waiting, [](const auto& load) { return load.for_luck; }, {{"for", "luck"}});
  gauge("otmetka_waiting_works", waiting, [](const auto& load) { return load.for_spec; }, {{"for", "spec"}});
  gauge("otmetka_partitions", "Partitions of the queue that this worker has.", [](const auto& load) { return load.partitions; });
  gauge("otmetka_paused_partitions", "Those that give nothing for a while, since a bound is near.",
        [](const auto& load) { return load.paused; });
  add_lane(metrics, kAnswers, [&engine] { return engine.load().answers; });
  add_lane(metrics, kPrograms, [&engine] { return engine.load().programs; });
  metrics.read_gauge("otmetka_lag_works", "Submissions published and not committed; NaN where the queue cannot tell.",
                     [&engine] { return lag_works(engine); });
  metrics.read_gauge("otmetka_lag_seconds", "Age of the oldest submission that was taken and is not committed.",
                     [&engine] { return lag_seconds(engine); });
}

void add_readings(Metrics& metrics, std::vector<const GradebookFeed*> feeds) {
  const auto sum_of = [feeds = std::move(feeds)](auto count) {
    return [feeds, count] {
      double sum = 0;
      for (const GradebookFeed* feed : feeds) sum += static_cast<double>(count(*feed));
      return sum;
    };
  };
  metrics.read_counter("otmetka_results_applied_total", "Results carried into the gradebook, those that changed nothing included.",
                       sum_of([](const GradebookFeed& feed) { return feed.applied(); }));
  metrics.read_counter("otmetka_results_conflicts_total", "Results of one version whose contents differ.",
                       sum_of([](const GradebookFeed& feed) { return feed.conflicts(); }));
}

void add_process_readings(Metrics& metrics) {
  const double began = seconds(now().time_since_epoch());
  metrics.read_counter("otmetka_process_cpu_seconds_total", "CPU time of this process, without the programs it runs.", cpu_seconds);
  metrics.read_gauge("otmetka_process_resident_bytes", "Resident memory of this process.", resident_bytes);
  metrics.read_gauge("otmetka_process_start_time_seconds", "When it began, in seconds since 1970.", [began] { return began; });
  metrics.read_gauge("otmetka_build_info", "1; its label says what runs.", [] { return 1.0; }, {{"version", std::string(kEngineVersion)}});
}

}  // namespace otmetka::engine
