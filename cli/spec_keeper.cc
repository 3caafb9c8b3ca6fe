#include "cli/spec_keeper.h"

#include <iterator>

#include "cli/server_log.h"
#include "engine/sha256.h"

namespace otmetka::cli {

Status SpecKeeper::before_apply(std::span<const gradebook::Arrival> batch) {
  const std::lock_guard lock(mutex_);
  std::set<std::string> wanted;
  for (const gradebook::Arrival& arrival : batch) {
    const std::string& hash = arrival.head.spec_sha256;
    if (hash.empty() || known_.contains(hash)) continue;
    const auto there = has(hash);
    if (!there) return there.failure();
    if (!*there) wanted.insert(hash);
  }
  if (wanted.empty()) return ok_status();
  if (Status read = read_topic(); !read) return read;
  for (const std::string& hash : wanted) {
    if (known_.contains(hash) || !missing_.insert(hash).second) continue;
    log_event("spec_unknown", "sha256=" + hash);
  }
  return ok_status();
}

Result<bool> SpecKeeper::has(const std::string& sha256) {
  const auto row = book_.spec(sha256);
  if (!row) return row.failure();
  if (*row) known_.insert(sha256);
  return row->has_value();
}

Status SpecKeeper::read_topic() {
  auto specs = topic_.read(true);
  if (!specs) return specs.failure();
  waiting_.insert(waiting_.end(), std::make_move_iterator(specs->begin()), std::make_move_iterator(specs->end()));
  for (; !waiting_.empty(); waiting_.pop_front()) {
    const queue::PublishedSpec& spec = waiting_.front();
    if (spec.bytes.empty() || known_.contains(spec.sha256) || engine::sha256_hex(spec.bytes) != spec.sha256) continue;
    if (Status put = book_.put_spec({spec.sha256, spec.id, spec.bytes}); !put) return put;
    known_.insert(spec.sha256);
    missing_.erase(spec.sha256);
  }
  return ok_status();
}

}  // namespace otmetka::cli
