#include <iostream>

int main() {
  long long n;
  std::cin >> n;
  volatile long long first = 0;
  while (first + 1 < n) first = first + 1;
  std::cout << n - first << " " << first << "\n";
}
