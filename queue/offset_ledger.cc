#include "queue/offset_ledger.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>
#include <optional>

namespace otmetka::queue {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::int64_t kFilledGap = 16;
constexpr std::size_t kHeaderBytes = 4;  // version and checksum
constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string to_base64url(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() * 4 + 2) / 3);
  std::uint32_t held = 0;
  int bits = 0;
  for (const char c : bytes) {
    held = (held << 8) | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 6; bits -= 6) out.push_back(kAlphabet[(held >> (bits - 6)) & 63]);
  }
  if (bits > 0) out.push_back(kAlphabet[(held << (6 - bits)) & 63]);
  return out;
}

std::array<std::int8_t, 256> alphabet_values() {
  std::array<std::int8_t, 256> values;
  values.fill(-1);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::int8_t>(i);
  }
  return values;
}

std::optional<std::string> from_base64url(std::string_view text) {
  static const std::array<std::int8_t, 256> values = alphabet_values();
  std::string out;
  out.reserve(text.size() * 3 / 4);
  std::uint32_t held = 0;
  int bits = 0;
  for (const char c : text) {
    const std::int8_t value = values[static_cast<unsigned char>(c)];
    if (value < 0) return std::nullopt;
    held = (held << 6) | static_cast<std::uint32_t>(value);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out.push_back(static_cast<char>((held >> bits) & 255));
    }
  }
  if (bits == 6 || (held & ((1u << bits) - 1)) != 0) return std::nullopt;
  return out;
}

void append_varint(std::string& out, std::uint64_t value) {
  for (; value >= 128; value >>= 7) out.push_back(static_cast<char>((value & 127) | 128));
  out.push_back(static_cast<char>(value));
}

std::optional<std::uint64_t> take_varint(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 63 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 127) << shift;
    if (byte < 128) return value;
  }
  return std::nullopt;
}

// 24 bits of FNV-1a over `next` and the deltas: metadata that another program wrote, that was damaged, or that stands
// beside an offset somebody moved by hand must not make work be skipped.
std::uint32_t checksum(std::int64_t next, std::string_view deltas) {
  std::uint64_t hash = 14695981039346656037ull;
  const auto mix = [&hash](std::uint64_t byte) { hash = (hash ^ byte) * 1099511628211ull; };
  for (int shift = 0; shift < 64; shift += 8) mix((static_cast<std::uint64_t>(next) >> shift) & 255);
  for (const char c : deltas) mix(static_cast<unsigned char>(c));
  return static_cast<std::uint32_t>((hash ^ (hash >> 32)) & 0xFFFFFF);
}

std::uint32_t stored_checksum(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])); };
  return at(1) | (at(2) << 8) | (at(3) << 16);
}

std::int64_t offset_in(std::int64_t slot) { return slot < 0 ? ~slot : slot; }

}  // namespace

OffsetLedger::OffsetLedger(std::int64_t next, std::string_view metadata)
    : next_(next), resumed_at_(next), skip_below_(next) {
  if (!metadata.empty() && !decode(metadata)) {
    skip_unfinished_.clear();
    skip_below_ = next;
  }
}

bool OffsetLedger::decode(std::string_view metadata) {
  const auto bytes = from_base64url(metadata);
  if (!bytes || bytes->size() <= kHeaderBytes || static_cast<std::uint8_t>(bytes->front()) != kVersion) return false;
  std::string_view deltas = std::string_view(*bytes).substr(kHeaderBytes);
  if (stored_checksum(*bytes) != checksum(next_, deltas)) return false;
  std::int64_t at = next_;
  while (!deltas.empty()) {
    const auto delta = take_varint(deltas);
    const auto room = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max() - std::max<std::int64_t>(at, 0));
    if (!delta || *delta >= room) return false;
    skip_unfinished_.push_back(at);
    at += static_cast<std::int64_t>(*delta) + 1;
  }
  skip_below_ = at;
  return true;
}

bool OffsetLedger::finished_before(std::int64_t offset) const {
  if (offset >= skip_below_) return false;
  if (offset < resumed_at_) return true;
  return !std::binary_search(skip_unfinished_.begin(), skip_unfinished_.end(), offset);
}

void OffsetLedger::Ring::grow() {
  std::vector<std::int64_t> larger(std::max<std::size_t>(slots.size() * 2, 64));
  for (std::size_t i = 0; i < size(); ++i) larger[(head + i) & (larger.size() - 1)] = at(i);
  slots = std::move(larger);
}

void OffsetLedger::start(std::int64_t offset) {
  assert(offset >= next_ && !finished_before(offset));
  if (!ring_.empty() && offset - next_ <= kFilledGap) {
    for (; next_ < offset; ++next_) ring_.push(~next_);
  }
  ring_.push(offset);
  ++open_;
  next_ = offset + 1;
  while (skip_at_ < skip_unfinished_.size() && skip_unfinished_[skip_at_] < next_) ++skip_at_;
}

// The slot is where subtraction says, or before it by as much as the wide gaps are wide: widening steps back find it.
std::int64_t& OffsetLedger::slot_of(std::int64_t offset) {
  assert(!ring_.empty() && offset >= ring_.at(0));
  const auto guess = static_cast<std::uint64_t>(offset) - static_cast<std::uint64_t>(ring_.at(0));
  std::size_t high = static_cast<std::size_t>(std::min<std::uint64_t>(guess, ring_.size() - 1));
  std::size_t low = high;
  for (std::size_t step = 1; offset_in(ring_.at(low)) > offset; step *= 2) {
    high = low;
    low -= std::min(low, step);
  }
  while (offset_in(ring_.at(low)) != offset) {
    assert(low < high);
    const std::size_t middle = low + (high - low + 1) / 2;
    if (offset_in(ring_.at(middle)) > offset) {
      high = middle - 1;
    } else {
      low = middle;
    }
  }
  return ring_.at(low);
}

void OffsetLedger::finish(std::int64_t offset) {
  std::int64_t& slot = slot_of(offset);
  assert(slot == offset);
  slot = ~offset;
  --open_;
  while (!ring_.empty() && ring_.at(0) < 0) ++ring_.head;
}

std::int64_t OffsetLedger::next() const {
  if (!ring_.empty()) return ring_.at(0);
  if (skip_at_ < skip_unfinished_.size()) return skip_unfinished_[skip_at_];
  return std::max(next_, skip_below_);
}

std::string OffsetLedger::metadata() const {
  const bool later_ones_done = skip_below_ > next_;  // the earlier run got further than this one has so far
  if (ring_.size() == open_ && !later_ones_done) return {};
  const std::int64_t base = next();
  std::int64_t last = base;
  std::string deltas;
  const auto append = [&](std::int64_t offset) {
    if (offset == base) return;
    append_varint(deltas, static_cast<std::uint64_t>(offset - last - 1));
    last = offset;
  };
  // What was started after the last that is finished need not be listed: it lies above the high mark.
  std::size_t listed = ring_.size();
  while (!later_ones_done && ring_.at(listed - 1) >= 0) --listed;
  for (std::size_t i = 0; i < listed; ++i) {
    if (ring_.at(i) >= 0) append(ring_.at(i));
  }
  for (std::size_t i = skip_at_; i < skip_unfinished_.size(); ++i) append(skip_unfinished_[i]);
  const std::int64_t high = later_ones_done ? skip_below_ : ~ring_.at(listed - 1) + 1;
  if (high <= base) return {};
  append(high);
  const std::uint32_t check = checksum(base, deltas);
  std::string bytes{static_cast<char>(kVersion), static_cast<char>(check & 255), static_cast<char>((check >> 8) & 255),
                    static_cast<char>((check >> 16) & 255)};
  return to_base64url(bytes + deltas);
}

}  // namespace otmetka::queue
