#include "engine/spec_check.h"

#include <filesystem>

#include "checkers/catalog.h"
#include "engine/lint.h"
#include "engine/package_spec.h"
#include "spec/load.h"

namespace otmetka::engine {
namespace {

const std::vector<spec::KindRow>& kinds() {
  static const std::vector<spec::KindRow> kRows = [] {
    std::vector<spec::KindRow> rows;
    for (const checkers::CheckerType& type : checkers::catalog()) rows.push_back({type.name, type.settings()});
    return rows;
  }();
  return kRows;
}

void add(const std::vector<SpecProblem>& problems, const std::string& name, CheckedSpec& out) {
  for (const SpecProblem& problem : problems) {
    spec::Diagnostic diagnostic = diagnostic_of(problem.message, name);
    diagnostic.path = problem.path;
    diagnostic.range = out.locations.inside(problem.path, problem.offset, problem.length);
    out.diagnostics.push_back(std::move(diagnostic));
  }
}

CheckedSpec finish(spec::LoadedSpec loaded, const std::string& name, const std::string& folder, Depth depth, Programs* programs) {
  CheckedSpec out;
  const bool readable = loaded.ok();
  out.locations = std::move(loaded.locations);
  out.diagnostics = std::move(loaded.diagnostics);
  // Kinds speak even when the reader has found errors in other items, so that a teacher sees all of them at once.
  CompileResult compiled = compile(std::move(loaded.message), folder);
  std::erase_if(compiled.problems, [&](const SpecProblem& problem) { return spec::is_told(out.diagnostics, problem.path); });
  add(compiled.problems, name, out);
  out.files = std::move(compiled.files);
  for (const spec::Diagnostic& diagnostic : out.diagnostics) {
    if (diagnostic.message.id != "OT169" || diagnostic.message.args.empty()) continue;
    const auto* path = std::get_if<std::string>(&diagnostic.message.args[0]);
    if (path != nullptr) out.files.note_missing((std::filesystem::path(folder) / *path).string());
  }
  if (readable) out.spec = std::move(compiled.spec);
  if (out.spec != nullptr && depth == Depth::kLint) {
    const LintResult found = lint(*out.spec, folder, programs);
    add(found.problems, name, out);
    out.samples_run = found.samples_run;
    out.samples_passed = found.samples_passed;
  }
  spec::sort_by_position(out.diagnostics);
  return out;
}

}  // namespace

spec::Diagnostic diagnostic_of(const Message& message, const std::string& name) {
  spec::Diagnostic out;
  out.message = message;
  out.severity = is_error(message) ? messages::Severity::kError : messages::Severity::kWarning;
  out.file = name;
  return out;
}

CheckedSpec check_spec_file(const std::string& path, Depth depth, Programs* programs) {
  if (is_package(path)) return check_package(path);
  const std::filesystem::path parent = std::filesystem::path(path).parent_path();
  return finish(spec::load_file(path, kinds()), path == "-" ? std::string() : path, parent.empty() ? "." : parent.string(), depth,
                programs);
}

CheckedSpec check_spec_text(std::string text, const std::string& name, const std::string& folder, Depth depth) {
  return finish(spec::load_text(std::move(text), spec::form_of(name), {kinds(), name, folder}), name, folder, depth, nullptr);
}

}  // namespace otmetka::engine
