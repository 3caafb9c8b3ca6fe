#include "tests/house/kinds.h"

#include <algorithm>
#include <set>

#include <re2/re2.h>

namespace otmetka::house {
namespace {

constexpr const char* kPages[] = {"docs/spec-reference.md", "docs/teacher.md"};

bool is_sample_of(const SourceFile& file, const re2::RE2& key) {
  return file.path.starts_with("samples/") && file.ends_with(".yaml") && re2::RE2::PartialMatch(file.text, key);
}

}  // namespace

Findings check_kind(std::string_view name, const SourceTree& tree) {
  const std::string kind(name);
  const std::string folder = "checkers/" + kind;
  Findings out;
  if (!tree.exists(folder)) return {{folder, 0, "does not exist, and the catalogue has the kind " + kind}};
  for (const std::string& owed : {folder + "/README.md", folder + "/" + kind + ".proto", folder + "/" + kind + ".h",
                                  folder + "/" + kind + ".cc", folder + "/" + kind + "_test.cc"}) {
    if (!tree.exists(owed)) out.push_back({owed, 0, "does not exist, and every kind has one"});
  }
  const re2::RE2 key("(?m)(^|[\\s{,])" + kind + ":");
  const auto& files = tree.files();
  if (std::none_of(files.begin(), files.end(), [&](const SourceFile& f) { return is_sample_of(f, key); })) {
    out.push_back({"samples", 0, "no assignment has an item of the kind " + kind});
  }
  for (const char* page : kPages) {
    const SourceFile* text = tree.find(page);
    const bool spoken_of = text != nullptr && re2::RE2::PartialMatch(text->text, "`" + kind + "[`:]");
    if (!spoken_of) out.push_back({page, 0, "does not speak of the kind `" + kind + "`"});
  }
  return out;
}

Findings check_kind_folders(const std::vector<std::string>& kinds, const SourceTree& tree) {
  std::set<std::string> folders;
  for (const SourceFile& file : tree.files()) {
    const std::string folder = file.folder();
    if (folder.starts_with("checkers/") && file.ends_with(".proto")) folders.insert(folder.substr(std::string("checkers/").size()));
  }
  Findings out;
  for (const std::string& folder : folders) {
    const bool has_row = std::find(kinds.begin(), kinds.end(), folder) != kinds.end();
    if (!has_row) out.push_back({"checkers/" + folder, 0, "has a schema but no row in checkers/catalog.cc"});
  }
  return out;
}

}  // namespace otmetka::house
