#include "engine/spec_cache.h"

#include <algorithm>

namespace otmetka::engine {

void SpecCache::put(std::shared_ptr<const CompiledSpec> spec, bool current) {
  const std::unique_lock lock(mutex_);
  by_hash_[spec->sha256] = {spec, ++clock_};
  if (current) current_[spec->message.id()] = std::move(spec);
  if (by_hash_.size() > most_ + current_.size()) drop_oldest();
}

void SpecCache::drop_oldest() {
  const auto is_current = [&](const Held& held) {
    const auto it = current_.find(held.spec->message.id());
    return it != current_.end() && it->second == held.spec;
  };
  auto oldest = by_hash_.end();
  for (auto it = by_hash_.begin(); it != by_hash_.end(); ++it) {
    if (is_current(it->second)) continue;
    if (oldest == by_hash_.end() || it->second.put_at < oldest->second.put_at) oldest = it;
  }
  if (oldest != by_hash_.end()) by_hash_.erase(oldest);
}

std::shared_ptr<const CompiledSpec> SpecCache::find(std::string_view id, std::string_view sha256) const {
  const std::shared_lock lock(mutex_);
  if (!sha256.empty()) {
    const auto it = by_hash_.find(std::string(sha256));
    return it == by_hash_.end() ? nullptr : it->second.spec;
  }
  const auto it = current_.find(std::string(id));
  return it == current_.end() ? nullptr : it->second;
}

}  // namespace otmetka::engine
