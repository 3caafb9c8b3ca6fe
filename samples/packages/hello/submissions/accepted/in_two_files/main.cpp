#include <iostream>
#include "greeting.h"

int main() {
  std::string name;
  std::getline(std::cin, name);
  std::cout << greeting(name) << std::endl;
}
