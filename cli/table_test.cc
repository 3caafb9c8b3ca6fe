#include "cli/table.h"

#include "cli/command_line.h"

#include <sstream>

#include <gtest/gtest.h>

namespace otmetka::cli {
namespace {

std::string printed(const std::vector<std::string>& heads, const std::vector<std::string>& cells) {
  Table table(heads);
  table.row(cells);
  std::ostringstream out;
  table.print(out, false);
  return out.str();
}

TEST(Printable, ControlsAreMaskedAndTextIsLeftAsItIs) {
  EXPECT_EQ(printable("Ада 9,8 м/с²"), "Ада 9,8 м/с²");
  EXPECT_EQ(printable("a\033[2Jb"), "a\uFFFD[2Jb");
  EXPECT_EQ(printable("a\nb\tc\x7F"), "a⏎b\uFFFDc\uFFFD");
  EXPECT_EQ(printable("\u009B31m"), "\uFFFD31m") << "the one-character form of ESC [";
  EXPECT_EQ(printable("abc\u202Etxt"), "abc\uFFFDtxt") << "nothing turns the direction of what follows";
  EXPECT_EQ(printable("\xFF"), "\uFFFD");
}

TEST(Printable, OnceIsEnough) {
  for (const char* text : {"a\033[2J\nb", "\xFF\xC2", "⏎ \uFFFD"}) EXPECT_EQ(printable(printable(text)), printable(text));
}

TEST(TableTest, NoCellOrHeadSteersTheTerminalOrBreaksItsLine) {
  EXPECT_EQ(printed({"he\033ad", "b"}, {"\033]0;x\a", "a\nb"}), "he\uFFFDad   b\n\uFFFD]0;x\uFFFD  a⏎b\n");
}

TEST(TableTest, ColumnsAreAsWideAsWhatIsShown) {
  EXPECT_EQ(printed({"a", "b"}, {"\n\n\n", "x"}), "a    b\n⏎⏎⏎  x\n");
}

TEST(ProgressBarTest, IsClearedBeforeADiagnosticIsPrinted) {
  testing::internal::CaptureStderr();
  ProgressBar bar(true, "graded");
  bar.show(12, 0);
  warn({}, {"OT426", {}});
  bar.clear();
  const std::string shown = testing::internal::GetCapturedStderr();
  EXPECT_EQ(shown.rfind("\r\033[Kgraded 12\r\033[K", 0), 0u) << shown;
  EXPECT_EQ(shown.back(), '\n') << "cleared once";
}

TEST(ProgressBarTest, ShowsHowFarItIsWhereThatIsKnown) {
  testing::internal::CaptureStderr();
  { ProgressBar(true, "graded").show(7, 250, 1'000); }
  { ProgressBar(true, "graded").show(3, 6); }
  { ProgressBar(false, "graded").show(3, 6); }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "\r\033[Kgraded 7 [######..................]\r\033[K"
                                                    "\r\033[Kgraded 3/6 [############............]\r\033[K");
}

}  // namespace
}  // namespace otmetka::cli
