#include "queue/json_reader.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "queue/json_repair.h"

namespace otmetka::queue {
namespace {

std::string code(std::string_view text) {
  JsonReader reader;
  const auto root = reader.read(text);
  return root ? "" : root.failure().code();
}

// The text of the first member or element.
std::string first(std::string_view text) {
  JsonReader reader;
  const auto root = reader.read(text);
  if (!root) return "<" + root.failure().code() + ">";
  return std::string((*(*root)->begin()).text);
}

TEST(JsonReader, NumbersAreKeptAsTyped) {
  for (const std::string number : {"0", "-0", "3.140", "1e3", "1E+3", "-0.5e-7", "12345678901234567890123", "1e400", "-1e-999999",
                                   "1e99999999999999999999"}) {
    EXPECT_EQ(first("[" + number + "]"), number);
  }
  EXPECT_EQ(first("[" + std::string(5000, '9') + "]"), std::string(5000, '9'));
}

TEST(JsonReader, StringsAreDecodedToBytes) {
  const std::pair<std::string, std::string> rows[] = {
      {R"(["\u0041\n\/\""])", "A\n/\""},
      {R"(["a\u0000b"])", std::string("a\0b", 3)},
      {R"(["\ud83d\ude00"])", "😀"},
      {R"(["\ud83d"])", "\xED\xA0\xBD"},             // a lone high surrogate: bytes that are no UTF-8
      {R"(["\ude00x"])", "\xED\xB8\x80x"},           // a lone low one
      {R"(["\ud83d\u0041"])", "\xED\xA0\xBD" "A"},
      {R"(["\\ud83d"])", "\\ud83d"},                 // no escape at all
      {"[\"\xFF\xC3\"]", "\xFF\xC3"},                // bytes that are no UTF-8 stay
      {"[\"\x7F\"]", "\x7F"}};
  for (const auto& [json, bytes] : rows) EXPECT_EQ(first(json), bytes) << json;
}

TEST(JsonReader, WhatIsNoJsonIsRefusedWithItsPosition) {
  struct Case {
    std::string text;
    std::string code;
    std::int64_t position;
  };
  const Case cases[] = {
      {"", "OT303", 0},
      {"   ", "OT303", 3},
      {"{", "OT303", 1},
      {R"({"a)", "OT303", 4 - 1},
      {R"({"a": 07})", "OT302", 8},
      {R"({"a": 1,})", "OT302", 9},
      {"[1] x", "OT302", 5},
      {std::string("[1]\0", 4), "OT302", 4},
      {std::string("[\0]", 3), "OT302", 2},
      {"[NaN]", "OT302", 2},
      {"{'a': 1}", "OT302", 2},
      {"[1e400, 07]", "OT302", 10},          // the position is that of the text as given, not as repaired
      {R"(["\ud83d", x])", "OT302", 12},
      {"{1e400: 2}", "OT302", 2},
      {"[1e400, {1e400: 2}]", "OT302", 10},  // repairing does not turn a number into a name
  };
  for (const Case& c : cases) {
    JsonReader reader;
    const auto root = reader.read(c.text);
    ASSERT_FALSE(root) << c.text;
    EXPECT_EQ(root.failure().code(), c.code) << c.text;
    EXPECT_EQ(std::get<std::int64_t>(root.failure().message.args.back()), c.position) << c.text;
  }
}

TEST(JsonReader, RawControlBytesInsideAStringAreNoJson) { EXPECT_EQ(code("[\"a\nb\"]"), "OT302"); }

TEST(JsonReader, DuplicateKeysAreRefusedInSmallAndLargeObjects) {
  EXPECT_EQ(code(R"({"a":1,"b":2,"a":3})"), "OT305");
  EXPECT_EQ(code(R"({"a":1,"\u0061":3})"), "OT305");
  EXPECT_EQ(code(R"([{"x":{"a":1,"a":2}}])"), "OT305");
  std::string wide = "{";
  for (int i = 0; i < 500; ++i) wide += "\"k" + std::to_string(i) + "\":0,";
  EXPECT_EQ(code(wide + "\"last\":0}"), "");
  EXPECT_EQ(code(wide + "\"k250\":0}"), "OT305");
}

TEST(JsonReader, DepthAndNumberOfValuesAreBounded) {
  EXPECT_EQ(code(std::string(16, '[') + std::string(16, ']')), "");
  EXPECT_EQ(code(std::string(17, '[') + std::string(17, ']')), "OT306");
  EXPECT_EQ(code(std::string(4'000'000, '[')), "OT306");
  std::string many = "[0";
  for (std::size_t i = 0; i < kMaxJsonValues; ++i) many += ",0";
  EXPECT_EQ(code(many + "]"), "OT307");
}

TEST(JsonReader, ChildrenAreVisitedInOrderWithoutTheirOwn) {
  JsonReader reader;
  const auto root = reader.read(R"({"a":[1,[2,3]],"b":{"c":null},"d":true})");
  ASSERT_TRUE(root);
  std::string keys;
  for (const JsonNode& child : **root) keys += child.key;
  EXPECT_EQ(keys, "abd");
  EXPECT_EQ((*root)->size, 9u);
}

// The repair is sound when it changes nothing about what is JSON: mutated texts are accepted after it only if they were
// JSON before, numbers and surrogates apart.
TEST(JsonRepair, AddsNoJson) {
  const std::string seed = R"({"a":[1,-2.5e3,"\ud800\u0041"],"b":{"c":null,"1":12345678901234567890},"d":"x\"y"})";
  std::mt19937 random(7);
  JsonReader reader;
  int accepted = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text = seed;
    for (int k = 0; k < 2; ++k) text[random() % text.size()] = "{}[]\",:\\u0e1-. d"[random() % 16];
    const std::string repaired = repair_json(text).text;
    const bool before = reader.read(text).ok();
    accepted += before ? 1 : 0;
    EXPECT_EQ(before, reader.read(repaired).ok()) << text;
  }
  EXPECT_GT(accepted, 50);
}

}  // namespace
}  // namespace otmetka::queue
