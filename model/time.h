// Points in time: microseconds, UTC.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace otmetka {

using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;

// RFC 3339: "2026-11-23T10:15:00Z", "…:00.25+03:00"; date and time are both required. Digits past microseconds are cut.
// Years 1970 to 9999. nullopt for anything else.
std::optional<Timestamp> parse_rfc3339(std::string_view text);

// "2026-11-23T10:15:00Z", with 3 or 6 decimals where they are not zero (protobuf's JSON form).
std::string to_rfc3339(Timestamp at);

Timestamp now();

// A length as teachers write it: "10m", "1d", "2h", "30s", "1h30m", "0"; units d h m s, whole numbers, at most ten years.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);

}  // namespace otmetka
