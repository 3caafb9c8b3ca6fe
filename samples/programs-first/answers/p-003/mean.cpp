#include <bits/stdc++.h>

int main() {
  double x, sum = 0;
  int n = 0;
  while (std::cin >> x) {
    sum += x;
    ++n;
  }
  printf("%.9f\n", sum / n);
}
