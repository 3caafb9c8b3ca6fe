// A problem package as the settings of a `code` item: its files travel in them, and the item is judged by the package's rules.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "checkers/code/code.pb.h"
#include "packages/mark.h"
#include "packages/package.h"

namespace otmetka::checkers::code {

inline constexpr std::uint64_t kMostPackageBytes = 32u << 20;  // of all its files that judging needs

// Puts the files that these paths name into the settings; those that are none are passed by. OT571, also for a name that is not
// UTF-8, OT572; OT593: more than kMostPackageBytes.
Status put_package(const packages::PackageFiles& files, const std::set<std::string>& paths, v1::CodeSettings& settings);

struct HeldPackage {
  packages::Package package;
  Ratio worth;
};

// What the settings hold, ready to be judged by. Errors of read_package and worth_of.
Result<HeldPackage> held_package(const v1::CodeSettings& settings);

}  // namespace otmetka::checkers::code
