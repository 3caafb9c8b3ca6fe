// Specs ready to grade by, addressed by hash; and which hash is the current one of an id.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/compiled_spec.h"
#include "model/result.h"

namespace otmetka::engine {

// The bytes of a spec that was graded by once, by its hash; nullopt: not known there, or not to be had now. Any thread.
using SpecArchive = std::function<std::optional<std::string>(const std::string& sha256)>;

// Tests are part of a spec, so one may take 32 MiB, and twice as much again when it is ready to grade by.
inline constexpr std::size_t kMostSpecBytes = std::size_t{256} << 20;

// A spec that is there and must not be graded by yet.
struct WithheldSpec {
  std::string id;
  std::string sha256;
  Error why;
};

// Any thread. A compiled spec lives as long as anybody holds it, so replacing one never disturbs work under way.
// Holds at most `most` specs that are not current, and `most_bytes` of them as they were published; the one put first goes first,
// and comes back from the archive if there is one: an event pinned to an earlier version finds it after a restart too.
class SpecCache {
 public:
  explicit SpecCache(std::size_t most = 1'000, SpecArchive archive = {}, std::size_t most_bytes = kMostSpecBytes)
      : most_(most), most_bytes_(most_bytes), archive_(std::move(archive)) {}

  // Makes it known by its hash and, if `current`, as the one that its id means when an event names no hash.
  void put(std::shared_ptr<const CompiledSpec> spec, bool current);

  // By hash when there is one (the id is then only a name), else the current one of `id`. Null: not known (yet). Takes as
  // long as a look into a table, but for a spec that comes from the archive.
  std::shared_ptr<const CompiledSpec> find(std::string_view id, std::string_view sha256);

  // In place of those withheld before. Who wants one that find() does not know waits for it, however long that takes.
  void withhold(std::vector<WithheldSpec> specs);
  std::optional<Error> why_withheld(std::string_view id, std::string_view sha256) const;  // by hash when there is one

 private:
  struct Held {
    std::shared_ptr<const CompiledSpec> spec;
    std::uint64_t put_at = 0;
  };
  std::shared_ptr<const CompiledSpec> known(std::string_view id, const std::string& sha256) const;
  std::shared_ptr<const CompiledSpec> from_archive(const std::string& sha256);
  bool is_current(const Held& held) const;
  std::size_t bytes_of_others() const;
  void drop_oldest();

  std::size_t most_;
  std::size_t most_bytes_;
  SpecArchive archive_;
  std::mutex archive_mutex_;  // one at a time: the others find what the first has put
  mutable std::shared_mutex mutex_;
  std::uint64_t clock_ = 0;
  std::unordered_map<std::string, Held> by_hash_;
  std::unordered_map<std::string, std::shared_ptr<const CompiledSpec>> current_;
  std::vector<WithheldSpec> withheld_;
};

}  // namespace otmetka::engine
