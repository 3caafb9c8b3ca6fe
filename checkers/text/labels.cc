#include "checkers/text/labels.h"

#include <algorithm>

#include "checkers/typed_text.h"

namespace otmetka::checkers::text {

void Labels::add(const std::string& name) {
  if (!exact_.emplace(name, true).second) return;
  const Script script = script_of(name);
  auto table = std::find_if(tables_.begin(), tables_.end(), [&](const Table& t) { return t.normalizer.target() == script; });
  if (table == tables_.end()) table = tables_.insert(tables_.end(), Table(script));
  Normalized normal;
  if (!table->normalizer.normalize(name, normal)) return;
  const auto [known, is_new] = table->names.emplace(std::move(normal.text), name);
  if (!is_new) known->second.clear();
}

std::optional<std::string> Labels::find(std::string_view typed) const {
  const std::string text(trim_label(typed));
  if (exact_.contains(text)) return text;
  std::optional<std::string> found;
  Normalized normal;
  for (const Table& table : tables_) {
    if (!table.normalizer.normalize(text, normal)) return std::nullopt;
    const auto at = table.names.find(normal.text);
    if (at == table.names.end()) continue;
    if (at->second.empty() || (found && *found != at->second)) return std::nullopt;
    found = at->second;
  }
  return found;
}

}  // namespace otmetka::checkers::text
