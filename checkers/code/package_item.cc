#include "checkers/code/package_item.h"

#include "checkers/checker.h"

namespace otmetka::checkers::code {

Status put_package(const packages::PackageFiles& files, const std::set<std::string>& paths, v1::CodeSettings& settings) {
  std::uint64_t room = kMostPackageBytes;
  for (const std::string& path : paths) {
    if (!files.has_file(path)) continue;
    if (!packages::can_be_shown(path)) return error("OT571", {quote(path), std::string("UTF-8")});
    auto bytes = files.read(path, room);
    if (!bytes && bytes.failure().code() == "OT573") return error("OT593", {path, static_cast<std::int64_t>(kMostPackageBytes >> 20)});
    if (!bytes) return bytes.failure();
    room -= bytes->size();
    v1::CodeFile& file = *settings.add_package();
    file.set_reference(path);
    file.set_content(std::move(*bytes));
  }
  return ok_status();
}

Result<HeldPackage> held_package(const v1::CodeSettings& settings) {
  packages::PackageFiles::Held held;
  for (const v1::CodeFile& file : settings.package()) held[file.reference()] = file.content();
  const auto files = packages::PackageFiles::hold("package", std::move(held));
  auto package = packages::read_package(files, sandbox::built_in_languages(), packages::Submissions::kLeave);
  if (!package) return package.failure();
  const auto worth = packages::worth_of(*package);
  if (!worth) return worth.failure();
  return HeldPackage{std::move(*package), *worth};
}

}  // namespace otmetka::checkers::code
