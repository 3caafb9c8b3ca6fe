#include "tests/house/sizes.h"

#include <algorithm>
#include <sstream>

#include "tests/house/functions.h"

namespace otmetka::house {

Sizes parse_exceptions(std::string_view text) {
  Sizes out;
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) {
    std::istringstream fields(line.substr(0, line.find('#')));
    int lines = 0;
    std::string path;
    std::string function;
    if (!(fields >> lines >> path)) continue;
    std::getline(fields >> std::ws, function);
    while (!function.empty() && function.back() == ' ') function.pop_back();
    out[function.empty() ? path : path + " " + function] = lines;
  }
  return out;
}

std::vector<int> wide_lines(const SourceFile& file) {
  std::vector<int> out;
  if (file.ends_with("_entries.cc") || file.ends_with("/messages.cc")) return out;
  std::size_t columns = 0;
  int line = 1;
  for (const char c : file.text) {
    if (c == '\n') {
      if (columns > kMostColumns) out.push_back(line);
      columns = 0;
      ++line;
    } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {  // not the second byte of a character
      ++columns;
    }
  }
  return out;
}

Sizes oversized(const SourceFile& file) {
  Sizes out;
  const auto lines = static_cast<int>(std::count(file.text.begin(), file.text.end(), '\n'));
  if (lines > (file.is_header() ? kMostHeaderLines : kMostSourceLines)) out[file.path] = lines;
  for (const Function& function : functions(file.text)) {
    int& longest = out[file.path + " " + function.name];
    longest = std::max(longest, function.lines);
  }
  std::erase_if(out, [&](const auto& entry) { return entry.first != file.path && entry.second <= kMostFunctionLines; });
  return out;
}

Findings check_sizes(const Sizes& oversized, const Sizes& exceptions) {
  Findings out;
  for (const auto& [what, lines] : oversized) {
    const auto excepted = exceptions.find(what);
    const std::string size = std::to_string(lines) + " lines";
    if (excepted == exceptions.end()) {
      out.push_back({what, 0, "is " + size + "; a header may have " + std::to_string(kMostHeaderLines) + ", a source " +
                                  std::to_string(kMostSourceLines) + ", a function " + std::to_string(kMostFunctionLines) + ", a line " +
                                  std::to_string(kMostColumns) + " columns: split it"});
    } else if (lines > excepted->second) {
      out.push_back({what, 0, "has grown to " + size + "; what is over a limit may only shrink"});
    } else if (lines < excepted->second) {
      out.push_back({what, 0, "has shrunk to " + size + ": write that in tests/house/sizes.txt"});
    }
  }
  for (const auto& [what, lines] : exceptions) {
    if (!oversized.contains(what)) out.push_back({what, 0, "needs no exception any more: take it out of tests/house/sizes.txt"});
  }
  return out;
}

}  // namespace otmetka::house
