#include <iostream>

int main() {
  int n;
  std::cin >> n;
  unsigned now = 1, next = 1;
  while (n-- > 0) {
    const unsigned sum = now + next;
    now = next;
    next = sum;
  }
  std::cout << now << "\n";
}
