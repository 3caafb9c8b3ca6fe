#include "model/time.h"

#include <gtest/gtest.h>

namespace otmetka {
namespace {

TEST(Rfc3339, ReadsAndWrites) {
  const std::pair<const char*, const char*> rows[] = {{"2026-11-23T10:15:00Z", "2026-11-23T10:15:00Z"},
                                                      {"2026-11-23T10:15:00.25+03:00", "2026-11-23T07:15:00.250Z"},
                                                      {"2026-11-23t10:15:00.0000019z", "2026-11-23T10:15:00.000001Z"},
                                                      {"2024-02-29T23:59:59-00:30", "2024-03-01T00:29:59Z"}};
  for (const auto& [text, expected] : rows) {
    const auto at = parse_rfc3339(text);
    ASSERT_TRUE(at) << text;
    EXPECT_EQ(to_rfc3339(*at), expected);
  }
}

TEST(Rfc3339, RefusesTheRest) {
  for (const char* text : {"", "2026-11-23", "2026-13-01T00:00:00Z", "2025-02-29T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T10:15:00",
                           "2026-11-23T10:15:00.Z", "2026-11-23T10:15:00Zx", "1969-12-31T23:59:59Z", "2026-11-23T10:15Z", "26-11-23T10:15:00Z"})
    EXPECT_FALSE(parse_rfc3339(text)) << text;
}

TEST(Duration, ReadsWhatTeachersWrite) {
  const std::pair<const char*, int> rows[] = {{"10m", 600}, {"1d", 86400}, {"1h30m", 5400}, {"0", 0}, {"45s", 45}, {"0s", 0}};
  for (const auto& [text, expected] : rows) EXPECT_EQ(parse_duration(text), std::chrono::seconds(expected)) << text;
  for (const char* text : {"", "10", "m", "-1m", "1m1h", "1.5h", "99999999999999999999d", "5000d", "1 d"}) EXPECT_FALSE(parse_duration(text)) << text;
}

}  // namespace
}  // namespace otmetka
