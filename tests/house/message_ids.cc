#include "tests/house/message_ids.h"

#include <algorithm>
#include <charconv>

#include <re2/re2.h>

#include "tests/house/cpp_text.h"

namespace otmetka::house {
namespace {

using messages::Entry;

constexpr std::string_view kDefines = ".id = \"";  // what stands before the id of an entry

std::string where(const Entry& entry) { return "message " + std::string(entry.id); }

bool is_code(std::string_view id) { return re2::RE2::FullMatch(re2::StringPiece(id.data(), id.size()), R"(OT\d{3})"); }

std::set<std::size_t> indices(const std::vector<Slot>& slots) {
  std::set<std::size_t> out;
  for (const Slot& slot : slots) out.insert(slot.index);
  return out;
}

// Russian needs one, few, many; English one, other.
void check_forms(const std::vector<Slot>& slots, std::size_t forms, const std::string& path, Findings& out) {
  for (const Slot& slot : slots) {
    if (slot.forms != 0 && slot.forms != forms) {
      out.push_back({path, 0, "gives {" + std::to_string(slot.index) + "|…} " + std::to_string(slot.forms) + " forms instead of " +
                                  std::to_string(forms)});
    }
  }
}

void check_pair(std::string_view ru, std::string_view en, const std::string& path, Findings& out) {
  if (ru.empty() != en.empty()) out.push_back({path, 0, ru.empty() ? "has no Russian text" : "has no English text"});
  const auto ru_slots = slots(ru, path, out);
  const auto en_slots = slots(en, path, out);
  if (!ru.empty() && !en.empty() && indices(ru_slots) != indices(en_slots)) {
    out.push_back({path, 0, "does not use the same arguments in both languages"});
  }
  check_forms(ru_slots, 3, path, out);
  check_forms(en_slots, 2, path, out);
}

bool has_beginning(std::span<const Entry* const> entries, std::string_view beginning) {
  return std::any_of(entries.begin(), entries.end(), [&](const Entry* entry) { return entry->id.starts_with(beginning); });
}

}  // namespace

std::vector<Slot> slots(std::string_view text, const std::string& path, Findings& findings) {
  std::vector<Slot> out;
  while (true) {
    const auto open = text.find('{');
    if (open == std::string_view::npos) return out;
    text.remove_prefix(open + 1);
    if (text.starts_with('{')) {
      text.remove_prefix(1);
      continue;
    }
    const auto close = text.find('}');
    Slot slot{0, 0};
    const std::string_view inside = text.substr(0, close);
    const auto [end, problem] = std::from_chars(inside.data(), inside.data() + inside.size(), slot.index);
    const bool plain = end == inside.data() + inside.size();
    const bool has_form = !plain && (*end == '|' || std::string_view(end, inside.data() + inside.size()) == "#");
    if (close == std::string_view::npos || problem != std::errc{} || (!plain && !has_form)) {
      findings.push_back({path, 0, "has a slot that cannot be read: {" + std::string(inside) + "; a brace is written {{"});
      return out;
    }
    slot.forms = static_cast<std::size_t>(std::count(inside.begin(), inside.end(), '|'));
    out.push_back(slot);
    text.remove_prefix(close + 1);
  }
}

Findings check_entries(std::span<const Entry* const> entries) {
  Findings out;
  std::set<std::string_view> seen;
  for (const Entry* entry : entries) {
    const std::string path = where(*entry);
    if (!seen.insert(entry->id).second) out.push_back({path, 0, "stands twice"});
    if (!is_code(entry->id) && !re2::RE2::FullMatch(re2::StringPiece(entry->id.data(), entry->id.size()), R"([a-z_]+(\.\w+)+)")) {
      out.push_back({path, 0, "is neither OTnnn nor words with dots between them"});
    }
    if (entry->id.ends_with(".placeholder")) out.push_back({path, 0, "is a placeholder"});
    if (entry->ru.empty() && entry->en.empty()) out.push_back({path, 0, "has no text"});
    check_pair(entry->ru, entry->en, path, out);
    check_pair(entry->hint_ru, entry->hint_en, path + " (hint)", out);
    if (entry->wrong.empty() != entry->right.empty()) out.push_back({path, 0, "has one of `wrong` and `right` without the other"});
    if (is_code(entry->id) && entry->severity == messages::Severity::kNote && entry->id < "OT300") {
      out.push_back({path, 0, "has no severity"});
    }
  }
  return out;
}

AskedIds asked_ids(const SourceFile& file, const std::set<std::string>& prefixes) {
  static const re2::RE2 kDotted(R"(([a-z_]+)(\.\w+)*(\.?))");
  static const re2::RE2 kFileName(R"(.*\.(yaml|json|jsonl|csv|db|txt|md|proto|textproto|tsv|sqlite|py|sh))");
  AskedIds out;
  for (const Literal& literal : string_literals(file.text)) {
    if (std::string_view(file.text).substr(0, literal.at).ends_with(kDefines)) continue;
    if (is_code(literal.text)) out.whole.insert(literal.text);
    std::string first;
    std::string dot;
    if (literal.text.find('.') == std::string::npos || !re2::RE2::FullMatch(literal.text, kDotted, &first, nullptr, &dot)) continue;
    if (!prefixes.contains(first) || re2::RE2::FullMatch(literal.text, kFileName)) continue;
    (dot.empty() ? out.whole : out.beginnings).insert(literal.text);
  }
  return out;
}

AskedIds named_codes(const SourceFile& page) {
  static const re2::RE2 kCode(R"(\b(OT\d{3})\b)");
  AskedIds out;
  re2::StringPiece rest(page.text);
  for (std::string code; re2::RE2::FindAndConsume(&rest, kCode, &code);) out.whole.insert(code);
  return out;
}

std::set<std::string> prefixes_of(std::span<const Entry* const> entries) {
  std::set<std::string> out;
  for (const Entry* entry : entries) {
    if (!is_code(entry->id)) out.emplace(entry->id.substr(0, entry->id.find('.')));
  }
  return out;
}

Findings check_asked(const SourceFile& file, const AskedIds& asked, std::span<const Entry* const> entries) {
  Findings out;
  for (const std::string& id : asked.whole) {
    const bool known = std::any_of(entries.begin(), entries.end(), [&](const Entry* entry) { return entry->id == id; });
    if (!known) out.push_back({file.path, 0, "asks for the message " + id + ", which the catalogue does not have"});
  }
  for (const std::string& beginning : asked.beginnings) {
    if (has_beginning(entries, beginning)) continue;
    out.push_back({file.path, 0, "asks for messages " + beginning + "…, and the catalogue has none"});
  }
  return out;
}

Findings check_unused(const AskedIds& asked, std::span<const Entry* const> entries) {
  Findings out;
  for (const Entry* entry : entries) {
    const auto begins = [&](const std::string& beginning) { return entry->id.starts_with(beginning); };
    if (asked.whole.contains(std::string(entry->id)) || std::any_of(asked.beginnings.begin(), asked.beginnings.end(), begins)) continue;
    out.push_back({where(*entry), 0, "is asked for by nobody: take it out"});
  }
  return out;
}

}  // namespace otmetka::house
