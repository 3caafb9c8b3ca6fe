// Small random texts against an oracle that takes the rules of compare.h word by word and shares nothing with it.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <map>
#include <random>
#include <regex>
#include <set>
#include <sstream>

#include "checkers/program/compare.h"

namespace otmetka::checkers::program {
namespace {

using Kind = Comparison::Kind;
using Texts = std::vector<std::string>;

Texts lines_of(const std::string& text) {
  static const std::regex kEnd("[ \\t\\v\\f\\r]+$");
  Texts out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(std::regex_replace(line, kEnd, ""));
  while (!out.empty() && out.back().empty()) out.pop_back();
  return out;
}

std::multiset<std::string> bag_of(const Texts& lines) {
  std::multiset<std::string> out(lines.begin(), lines.end());
  out.erase("");
  return out;
}

Texts tokens_of(const std::string& text) {
  Texts out;
  std::istringstream in(text);
  for (std::string token; in >> token;) out.push_back(token);
  return out;
}

// Every token as one `x`: what is left is the white space.
std::string spaces_of(const std::string& text) {
  static const std::regex kToken("[^ \\t\\v\\f\\r\\n]+");
  return std::regex_replace(text, kToken, "x");
}

std::optional<double> number(const std::string& token) {
  static const std::regex kNumber(R"([+-]?([0-9]*\.[0-9]+|[0-9]+\.|[0-9]+)([Ee][+-]?[0-9]+)?)");
  const double value = std::strtod(token.c_str(), nullptr);
  return std::regex_match(token, kNumber) && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return text;
}

bool met(const std::string& got, const std::string& expected, const Comparison& comparison) {
  const auto right = number(expected);
  if (!right || (!comparison.absolute && !comparison.relative)) {
    return comparison.case_sensitive ? got == expected : lower(got) == lower(expected);
  }
  const auto value = number(got);
  if (!value) return false;
  const double error = std::abs(*value - *right);
  return (comparison.absolute && error <= *comparison.absolute) ||
         (comparison.relative && error <= *comparison.relative * std::abs(*right));
}

bool accepted(const std::string& output, const std::string& answer, const Comparison& comparison) {
  if (comparison.kind == Kind::kExact) return output == answer;
  if (comparison.kind == Kind::kLines) return lines_of(output) == lines_of(answer);
  if (comparison.kind == Kind::kUnorderedLines) return bag_of(lines_of(output)) == bag_of(lines_of(answer));
  const Texts got = tokens_of(output);
  const Texts expected = tokens_of(answer);
  if (got.size() != expected.size()) return false;
  if (comparison.space_change_sensitive && spaces_of(output) != spaces_of(answer)) return false;
  for (std::size_t i = 0; i < got.size(); ++i) {
    if (!met(got[i], expected[i], comparison)) return false;
  }
  return true;
}

class Random {
 public:
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine_); }
  bool once_in(std::size_t n) { return below(n) == 0; }

  std::string piece() {
    static const Texts kPieces = {"a",   "A",   "b",  "1",   "1.0", "1e0", "0",    "-0", "2",  "1.5", ".5", "100", "1e2",   "inf",   "INF",
                                  "nan", "0x1", ".",  "-",   "e",   "я",   "\xff", " ",  " ",  "\n",  "\n", "\n",  "\r\n",  "\t",    "  ",
                                  "\v",  "\f",  "\r", "10",  "99",  "101", "+1",   "1.", "1,", "1e",  "9",  " \n", "1e400", "1e-400"};
    return once_in(60) ? std::string(1, '\0') : kPieces[below(kPieces.size())];
  }

  Texts pieces() {
    Texts out(below(9));
    for (std::string& piece : out) piece = this->piece();
    return out;
  }

  // One piece more, less or other, or two of them the other way round.
  void change(Texts& pieces) {
    const std::size_t at = below(pieces.size() + 1);
    const auto place = pieces.begin() + static_cast<std::ptrdiff_t>(at);
    if (at == pieces.size() || once_in(4)) {
      pieces.insert(place, piece());
    } else if (once_in(3)) {
      pieces.erase(place);
    } else if (once_in(2)) {
      std::swap(pieces[at], pieces[below(pieces.size())]);
    } else {
      pieces[at] = piece();
    }
  }

  Comparison comparison() {
    static constexpr double kTolerances[] = {0, 0.5, 0.01, 1, 1e-9};
    Comparison out;
    out.kind = std::array{Kind::kExact, Kind::kLines, Kind::kUnorderedLines, Kind::kTokens, Kind::kTokens, Kind::kTokens}[below(6)];
    out.case_sensitive = once_in(2);
    out.space_change_sensitive = once_in(4);
    if (once_in(2)) out.absolute = kTolerances[below(5)];
    if (once_in(2)) out.relative = kTolerances[below(5)];
    return out;
  }

 private:
  std::mt19937 engine_{20240607};
};

std::string joined(const Texts& pieces) {
  std::string out;
  for (const std::string& piece : pieces) out += piece;
  return out;
}

TEST(CompareOracle, AgreesOnRandomTexts) {
  Random random;
  std::map<std::pair<Kind, bool>, int> seen;
  const std::span<const messages::Entry> tables[] = {compare_entries()};
  const messages::Catalogue catalogue(tables);
  std::set<std::string> reasons;
  for (int i = 0; i < 80'000; ++i) {
    Texts pieces = random.pieces();
    const std::string answer = joined(pieces);
    for (std::size_t n = 1 + random.below(3); n > 0; --n) random.change(pieces);
    const std::string output = joined(pieces);
    const Comparison comparison = random.comparison();
    const bool right = accepted(output, answer, comparison);
    const auto reason = compare(output, answer, comparison);
    ASSERT_EQ(!reason, right) << ::testing::PrintToString(output) << " for " << ::testing::PrintToString(answer) << ", kind "
                              << static_cast<int>(comparison.kind) << ", case " << comparison.case_sensitive << ", space "
                              << comparison.space_change_sensitive << ", absolute " << comparison.absolute.value_or(-1) << ", relative "
                              << comparison.relative.value_or(-1);
    if (output != answer) ++seen[{comparison.kind, right}];
    if (!reason) continue;
    ASSERT_EQ(catalogue.render(*reason, messages::Language::kRussian).find('{'), std::string::npos) << reason->id;
    reasons.insert(reason->id);
  }
  for (const Kind kind : {Kind::kLines, Kind::kUnorderedLines, Kind::kTokens}) {
    EXPECT_GT((seen[{kind, true}]), 500);
    EXPECT_GT((seen[{kind, false}]), 500);
  }
  EXPECT_EQ(reasons.size(), compare_entries().size());
}

}  // namespace
}  // namespace otmetka::checkers::program
