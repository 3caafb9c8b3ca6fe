#include <iostream>

int main() {
  int n;
  std::cin >> n;
  long long now = 1, next = 1;
  while (n-- > 0) {
    const long long sum = (now + next) % {{modulus}};
    now = next;
    next = sum;
  }
  std::cout << now << "\n";
}
