#include "tests/house/mentions.h"

#include <algorithm>
#include <filesystem>
#include <iterator>

#include <re2/re2.h>

#include "tests/house/cpp_text.h"

namespace otmetka::house {
namespace {

bool is_pattern(const std::string& path) {
  constexpr const char* kWords[] = {"KIND", "NNNN", "ASSIGNMENT", "*", "parity"};  // the last: docs/adding-a-checker.md
  return std::any_of(std::begin(kWords), std::end(kWords), [&](const char* word) { return path.find(word) != std::string::npos; });
}

// A file, or what is generated from one.
bool is_there(const SourceTree& tree, const std::string& path) {
  const std::string generated = ".pb.h";
  return tree.exists(path.ends_with(generated) ? path.substr(0, path.size() - generated.size()) + ".proto" : path);
}

bool in_project(const SourceTree& tree, const std::string& path) {
  const auto slash = path.find('/');
  return slash != std::string::npos && slash > 0 && tree.exists(path.substr(0, slash));
}

// Each match of the pattern's first group that `exists` denies.
template <class Exists>
void look_up(const re2::RE2& pattern, const SourceFile& file, const Exists& exists, Findings& out) {
  re2::StringPiece rest(file.text);
  for (re2::StringPiece found; re2::RE2::FindAndConsume(&rest, pattern, &found);) {
    const std::string path(found);
    if (is_pattern(path) || exists(path)) continue;
    const int line = line_of(file.text, static_cast<std::size_t>(found.data() - file.text.data()));
    out.push_back({file.path, line, "names " + path + ", which does not exist"});
  }
}

}  // namespace

Findings check_paths(const SourceFile& file, const SourceTree& tree) {
  static const re2::RE2 kFile(R"((?:^|[^\w./:-])((?:[\w-]+/)+[\w.-]*\w\.(?:h|cc|md|proto|txt|cmake|sh|py|yaml|jsonl|csv))\b)");
  static const re2::RE2 kFolder(R"(`((?:[\w.-]+/)+)`)");
  static const re2::RE2 kLink(R"(\]\(([\w./-]+)(?:#[^)]*)?\))");
  const auto from_root = [&](const std::string& path) { return !in_project(tree, path) || is_there(tree, path); };
  const auto from_folder = [&](const std::string& path) {
    return tree.exists((std::filesystem::path(file.folder()) / path).lexically_normal().generic_string());
  };
  const auto from_either = [&](const std::string& path) { return from_root(path) || from_folder(path); };
  Findings out;
  look_up(kFile, file, from_either, out);
  if (!file.ends_with(".md")) return out;
  look_up(kFolder, file, from_either, out);
  look_up(kLink, file, from_folder, out);
  return out;
}

}  // namespace otmetka::house
