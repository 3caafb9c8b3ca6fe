// The program's texts: what the sources ask for, and whether the catalogue has it, in both languages.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>

#include "messages/catalogue.h"
#include "tests/house/finding.h"
#include "tests/house/source_tree.h"

namespace otmetka::house {

// `{0}` and `{1|…|…}` of a template: index → number of plural forms, 0 where there are none. Slots that cannot be read are
// findings of `path`.
struct Slot {
  std::size_t index;
  std::size_t forms;
};
std::vector<Slot> slots(std::string_view text, const std::string& path, Findings& findings);

// Each entry for itself (two languages, the same arguments, plural forms, examples) and ids that stand twice.
Findings check_entries(std::span<const messages::Entry* const> entries);

// Ids that a source asks for: literals such as "OT107" and "choice.wrong", and beginnings that a name is added to
// ("status."). `prefixes` are the catalogue's first words. The `.id = "…"` of an entry asks for nothing.
struct AskedIds {
  std::set<std::string> whole;
  std::set<std::string> beginnings;
};
AskedIds asked_ids(const SourceFile& file, const std::set<std::string>& prefixes);

// The first words of all dotted ids, and "OT" codes' ids.
std::set<std::string> prefixes_of(std::span<const messages::Entry* const> entries);

// Codes that a page names, in words: "OT107" anywhere in the text.
AskedIds named_codes(const SourceFile& page);

// What one file asks for and nobody has.
Findings check_asked(const SourceFile& file, const AskedIds& asked, std::span<const messages::Entry* const> entries);

// Entries that nobody asks for.
Findings check_unused(const AskedIds& asked, std::span<const messages::Entry* const> entries);

}  // namespace otmetka::house
