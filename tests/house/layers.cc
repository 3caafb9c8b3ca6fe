#include "tests/house/layers.h"

#include <fnmatch.h>

#include <algorithm>
#include <functional>
#include <set>
#include <sstream>

#include "tests/house/cpp_text.h"

namespace otmetka::house {
namespace {

std::vector<std::string> words(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

bool contains(const std::vector<std::string>& list, std::string_view what) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& s) { return s == what || s == "*"; });
}

bool lies_in(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

// `*` stands for anything, `/` too.
bool matches(const std::string& path, const std::string& pattern) { return fnmatch(pattern.c_str(), path.c_str(), 0) == 0; }

bool is_standard(std::string_view header) { return header.find_first_of("./") == std::string_view::npos; }

std::string target_file(const std::string& target) {
  const std::string_view generated = ".pb.h";
  if (!std::string_view(target).ends_with(generated)) return target;
  return target.substr(0, target.size() - generated.size()) + ".proto";
}

std::string check_project_include(const SourceFile& file, const Include& include, const SourceTree& tree, const Layers& layers) {
  if (!tree.exists(target_file(include.target)) || include.target.find("..") != std::string::npos) {
    return "includes \"" + include.target + "\", which is no file; write the path from the root of the project";
  }
  const std::string from = layers.folder_of(file.path);
  const std::string to = layers.folder_of(include.target);
  if (from == to || contains(layers.folders.at(from), to)) return {};
  for (const auto& [pattern, allowed] : layers.files) {
    if (matches(file.path, pattern) && contains(allowed, to)) return {};
  }
  return "includes \"" + include.target + "\": tools/layers.txt does not let " + from + " include " + to;
}

std::string check_library_include(const SourceFile& file, const Include& include, const Layers& layers) {
  bool known = is_standard(include.target);
  for (const auto& [prefix, homes] : layers.libraries) {
    if (!std::string_view(include.target).starts_with(prefix)) continue;
    known = true;
    for (const std::string& home : homes) {
      if (home == "*" || lies_in(file.path, home)) return {};
    }
  }
  if (!known) return "includes <" + include.target + ">, a library that has no home in tools/layers.txt";
  if (is_standard(include.target) || file.is_test()) return {};
  return "includes <" + include.target + "> outside the library's home (tools/layers.txt)";
}

std::string check_never(const SourceFile& file, const Include& include, const Layers& layers) {
  if (file.is_test()) return {};
  for (const auto& [folder, headers] : layers.never) {
    if (!lies_in(file.path, folder) || !contains(headers, include.target)) continue;
    return "includes <" + include.target + ">, which " + folder + " never does";
  }
  return {};
}

}  // namespace

std::string Layers::folder_of(std::string_view path) const {
  std::string best;
  for (const auto& [folder, allowed] : folders) {
    if (lies_in(path, folder) && folder.size() > best.size()) best = folder;
  }
  return best;
}

Layers parse_layers(const SourceFile& file, Findings& findings) {
  Layers out;
  std::istringstream in(file.text);
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    line = line.substr(0, line.find('#'));
    const auto colon = line.find(':');
    const std::vector<std::string> head = words(line.substr(0, colon));
    if (head.empty() && colon == std::string::npos) continue;
    const std::vector<std::string> rest = colon == std::string::npos ? std::vector<std::string>() : words(line.substr(colon + 1));
    if (colon == std::string::npos || head.size() != 2) {
      findings.push_back({file.path, number, "is no line of the form `folder NAME: FOLDERS`"});
    } else if (head[0] == "folder") {
      const bool is_new = out.folders.emplace(head[1], rest).second;
      if (!is_new) findings.push_back({file.path, number, "says again what " + head[1] + " may include"});
    } else if (head[0] == "file") {
      out.files.emplace_back(head[1], rest);
    } else if (head[0] == "library") {
      out.libraries.emplace_back(head[1], rest);
    } else if (head[0] == "never") {
      out.never.emplace_back(head[1], rest);
    } else {
      findings.push_back({file.path, number, "begins with `" + head[0] + "`; a line begins with folder, file, library or never"});
    }
  }
  return out;
}

Findings check_law(const Layers& layers, std::string_view path) {
  Findings out;
  const auto declared = [&](const std::string& name) { return name == "*" || layers.folders.contains(name); };
  for (const auto& [folder, allowed] : layers.folders) {
    std::set<std::string> reached;
    const std::function<void(const std::string&)> follow = [&](const std::string& from) {
      const auto it = layers.folders.find(from);
      if (it == layers.folders.end()) return;
      for (const std::string& next : it->second) {
        if (reached.insert(next).second) follow(next);
      }
    };
    follow(folder);
    if (reached.contains(folder)) out.push_back({std::string(path), 0, folder + " includes itself by way of other folders"});
    for (const std::string& name : allowed) {
      if (!declared(name)) out.push_back({std::string(path), 0, folder + " may include " + name + ", which has no line of its own"});
    }
  }
  for (const auto& [pattern, allowed] : layers.files) {
    for (const std::string& name : allowed) {
      if (!declared(name)) out.push_back({std::string(path), 0, pattern + " may include " + name + ", which has no line of its own"});
    }
  }
  return out;
}

Findings check_includes(const SourceFile& file, const SourceTree& tree, const Layers& layers) {
  Findings out;
  if (layers.folder_of(file.path).empty()) return {{file.path, 0, "lies in a folder that tools/layers.txt does not name"}};
  for (const Include& include : includes(file.text)) {
    std::string what = include.system ? check_library_include(file, include, layers) : check_project_include(file, include, tree, layers);
    if (what.empty() && include.system) what = check_never(file, include, layers);
    if (!what.empty()) out.push_back({file.path, include.line, std::move(what)});
  }
  return out;
}

}  // namespace otmetka::house
