#include <string>

bool balanced(const std::string& text) { return text.size() }
