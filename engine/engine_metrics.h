// What the worker counts and what can be read of it, as Metrics.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/grade_record.h"
#include "engine/metrics.h"
#include "model/scored_result.h"
#include "queue/record.h"

namespace otmetka::engine {

class Engine;
class GradebookFeed;

// Counted by the worker's own threads while it works; any thread. docs/operations.md explains each name.
class EngineMetrics {
 public:
  using Clock = std::chrono::steady_clock;

  explicit EngineMetrics(Metrics& metrics);  // once for each Metrics

  void taken(std::span<const queue::Record> records) const;
  // After a try that ended at this moment and began at `began`: this moment, which is the next one's beginning. Stamps what
  // the work has become; one that only goes to another lane is not counted.
  Clock::time_point tried(const Work& work, Graded& graded, LaneName lane, Clock::time_point began) const;
  void judged(const ScoredResult& result) const;
  void retried(const std::string& code) const;
  void committed(std::span<const Stamp> works, std::span<const queue::DeadLetter> letters) const;

 private:
  struct OfLane {
    Metrics::Histogram grading;
    Metrics::Histogram whole;
  };
  const OfLane& of(LaneName lane) const { return lane == LaneName::kPrograms ? programs_ : answers_; }

  Metrics::Counter taken_;
  Metrics::Counter graded_;
  Metrics::Labelled retried_;
  Metrics::Labelled dead_letters_;
  Metrics::Counter forwarded_;
  Metrics::Counter commits_;
  std::vector<Metrics::Counter> parts_;  // by Verdict, from 1
  Metrics::Histogram queue_wait_;
  OfLane answers_;
  OfLane programs_;
  Metrics::Histogram commit_wait_;
};

// What the worker and the feeds hold at the moment; they must outlive the last page.
void add_readings(Metrics& metrics, const Engine& engine);
void add_readings(Metrics& metrics, std::vector<const GradebookFeed*> feeds);  // all of them together

// The program's version, and what the system says of this process: CPU time, resident memory, when it began.
void add_process_readings(Metrics& metrics);

}  // namespace otmetka::engine
