// F04: a constant whose value takes for ever to work out.
// right: COMPILE_ERROR
// compile limits: cpu=1s wall=4s memory=512MiB
constexpr unsigned long busy(unsigned long n) { return n < 2 ? n : busy(n - 1) + busy(n - 2) + n % 3; }
constexpr unsigned long loop(unsigned long n) {
  for (unsigned long i = 0; i < n; ++i) n ^= i * i;
  return n;
}
template <unsigned long N>
constexpr unsigned long both() { return N == 0 ? 0 : loop(200'000 + N) + both<(N == 0 ? 0 : N - 1)>(); }
int main() {
  constexpr unsigned long value = both<500>() + busy(60);
  return static_cast<int>(value);
}
