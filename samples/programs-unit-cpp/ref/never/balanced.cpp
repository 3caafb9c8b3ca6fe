#include <string>

bool balanced(const std::string&) { return false; }
