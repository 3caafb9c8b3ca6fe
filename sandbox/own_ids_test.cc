#include "sandbox/own_ids.h"

#include <gtest/gtest.h>

#include <set>

namespace otmetka::sandbox {
namespace {

TEST(OwnIds, LieWhereTheNamespaceHasRoomForThem) {
  const struct {
    const char* what;
    const char* map;
    OwnIds ids;
  } rows[] = {
      {"the host", "         0          0 4294967295\n", {900'000'000, 500'000'000}},
      {"a container that has just these", "0 0 1\n900000000 900000000 1000000000\n", {900'000'000, 500'000'000}},
      {"a rootless container", "         0       1000          1\n         1     100000      65536\n", {32'767, 16'383}},
      {"a container of 65,536", "0 100000 65536\n", {32'766, 16'383}},
      {"no more than three thousand", "0 0 1\n1 100000 3000\n", {}},
      {"unshare --map-root-user", "         0          0          1\n", {}},
      {"no map is written yet", "", {}},
      {"damage", "0 0\n0 x 4294967295", {}},
  };
  for (const auto& row : rows) {
    const OwnIds ids = own_ids_in(row.map, row.map);
    EXPECT_EQ(ids.first, row.ids.first) << row.what;
    EXPECT_EQ(ids.pairs, row.ids.pairs) << row.what;
  }
  EXPECT_FALSE(own_ids_in("0 0 4294967295\n", "0 0 1\n").any()) << "groups are needed as well";
}

TEST(OwnIds, NoTwoCellsOfAProcessShareThem) {
  for (const OwnIds& ids : {OwnIds{900'000'000, 500'000'000}, OwnIds{32'767, 16'383}}) {
    std::set<std::uint32_t> seen;
    for (unsigned cell = 0; cell < 1'000; ++cell) {
      const std::uint32_t id = ids.pair(4'194'303, cell);
      EXPECT_TRUE(id >= ids.first && id + 1 < ids.first + 2 * ids.pairs) << id;
      seen.insert((id - ids.first) / 2);
    }
    EXPECT_EQ(seen.size(), 1'000u);
  }
}

}  // namespace
}  // namespace otmetka::sandbox
