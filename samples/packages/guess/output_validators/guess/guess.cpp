// Arguments: the input, the answer, the folder for feedback.
#include <fstream>
#include <iostream>
#include <string>

constexpr int kAccepted = 42, kWrong = 43, kMostGuesses = 10;

int main(int argc, char** argv) {
  if (argc < 4) return 1;
  std::ifstream input(argv[1]);
  int secret = 0;
  if (!(input >> secret)) return 1;
  std::ofstream why(std::string(argv[3]) + "judgemessage.txt");
  for (int guesses = 1; guesses <= kMostGuesses; ++guesses) {
    int guess = 0;
    if (!(std::cin >> guess)) {
      why << "no number in guess " << guesses << "\n";
      return kWrong;
    }
    std::cout << (guess < secret ? "more" : guess > secret ? "less" : "yes") << std::endl;
    if (guess != secret) continue;
    std::string more;
    if (!(std::cin >> more)) return kAccepted;
    why << "it goes on after `yes`\n";
    return kWrong;
  }
  why << "ten guesses and none right\n";
  return kWrong;
}
