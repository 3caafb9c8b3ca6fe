#include "engine/package_spec.h"

#include <filesystem>
#include <set>

#include "checkers/code/package_item.h"
#include "spec/formats.h"

namespace otmetka::engine {
namespace {

namespace fs = std::filesystem;

using packages::Package;
using packages::PackageFiles;

v1::AssessmentSpec spec_of(const std::string& id, const Package& package, const Ratio& worth, const v1::CodeSettings& settings) {
  v1::AssessmentSpec out;
  out.set_grade("v1");
  out.set_id(id);
  out.mutable_title()->set_ru(package.name);
  out.mutable_title()->set_en(package.name);
  v1::Item& item = *out.add_items();
  item.set_id(id);
  item.mutable_points()->set_num(static_cast<std::int64_t>(worth.num()));
  item.mutable_points()->set_den(static_cast<std::int64_t>(worth.den()));
  item.mutable_kind()->PackFrom(settings);
  return out;
}

Result<v1::AssessmentSpec> read(const std::string& folder, CheckedSpec& out) {
  std::set<std::string> paths;
  const auto note = [&](const std::string& path) {
    out.files.note((fs::path(folder) / path).string());
    paths.insert(path);
  };
  const auto files = PackageFiles::open(folder, note);
  if (!files) return files.failure();
  const std::string id = files->name();
  if (spec::refuse_text(v1::FORMAT_ID, id)) return error("OT595", {id});
  const auto package = packages::read_package(*files, sandbox::built_in_languages(), packages::Submissions::kLeave);
  if (!package) return package.failure();
  for (const Message& warning : package->warnings) out.diagnostics.push_back(diagnostic_of(warning, folder));
  if (!package->time_limit) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(package->task.limits.cpu).count();
    out.diagnostics.push_back(diagnostic_of({"OT594", {std::int64_t{seconds}}}, folder));
  }
  const auto worth = packages::worth_of(*package);
  if (!worth) return worth.failure();
  v1::CodeSettings settings;
  const std::set<std::string> taken = paths;  // reading them notes them again
  if (Status put = checkers::code::put_package(*files, taken, settings); !put) return put.failure();
  return spec_of(id, *package, *worth, settings);
}

}  // namespace

bool is_package(const std::string& folder) {
  std::error_code problem;
  return fs::is_regular_file(fs::path(folder) / "problem.yaml", problem);
}

CheckedSpec check_package(const std::string& folder) {
  CheckedSpec out;
  out.package = true;
  auto message = read(folder, out);
  if (!message) {
    out.diagnostics.push_back(diagnostic_of(message.failure().message, folder));
    return out;
  }
  CompileResult compiled = compile(std::move(*message), {});
  for (const SpecProblem& problem : compiled.problems) out.diagnostics.push_back(diagnostic_of(problem.message, folder));
  out.spec = std::move(compiled.spec);
  return out;
}

}  // namespace otmetka::engine
