// The functions of a source and how long they are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace otmetka::house {

struct Function {
  std::string name;  // "Engine::run"; a test is "TEST(Suite, Case)"
  int line;          // of its first word
  int lines;         // from there to the closing brace
};

// Those with a body, at namespace or class scope. A lambda counts as part of what holds it.
std::vector<Function> functions(std::string_view cpp);

}  // namespace otmetka::house
