// The command line of a program that measures.
#pragma once

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

namespace otmetka::bench {

// The word at `index` where there is one that begins with a whole number.
inline int number(int count, char** words, int index, int otherwise) {
  if (index >= count) return otherwise;
  const std::string_view word = words[index];
  int out = otherwise;
  std::from_chars(word.data(), word.data() + word.size(), out);
  return out;
}

// What follows each `name` among the words, which are shortened by both: `--json FILE`.
inline std::vector<std::string> options(int& count, char** words, std::string_view name) {
  std::vector<std::string> out;
  for (int i = 1; i + 1 < count;) {
    if (words[i] != name) {
      ++i;
      continue;
    }
    out.emplace_back(words[i + 1]);
    std::move(words + i + 2, words + count, words + i);
    count -= 2;
  }
  return out;
}

// The last one, or nothing.
inline std::string option(int& count, char** words, std::string_view name) {
  const auto all = options(count, words, name);
  return all.empty() ? "" : all.back();
}

}  // namespace otmetka::bench
