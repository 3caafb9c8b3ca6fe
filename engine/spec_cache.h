// Specs ready to grade by, addressed by hash; and which hash is the current one of an id.
#pragma once

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/compiled_spec.h"

namespace otmetka::engine {

// Any thread. A compiled spec lives as long as anybody holds it, so replacing one never disturbs work under way.
// Holds at most `most` specs that are not current; the one put first goes first.
class SpecCache {
 public:
  explicit SpecCache(std::size_t most = 1'000) : most_(most) {}

  // Makes it known by its hash and, if `current`, as the one that its id means when an event names no hash.
  void put(std::shared_ptr<const CompiledSpec> spec, bool current);

  // By hash when there is one (the id is then only a name), else the current one of `id`. Null: not known (yet).
  std::shared_ptr<const CompiledSpec> find(std::string_view id, std::string_view sha256) const;

 private:
  struct Held {
    std::shared_ptr<const CompiledSpec> spec;
    std::uint64_t put_at = 0;
  };
  void drop_oldest();

  std::size_t most_;
  mutable std::shared_mutex mutex_;
  std::uint64_t clock_ = 0;
  std::unordered_map<std::string, Held> by_hash_;
  std::unordered_map<std::string, std::shared_ptr<const CompiledSpec>> current_;
};

}  // namespace otmetka::engine
