#include "engine/programs_lane.h"

#include "engine/engine_metrics.h"
#include "engine/fault.h"

namespace otmetka::engine {

ProgramsLane::ProgramsLane(SpecCache& specs, Programs& programs, Options options, AnswersLane::Hooks hooks)
    : specs_(specs), programs_(programs), options_(options), hooks_(std::move(hooks)) {
  for (int i = 0; i < options_.threads; ++i) threads_.emplace_back([this] { run(); });
}

ProgramsLane::~ProgramsLane() { finish(); }

void ProgramsLane::submit(Work work, ProgramTicket ticket) {
  {
    const std::lock_guard lock(mutex_);
    if (finishing_) return;  // it is polled again by the next run
    Class& of = ticket.interactive ? interactive_ : batch_;
    auto& waiting = of.waiting[ticket.assignment];
    if (waiting.empty()) of.turns.push_back(ticket.assignment);
    waiting.push_back(std::move(work));
    ++waiting_;
  }
  changed_.notify_one();
}

LaneLoad ProgramsLane::load() const {
  const std::lock_guard lock(mutex_);
  return {.waiting = waiting_, .slots = options_.threads, .busy = busy_};
}

std::map<std::int32_t, std::size_t> ProgramsLane::waiting_by_partition() const {
  std::map<std::int32_t, std::size_t> out;
  const std::lock_guard lock(mutex_);
  for (const Class* of : {&interactive_, &batch_}) {
    for (const auto& [assignment, works] : of->waiting) {
      for (const Work& work : works) ++out[work.record.position.partition];
    }
  }
  return out;
}

void ProgramsLane::Class::drop(const std::function<bool(const Work&)>& which, std::vector<queue::Position>& dropped) {
  for (auto& [assignment, works] : waiting) {
    std::erase_if(works, [&](const Work& work) {
      if (!which(work)) return false;
      dropped.push_back(work.record.position);
      return true;
    });
  }
  std::erase_if(turns, [this](const std::string& assignment) { return waiting.at(assignment).empty(); });
  std::erase_if(waiting, [](const auto& one) { return one.second.empty(); });
}

std::vector<queue::Position> ProgramsLane::drop(const std::function<bool(const Work&)>& which) {
  std::vector<queue::Position> dropped;
  const std::lock_guard lock(mutex_);
  interactive_.drop(which, dropped);
  batch_.drop(which, dropped);
  waiting_ -= dropped.size();
  return dropped;
}

void ProgramsLane::finish() {
  {
    const std::lock_guard lock(mutex_);
    finishing_ = true;
    interactive_ = batch_ = Class{};
    waiting_ = 0;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void ProgramsLane::run() {
  Work work;
  while (take(work)) {
    const Status graded = without_throwing([&] {
      grade(std::move(work));
      return ok_status();
    });
    if (!graded && hooks_.failed) hooks_.failed(graded.failure());
    const std::lock_guard lock(mutex_);
    --busy_;
  }
}

bool ProgramsLane::take(Work& work) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return finishing_ || !interactive_.turns.empty() || !batch_.turns.empty(); });
  if (finishing_) return false;
  Class& of = interactive_.turns.empty() ? batch_ : interactive_;
  const std::string assignment = std::move(of.turns.front());
  of.turns.pop_front();
  const auto waiting = of.waiting.find(assignment);
  work = std::move(waiting->second.front());
  waiting->second.pop_front();
  if (waiting->second.empty()) {
    of.waiting.erase(waiting);
  } else {
    of.turns.push_back(assignment);
  }
  --waiting_;
  ++busy_;
  return true;
}

void ProgramsLane::grade(Work work) {
  const auto began = EngineMetrics::Clock::now();
  const LastTry last{.of_fault = work.faults + 1 >= options_.tries, .of_spec = true, .forwarding = &options_.forwarding};
  const InHand::Holding holding(options_.in_hand, work.record);
  Graded graded = grade_record(work, specs_, last, &programs_, options_.metrics);
  if (options_.metrics != nullptr) options_.metrics->tried(work, graded, LaneName::kPrograms, began);
  std::vector<Finished> finished;
  std::vector<AnswersLane::Retry> again;
  if (graded.finished) {
    finished.push_back(std::move(*graded.finished));
  } else {
    ++work.attempts;
    ++work.faults;
    again.push_back({std::move(work), std::move(graded.error), graded.awaits});
  }
  hooks_.done(std::move(finished), std::move(again));
}

}  // namespace otmetka::engine
