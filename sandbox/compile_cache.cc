#include "sandbox/compile_cache.h"

namespace otmetka::sandbox {
namespace {

std::uint64_t size_of(const std::string& key, const Compiled& compiled) {
  std::uint64_t bytes = 2 * key.size() + compiled.log.size() + 1'024;
  if (!compiled.executable) return bytes;
  if (compiled.executable->image) bytes += compiled.executable->image->size();
  for (const InputFile& file : compiled.executable->files) bytes += file.bytes->size();
  return bytes;
}

}  // namespace

Result<Compiled> CompileCache::get(const std::string& key, const std::function<Result<Compiled>()>& compile) {
  std::unique_lock lock(mutex_);
  while (true) {
    const auto found = entries_.find(key);
    if (found == entries_.end()) return make(lock, key, compile);
    const std::shared_ptr<Entry> entry = found->second;
    if (entry->done) {
      order_.splice(order_.begin(), order_, entry->place);
      Compiled out = entry->compiled;
      out.cached = true;
      return out;
    }
    finished_.wait(lock);  // if it fails for a reason of ours, who wakes first tries again
  }
}

Result<Compiled> CompileCache::make(std::unique_lock<std::mutex>& lock, const std::string& key,
                                    const std::function<Result<Compiled>()>& compile) {
  const auto entry = std::make_shared<Entry>();
  entries_.emplace(key, entry);
  lock.unlock();
  auto outcome = compile();
  lock.lock();
  if (outcome && outcome->run.ending != Ending::kIdleLimit) {  // the wall clock says as much of the machine as of the source
    entry->compiled = *outcome;
    entry->bytes = size_of(key, *outcome);
    entry->done = true;
    order_.push_front(key);
    entry->place = order_.begin();
    bytes_ += entry->bytes;
    make_room();
  } else {
    entries_.erase(key);
  }
  finished_.notify_all();
  return outcome;
}

void CompileCache::make_room() {
  while (bytes_ > most_bytes_ && order_.size() > 1) {
    const auto oldest = entries_.find(order_.back());
    bytes_ -= oldest->second->bytes;
    entries_.erase(oldest);
    order_.pop_back();
  }
}

}  // namespace otmetka::sandbox
