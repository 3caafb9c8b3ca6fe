#include "cli/spec_input.h"

#include <iostream>

#include "checkers/catalog.h"

namespace otmetka::cli {

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

std::shared_ptr<const engine::CompiledSpec> load_spec(const Context& context, const std::string& path) {
  engine::CheckedSpec checked = engine::check_spec_file(path, engine::Depth::kCompile);
  if (checked.spec == nullptr) {
    print_diagnostics(context, checked, context.terminal_err, context.colour_err, std::cerr);
    report(context, error("OT525", {path}));
  }
  return checked.spec;
}

}  // namespace otmetka::cli
