#include "cli/fix_script.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace otmetka::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(FixScript, HoldsWhatIsMissingOnceAndNothingElse) {
  const std::string script = fix_script({{"doctor.fix.swap", ""}, {"doctor.fix.inotify", ""}, {"doctor.fix.swap", ""}});
  EXPECT_THAT(script, StartsWith("#!/bin/sh\n"));
  EXPECT_EQ(script.find("swapoff"), script.rfind("swapoff"));
  EXPECT_THAT(script, HasSubstr("max_user_instances"));
  EXPECT_THAT(script, Not(HasSubstr("Delegate")));
}

TEST(FixScript, WhatNoCommandDoesIsAComment) {
  EXPECT_THAT(fix_script({{"doctor.fix.clock", "clock: set it"}}), HasSubstr("\n# By hand: clock: set it\n"));
  EXPECT_THAT(fix_script({}), HasSubstr("set -e"));
}

}  // namespace
}  // namespace otmetka::cli
