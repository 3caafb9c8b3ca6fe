// Sizes and short times as people write them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace otmetka {

// "64KiB", "256 MiB", "1.5 GiB", "1000 B": 1 to 2^40 bytes, a fraction of at most three digits. The old names KB, MB, GB are
// refused: half the world means 1000 by them. nullopt for anything else.
std::optional<std::uint64_t> parse_bytes(std::string_view text);

// "1s", "0.5 s", "250ms", "2m": 1 ms to 1 hour, a fraction of at most three digits.
std::optional<std::chrono::milliseconds> parse_time_limit(std::string_view text);

// "256 MiB", "1.5 MiB", "300 B": at most one decimal.
std::string to_bytes_text(std::uint64_t bytes);

}  // namespace otmetka
