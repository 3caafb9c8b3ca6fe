// Partitions that come and go, and that are paused: the part of the worker that knows it may not be the only one.
#include <algorithm>

#include "engine/engine.h"

namespace otmetka::engine {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kDrainLook{20};    // between two looks at whether all is drained
constexpr milliseconds kPausesLook{50};   // between two looks at the bounds
constexpr milliseconds kFull{1'000};      // so long without room is no ordinary backlog
constexpr double kMetadataAt = 0.75;      // of its bound
constexpr std::size_t kProgramsQueued = 4;  // works a slot
constexpr double kBatchShare = 0.25;      // of the bounds: the rest is for those who wait for their result
constexpr double kRetryShare = 1.0 / 16;

double ratio(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

double share_of(queue::Lane lane) {
  switch (lane) {
    case queue::Lane::kBatch: return kBatchShare;
    case queue::Lane::kRetry: return kRetryShare;
    default: return 1;
  }
}

}  // namespace

void Engine::assigned(std::span<const queue::PartitionProgress> progress) {
  shares_ = true;
  in_flight_.restore(progress);
}

// The committer commits, the lanes finish what they have begun; this thread, which is the one that polls, only waits.
void Engine::revoking(std::span<const std::int32_t> partitions, milliseconds most) {
  const auto until = std::chrono::steady_clock::now() + most;
  in_flight_.leave(partitions);
  do {
    polling_.beat();
    forget_unbegun(partitions);  // again and again: a work may just have been on its way from one lane to the other
  } while (!in_flight_.drained(partitions, kDrainLook) && std::chrono::steady_clock::now() < until);
  let_go(partitions);
}

void Engine::lost(std::span<const std::int32_t> partitions) { let_go(partitions); }

void Engine::let_go(std::span<const std::int32_t> partitions) {
  in_flight_.drop(partitions);
  forget_unbegun(partitions);
  pauses_.forget(partitions);
  paused_ = pauses_.size();
  lane_.resume();
}

void Engine::forget_unbegun(std::span<const std::int32_t> partitions) {
  const auto gone = [&](const Work& work) {
    return std::find(partitions.begin(), partitions.end(), work.record.position.partition) != partitions.end();
  };
  in_flight_.forget(lane_.drop(gone));
  if (programs_lane_) in_flight_.forget(programs_lane_->drop(gone));
  retries_.drop(gone);
  want_specs_.drop(gone);
  std::erase_if(suspects_, gone);
  std::erase_if(behind_, gone);
}

// Those that came with them are postponed: nothing else is being graded while one of them is.
void Engine::set_apart_suspects(std::vector<Work>& works) {
  if (options_.in_hand != nullptr) {
    for (Work& work : works) work.record.journey.suspected += options_.in_hand->suspected(work.record);
  }
  const auto suspected = [](const Work& work) { return work.record.journey.suspected > 0; };
  if (std::ranges::none_of(works, suspected)) return;
  std::vector<queue::Position> postponed;
  for (Work& work : works) {
    postponed.push_back(work.record.position);
    if (suspected(work)) {
      suspects_.push_back(std::move(work));
    } else {
      behind_.push_back(std::move(work));
    }
  }
  works.clear();
  in_flight_.finish({}, postponed);
}

// True: there are some, and nothing else is to be done now. What was begun before is finished and committed first, and each of them
// before the next, so that one that ends the worker ends nothing else.
bool Engine::grade_suspects() {
  if (suspects_.empty() && behind_.empty()) return false;
  if (shares_ && !source_.poll(0, 0, milliseconds(0))) return false;  // poll_once() will be told
  if (!in_flight_.wait_idle(kDrainLook)) return true;
  std::vector<Work> next;
  if (suspects_.empty()) {
    next = std::move(behind_);
    behind_.clear();
  } else {
    next.push_back(std::move(suspects_.front()));
    suspects_.pop_front();
    tell({"suspect", {}, 1});
  }
  in_flight_.resumed(next);
  if (!next.empty()) lane_.submit(std::move(next));
  return true;
}

// While the last commits are made the group may move on, and would wait for this worker.
void Engine::keep_place() {
  while (shares_ && !all_committed_) {
    if (!source_.poll(0, 0, milliseconds(50))) return;
  }
}

void Engine::mind_pauses() {
  const auto now = Pauses::Clock::now();
  if (!shares_ || now < pauses_due_) return;
  pauses_due_ = now + kPausesLook;
  const Pauses::Change change = pauses_.look(pressures(now), now);
  if (!change.pause.empty()) source_.pause(change.pause);
  if (!change.resume.empty()) source_.resume(change.resume);
  paused_ = pauses_.size();
}

// In an ordinary backlog the door is shut and opened many times a second, and the source's own limit on what it fetches ahead is
// enough: only when there is no room for long is everything paused.
std::vector<Pressure> Engine::pressures(Pauses::Clock::time_point now) {
  const InFlight::Held all = in_flight_.all_held();
  const auto filled = [&](std::size_t records, std::size_t bytes) {
    return std::max(ratio(records, options_.bounds.records), ratio(bytes, options_.bounds.bytes));
  };
  const double whole = filled(all.records, all.bytes);
  if (whole < 1) full_since_.reset();
  if (whole >= 1 && !full_since_) full_since_ = now;
  const double of_all = full_since_ && now - *full_since_ >= kFull ? whole : 0;
  if (of_all > 0) all_paused_ = true;
  if (whole <= Pauses::kResumeAt) all_paused_ = false;

  const auto held = in_flight_.partitions();
  std::map<queue::Lane, InFlight::PartitionHeld> lanes;
  for (const auto& one : held) {
    auto& lane = lanes[queue::lane_of(one.partition)];
    lane.records += one.records;
    lane.bytes += one.bytes;
  }
  const LaneLoad programs = programs_lane_ ? programs_lane_->load() : LaneLoad{};
  const double queued = ratio(programs.waiting, kProgramsQueued * static_cast<std::size_t>(programs.slots));
  std::map<std::int32_t, std::size_t> want_programs;
  if (queued > Pauses::kResumeAt) want_programs = programs_lane_->waiting_by_partition();

  std::vector<Pressure> out;
  for (const auto& one : held) {
    const queue::Lane lane = queue::lane_of(one.partition);
    const auto& of_lane = lanes[lane];
    double own = lane == queue::Lane::kBatch || lane == queue::Lane::kRetry ? filled(of_lane.records, of_lane.bytes) / share_of(lane) : 0;
    if (want_programs.contains(one.partition)) own = std::max(own, queued);
    const double metadata = ratio(one.metadata_bytes, options_.metadata_bytes);
    out.push_back({.partition = one.partition,
                   .to_pause = std::max({own, metadata / kMetadataAt * Pauses::kPauseAt, of_all}),
                   .to_resume = std::max({own, metadata, all_paused_ ? whole : 0})});
  }
  return out;
}

}  // namespace otmetka::engine
