#include <algorithm>
#include <string>

bool balanced(const std::string& text) {
  const auto count = [&](char c) { return std::count(text.begin(), text.end(), c); };
  return count('(') == count(')') && count('[') == count(']') && count('{') == count('}');
}
