// Any bytes as a spec by the real catalogue: every kind's settings are read, compiled, linted and their samples run. No
// crash, no hang; what is told can be shown. The first byte chooses between a whole file and the lines of one item.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "checkers/catalog.h"
#include "engine/spec_check.h"
#include "spec/diagnostic.h"

using namespace otmetka;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::string text(data + 1, data + size);
  if (data[0] % 2 == 1) text.insert(0, "grade: v1\nid: t\nitems:\n- id: q\n");
  const engine::CheckedSpec checked = engine::check_spec_text(std::move(text), "f.yaml", "", engine::Depth::kLint);
  if (checked.samples_passed > checked.samples_run) std::abort();
  bool errors = false;
  for (const spec::Diagnostic& d : checked.diagnostics) {
    if (checkers::message_catalogue().find(d.message.id) == nullptr) std::abort();
    if (spec::render_line(d, checkers::message_catalogue(), messages::Language::kRussian).find('\n') != std::string::npos) std::abort();
    errors = errors || engine::is_error(d.message);
  }
  if (checked.spec == nullptr && !errors) std::abort();
  return 0;
}
