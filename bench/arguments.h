// The numbers on the command line of a program that measures.
#pragma once

#include <charconv>
#include <string_view>

namespace otmetka::bench {

// The word at `index` where there is one that begins with a whole number.
inline int number(int count, char** words, int index, int otherwise) {
  if (index >= count) return otherwise;
  const std::string_view word = words[index];
  int out = otherwise;
  std::from_chars(word.data(), word.data() + word.size(), out);
  return out;
}

}  // namespace otmetka::bench
