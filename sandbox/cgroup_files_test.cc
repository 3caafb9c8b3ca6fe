#include "sandbox/cgroup_files.h"

#include <gtest/gtest.h>

#include <limits>

namespace otmetka::sandbox {
namespace {

TEST(CgroupFiles, FieldsAreWholeWordsAtTheBeginningOfALine) {
  constexpr std::string_view kEvents = "low 0\nhigh 3\nmax 12\noom 1\noom_kill 7\noom_group_kill 2\n";
  EXPECT_EQ(field(kEvents, "oom_kill"), 7u);
  EXPECT_EQ(field(kEvents, "oom"), 1u) << "not oom_kill";
  EXPECT_EQ(field(kEvents, "kill"), 0u);
  EXPECT_EQ(field("", "oom"), 0u);
}

TEST(CgroupFiles, NoLimitIsTheGreatestNumber) {
  EXPECT_EQ(number("4096\n"), 4'096u);
  EXPECT_EQ(number("max\n"), std::numeric_limits<std::uint64_t>::max());
}

TEST(CgroupFiles, HierarchiesOfThisMachineAreFoundWhereTheyAreMounted) {
  for (const Hierarchy& one : hierarchies()) {
    EXPECT_EQ(one.mount_point.front(), '/');
    EXPECT_TRUE(read_text(one.mount_point + one.own + "/cgroup.procs")) << one.mount_point << one.own;
  }
}

}  // namespace
}  // namespace otmetka::sandbox
