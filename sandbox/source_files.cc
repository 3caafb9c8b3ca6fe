#include "sandbox/source_files.h"

#include <algorithm>

namespace otmetka::sandbox {
namespace {

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_same_but_for_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return small(x) == small(y); });
}

std::string with_usual_ending(const std::string& name, std::span<const Language> languages) {
  std::string out = name;
  for (const Language& language : languages) {
    if (has_ending(name, language.endings)) return name;
    for (const std::string& ending : language.endings) {
      if (out != name || name.size() <= ending.size()) continue;
      const std::string_view own = std::string_view(name).substr(name.size() - ending.size());
      if (is_same_but_for_case(own, ending)) out = name.substr(0, name.size() - ending.size()) + ending;
    }
  }
  return out;
}

}  // namespace

bool has_ending(std::string_view name, std::span<const std::string> endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](const std::string& one) { return name.size() > one.size() && name.ends_with(one); });
}

bool is_source(const Language& language, const SourceFile& file) {
  return (language.any_file || has_ending(file.name, language.endings)) && !file.name.starts_with('@');
}

const SourceFile* entry_of(const Language& language, std::span<const SourceFile* const> sources) {
  for (const SourceFile* source : sources) {
    if (source->name == language.main) return source;
  }
  for (const SourceFile* source : sources) {
    if (source->bytes.find(" main(") != std::string::npos || source->bytes.find("__main__") != std::string::npos) return source;
  }
  return nullptr;
}

void use_usual_endings(std::vector<SourceFile>& files, std::span<const Language> languages) {
  for (SourceFile& file : files) {
    std::string name = with_usual_ending(file.name, languages);
    if (std::none_of(files.begin(), files.end(), [&](const SourceFile& other) { return other.name == name; })) file.name = std::move(name);
  }
}

std::string_view without_byte_order_mark(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  return text.substr(text.starts_with(kMark) ? kMark.size() : 0);
}

}  // namespace otmetka::sandbox
