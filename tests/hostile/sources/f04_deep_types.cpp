// F04: one mistake in a type so long that telling it takes megabytes.
// right: COMPILE_ERROR
// compile limits: cpu=1s wall=4s memory=512MiB
template <class A, class B>
struct P {};
template <int N>
struct T {
  using type = P<typename T<N - 1>::type, typename T<N - 1>::type>;
};
template <>
struct T<0> {
  using type = int;
};
int main() { return T<18>::type(); }
