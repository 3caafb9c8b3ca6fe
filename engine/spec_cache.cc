#include "engine/spec_cache.h"

#include <algorithm>

#include "engine/sha256.h"

namespace otmetka::engine {

void SpecCache::put(std::shared_ptr<const CompiledSpec> spec, bool current) {
  const std::unique_lock lock(mutex_);
  by_hash_[spec->sha256] = {spec, ++clock_};
  if (current) current_[spec->message.id()] = std::move(spec);
  if (by_hash_.size() > most_ + current_.size()) drop_oldest();
  while (bytes_of_others() > most_bytes_) drop_oldest();
}

bool SpecCache::is_current(const Held& held) const {
  const auto it = current_.find(held.spec->message.id());
  return it != current_.end() && it->second->sha256 == held.spec->sha256;
}

std::size_t SpecCache::bytes_of_others() const {
  std::size_t out = 0;
  for (const auto& [hash, held] : by_hash_) out += is_current(held) ? 0 : held.spec->bytes.size();
  return out;
}

void SpecCache::drop_oldest() {
  auto oldest = by_hash_.end();
  for (auto it = by_hash_.begin(); it != by_hash_.end(); ++it) {
    if (is_current(it->second)) continue;
    if (oldest == by_hash_.end() || it->second.put_at < oldest->second.put_at) oldest = it;
  }
  if (oldest != by_hash_.end()) by_hash_.erase(oldest);
}

std::shared_ptr<const CompiledSpec> SpecCache::known(std::string_view id, const std::string& sha256) const {
  const std::shared_lock lock(mutex_);
  if (!sha256.empty()) {
    const auto it = by_hash_.find(sha256);
    return it == by_hash_.end() ? nullptr : it->second.spec;
  }
  const auto it = current_.find(std::string(id));
  return it == current_.end() ? nullptr : it->second;
}

std::shared_ptr<const CompiledSpec> SpecCache::find(std::string_view id, std::string_view sha256) {
  const std::string hash(sha256);
  auto found = known(id, hash);
  return found != nullptr || hash.empty() || !archive_ ? found : from_archive(hash);
}

void SpecCache::withhold(std::vector<WithheldSpec> specs) {
  const std::unique_lock lock(mutex_);
  withheld_ = std::move(specs);
}

std::optional<Error> SpecCache::why_withheld(std::string_view id, std::string_view sha256) const {
  const std::shared_lock lock(mutex_);
  for (const WithheldSpec& spec : withheld_) {
    if (sha256.empty() ? spec.id == id : spec.sha256 == sha256) return spec.why;
  }
  return std::nullopt;
}

// Only what hashes to the name it was asked for by: an archive is not trusted further than that.
std::shared_ptr<const CompiledSpec> SpecCache::from_archive(const std::string& sha256) {
  const std::lock_guard lock(archive_mutex_);
  if (auto found = known({}, sha256)) return found;
  std::optional<std::string> bytes = archive_(sha256);
  v1::AssessmentSpec message;
  if (!bytes || sha256_hex(*bytes) != sha256 || !message.ParseFromString(*bytes)) return nullptr;
  CompileResult compiled = compile(std::move(message), {}, std::move(*bytes));
  if (compiled.spec != nullptr) put(compiled.spec, false);
  return compiled.spec;
}

}  // namespace otmetka::engine
