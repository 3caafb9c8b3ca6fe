#include "cli/spec_input.h"

#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <iostream>

#include "checkers/catalog.h"
#include "engine/answers/folder.h"
#include "engine/package_spec.h"

namespace otmetka::cli {

bool is_forbidden(const std::string& path) { return path != "-" && access(path.c_str(), R_OK) != 0 && errno == EACCES; }

void print_diagnostics(const Context& context, const engine::CheckedSpec& checked, bool picture, bool colours, std::ostream& out) {
  const auto& catalogue = checkers::message_catalogue();
  for (const spec::Diagnostic& diagnostic : checked.diagnostics) {
    if (picture) {
      out << spec::render_picture(diagnostic, checked.locations.source(), catalogue, {context.language, colours}) << '\n';
    } else {
      out << spec::render_line(diagnostic, catalogue, context.language) << '\n';
    }
  }
}

Result<std::shared_ptr<const engine::CompiledSpec>> load_spec(const Context& context, const std::string& path) {
  std::error_code unknown;
  if (std::filesystem::is_directory(path, unknown) && !engine::is_package(path)) return engine::answers::open_failure(path, EISDIR);
  if (is_forbidden(path)) return engine::answers::open_failure(path, EACCES);
  engine::CheckedSpec checked = engine::check_spec_file(path, engine::Depth::kCompile);
  // Of a package a teacher may not have seen any of it: it was made elsewhere.
  if (checked.spec == nullptr || checked.package) print_diagnostics(context, checked, context.terminal_err, context.colour_err, std::cerr);
  if (checked.spec == nullptr) return error("OT525", {path});
  return checked.spec;
}

}  // namespace otmetka::cli
