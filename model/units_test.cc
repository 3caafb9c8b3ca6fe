#include "model/units.h"

#include <gtest/gtest.h>

namespace otmetka {
namespace {

using std::chrono::milliseconds;

TEST(Bytes, AreReadInBinaryUnits) {
  EXPECT_EQ(parse_bytes("64KiB"), 65'536u);
  EXPECT_EQ(parse_bytes("256 MiB"), 256u << 20);
  EXPECT_EQ(parse_bytes("1.5 GiB"), 3u << 29);
  EXPECT_EQ(parse_bytes("300 B"), 300u);
  EXPECT_EQ(parse_bytes("300"), 300u);
  EXPECT_EQ(parse_bytes("1024 GiB"), std::uint64_t{1} << 40);
}

TEST(Bytes, RefuseWhatIsUnclearOrOutOfBounds) {
  for (const char* text : {"", "MiB", "64 KB", "64 MB", "0", "0 MiB", "-1 MiB", "1.5 B", "1.2345 MiB", "1,5 MiB", "1 MiB ", "1  MiB",
                           "1. MiB", "1025 GiB", "99999999999999999999 B", "1e3 B"}) {
    EXPECT_FALSE(parse_bytes(text)) << text;
  }
}

TEST(TimeLimit, IsReadInMilliseconds) {
  EXPECT_EQ(parse_time_limit("1s"), milliseconds(1'000));
  EXPECT_EQ(parse_time_limit("0.5 s"), milliseconds(500));
  EXPECT_EQ(parse_time_limit("250ms"), milliseconds(250));
  EXPECT_EQ(parse_time_limit("2m"), milliseconds(120'000));
  for (const char* text : {"", "1", "s", "0s", "0.5ms", "61m", "1h", "1,5s", "-1s", "1.0005s"})
    EXPECT_FALSE(parse_time_limit(text)) << text;
}

TEST(Bytes, AreShownShort) {
  EXPECT_EQ(to_bytes_text(0), "0 B");
  EXPECT_EQ(to_bytes_text(1'023), "1023 B");
  EXPECT_EQ(to_bytes_text(1'536), "1.5 KiB");
  EXPECT_EQ(to_bytes_text(256u << 20), "256 MiB");
  EXPECT_EQ(to_bytes_text(std::uint64_t{5} << 30), "5 GiB");
}

}  // namespace
}  // namespace otmetka
