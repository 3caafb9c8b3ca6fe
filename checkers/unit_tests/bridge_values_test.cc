// What the tests' side of a bridge in C++ makes of bytes that may be anything: the value that they stand for, or Malformed, and
// never more than they can stand for.
#define OTMETKA_HAS_ARRAY
#define OTMETKA_HAS_LIST
#define OTMETKA_HAS_MAP
#define OTMETKA_HAS_OPTIONAL
#define OTMETKA_HAS_SET
#define OTMETKA_HAS_TUPLE
#define OTMETKA_HAS_UNORDERED_MAP
#define OTMETKA_HAS_UNORDERED_SET
#define OTMETKA_HAS_UTILITY
#define OTMETKA_HAS_VECTOR
#include "checkers/unit_tests/harness/otmetka_values.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace otmetka::checkers::unit_tests {
namespace {

template <class T>
std::string packed(const T& value) {
  Writer out;
  put<T>(out, value);
  return out.bytes();
}

// Why it is none; empty: it is a value, and all the bytes are its.
template <class T>
std::string refusal(const std::string& bytes) {
  try {
    Reader in(bytes.data(), bytes.size());
    take<T>(in);
    return in.left() == 0 ? "" : "left over";
  } catch (const Malformed& unfit) {
    return unfit.about;
  }
}

std::string number(std::uint32_t n) { return packed<std::uint32_t>(n); }

TEST(BridgeValues, WhatIsNoneIsRefused) {
  const std::tuple<std::string, std::string, const char*> rows[] = {
      {refusal<int>(number(1)), "", "an int"},
      {refusal<int>("abc"), "too short", "three bytes of an int"},
      {refusal<bool>("\1"), "", "true"},
      {refusal<bool>("\2"), "no bool", "a bool that is neither"},
      {refusal<std::string>(number(2) + "ab"), "", "a text"},
      {refusal<std::string>(number(3) + "ab"), "more than there is", "a text that is shorter than it says"},
      {refusal<std::vector<int>>(number(0xffffffff)), "more than there is", "four thousand millions"},
      {refusal<std::vector<int>>(number(2) + number(1)), "too short", "one of two"},
      {refusal<std::vector<std::vector<int>>>(number(1) + number(0x7fffffff)), "more than there is", "within another"},
      {refusal<std::set<int>>(number(2) + number(1) + number(2)), "", "a set"},
      {refusal<std::set<int>>(number(2) + number(2) + number(1)), "keys out of order", "a set the other way round"},
      {refusal<std::set<int>>(number(2) + number(1) + number(1)), "keys out of order", "a number twice"},
      {refusal<std::set<double>>(number(1) + packed<double>(NAN)), "no key", "a set of what is no number"},
      {refusal<std::set<std::vector<double>>>(number(1) + packed<std::vector<double>>({NAN})), "no key", "further down"},
      {refusal<std::map<float, int>>(number(1) + packed<float>(NAN) + number(1)), "no key", "a key that is no number"},
      {refusal<std::unordered_set<int>>(number(2) + number(1) + number(1)), "a key again", "a hashed number twice"},
      {refusal<std::optional<int>>(std::string(1, '\2') + number(1)), "no bool", "neither there nor not"},
  };
  for (const auto& [said, expected, about] : rows) EXPECT_EQ(said, expected) << about;
}

using Nested = std::map<std::string, std::list<std::pair<char, double>>>;
using Sets = std::unordered_map<int, std::set<std::string>>;
using Everything = std::tuple<std::vector<bool>, Nested, std::optional<std::array<short, 3>>, Sets, std::unordered_set<std::string>>;

// Under the sanitizers too (./run test --long).
TEST(BridgeValues, BytesThatAreChangedAreAValueOrRefused) {
  const Everything value = {{true, false, true}, {{"", {}}, {"a", {{'x', 1.5}, {'y', -0.0}}}}, {{1, 2, 3}}, {{7, {"p", "q"}}}, {"r", "s"}};
  const std::string whole = packed(value);
  Reader in(whole.data(), whole.size());
  EXPECT_EQ(take<Everything>(in), value);
  std::mt19937_64 random(20'261'130);
  int refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = whole;
    for (auto changes = random() % 4; changes < 4; ++changes) bytes[random() % bytes.size()] = static_cast<char>(random());
    if (random() % 4 == 0) bytes.resize(random() % bytes.size());
    refused += refusal<Everything>(bytes).empty() ? 0 : 1;
  }
  EXPECT_GT(refused, 10'000);
  EXPECT_LT(refused, 20'000);
}

}  // namespace
}  // namespace otmetka::checkers::unit_tests
