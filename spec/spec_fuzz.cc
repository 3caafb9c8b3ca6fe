// Any bytes to both readers: no crash, no hang; what is told lies inside the file and can be shown. The first byte chooses
// the reader.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "spec/diagnostic.h"
#include "spec/load.h"
#include "spec/test_kinds.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

const otmetka::messages::Catalogue& catalogue() {
  static const std::array tables = {otmetka::messages::spec_entries()};
  static const otmetka::messages::Catalogue it(tables);
  return it;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace otmetka;
  if (size == 0) return 0;
  const spec::Form form = data[0] % 2 == 0 ? spec::Form::kYaml : spec::Form::kTextproto;
  const auto loaded = spec::load_text(std::string(data + 1, data + size), form, {spec::test_kinds(), "f", {}});
  require(!loaded.ok() || loaded.message.items_size() > 0);
  require(loaded.diagnostics.size() <= 101);
  const yaml::Source* source = loaded.locations.source();
  for (const spec::Diagnostic& d : loaded.diagnostics) {
    require(catalogue().find(d.message.id) != nullptr);
    require(!d.range.known() || d.range.end() <= source->text().size());
    const std::string shown = render_picture(d, source, catalogue(), {});
    require(shown.find('\x1B') == std::string::npos);
    require(render_line(d, catalogue(), messages::Language::kEnglish).find('\n') == std::string::npos);
  }
  render_json(loaded.diagnostics, catalogue());
  return 0;
}
