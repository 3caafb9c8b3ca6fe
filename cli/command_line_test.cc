#include "cli/command_line.h"

#include <gtest/gtest.h>

namespace otmetka::cli {
namespace {

TEST(Report, TheExitCodeFollowsTheError) {
  const Context context;
  EXPECT_EQ(report(context, error("OT512", {std::string("wrokers"), std::string("otmetka.yaml:1")})), kUsage);
  EXPECT_EQ(report(context, retryable_error("OT408", {std::string("queue.db"), std::int64_t{5}})), kTemporary);
  EXPECT_EQ(report(context, error("OT523", {std::string("most")}), kNo), kNo);
}

TEST(Report, NotAllowedHasACodeOfItsOwn) {
  const Context context;
  const std::string reason = "Permission denied";
  EXPECT_EQ(report(context, error("OT403", {std::string("queue"), reason})), kNotAllowed);
  EXPECT_EQ(report(context, error("OT416", {std::string("book.db"), reason})), kNotAllowed);
  EXPECT_EQ(report(context, error("OT374", {std::string("a.csv")})), kNotAllowed);
}

}  // namespace
}  // namespace otmetka::cli
