// F04: more instances of a template than there are atoms.
// right: COMPILE_ERROR
// compile limits: cpu=1s wall=4s memory=512MiB
template <int Depth, long Path>
struct Tree {
  static constexpr long value = Tree<Depth - 1, 2 * Path>::value + Tree<Depth - 1, 2 * Path + 1>::value;
};
template <long Path>
struct Tree<0, Path> {
  static constexpr long value = Path;
};
int main() { return static_cast<int>(Tree<60, 0>::value); }
