#include "engine/spec_cache.h"

#include <gtest/gtest.h>

#include "engine/spec_check.h"

namespace otmetka::engine {
namespace {

// One of the specs of an id: the answer makes the version.
std::shared_ptr<const CompiledSpec> spec(const std::string& id, const std::string& answer) {
  return check_spec_text("grade: v1\nid: " + id + "\nitems:\n- {id: c, text: " + answer + "}\n", "s.yaml", "", Depth::kCompile).spec;
}

TEST(SpecCacheTest, AHashFindsItsVersionAndTheIdTheCurrentOne) {
  SpecCache cache;
  const auto first = spec("a", "one");
  const auto second = spec("a", "two");
  cache.put(first, true);
  cache.put(second, true);
  EXPECT_EQ(cache.find("a", ""), second);
  EXPECT_EQ(cache.find("a", first->sha256), first);
  EXPECT_EQ(cache.find("whatever", second->sha256), second);
  EXPECT_EQ(cache.find("b", ""), nullptr);
  EXPECT_EQ(cache.find("a", "no such hash"), nullptr);
}

TEST(SpecCacheTest, OfThoseThatAreNotCurrentTheOldestGoesFirst) {
  SpecCache cache(2);
  const auto current = spec("a", "current");
  cache.put(current, true);
  std::vector<std::shared_ptr<const CompiledSpec>> old;
  for (const char* answer : {"one", "two", "three"}) {
    old.push_back(spec("a", answer));
    cache.put(old.back(), false);
  }
  EXPECT_EQ(cache.find("", old[0]->sha256), nullptr);
  EXPECT_EQ(cache.find("", old[1]->sha256), old[1]);
  EXPECT_EQ(cache.find("", old[2]->sha256), old[2]);
  EXPECT_EQ(cache.find("", current->sha256), current);
}

TEST(SpecCacheTest, SoItDoesWhenTheirBytesAreTooMany) {
  const auto current = spec("a", "current");
  const auto one = spec("a", "one");
  const auto two = spec("a", "two");
  SpecCache cache(1'000, {}, one->bytes.size() + 1);
  cache.put(one, false);
  cache.put(current, true);
  EXPECT_EQ(cache.find("", one->sha256), one);
  cache.put(two, false);
  EXPECT_EQ(cache.find("", one->sha256), nullptr);
  EXPECT_EQ(cache.find("", two->sha256), two);
  EXPECT_EQ(cache.find("", current->sha256), current);
}

TEST(SpecCacheTest, ACurrentSpecThatIsReadAgainStays) {
  SpecCache cache(1);
  cache.put(spec("a", "current"), true);
  const auto again = spec("a", "current");
  cache.put(again, false);  // the same bytes, another object
  cache.put(spec("a", "one"), false);
  cache.put(spec("a", "two"), false);
  EXPECT_EQ(cache.find("", again->sha256), again);
}

TEST(SpecCacheTest, AnEarlierVersionComesBackFromTheArchive) {
  const auto earlier = spec("a", "earlier");
  int asked = 0;
  SpecCache cache(1'000, [&](const std::string& sha256) -> std::optional<std::string> {
    ++asked;
    return sha256 == earlier->sha256 ? std::optional(earlier->bytes) : std::nullopt;
  });
  const auto current = spec("a", "current");
  cache.put(current, true);
  const auto found = cache.find("a", earlier->sha256);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->sha256, earlier->sha256);
  EXPECT_EQ(cache.find("a", earlier->sha256), found) << "kept";
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(cache.find("a", ""), current) << "it does not become the current one";
  EXPECT_EQ(cache.find("a", "no such hash"), nullptr);
  EXPECT_EQ(cache.find("b", ""), nullptr);
  EXPECT_EQ(asked, 2) << "an id alone is no question for it";
}

TEST(SpecCacheTest, AWithheldSpecIsNotFoundAndSaysWhy) {
  SpecCache cache;
  const auto withheld = spec("a", "one");
  EXPECT_FALSE(cache.why_withheld("a", ""));
  cache.withhold({{"a", withheld->sha256, error("OT403", {})}});
  EXPECT_EQ(cache.find("a", ""), nullptr);
  EXPECT_EQ(cache.why_withheld("a", "")->code(), "OT403");
  EXPECT_EQ(cache.why_withheld("", withheld->sha256)->code(), "OT403");
  EXPECT_FALSE(cache.why_withheld("b", ""));
  EXPECT_FALSE(cache.why_withheld("a", "the hash of another version"));
  cache.withhold({});
  EXPECT_FALSE(cache.why_withheld("a", ""));
}

TEST(SpecCacheTest, WhatTheArchiveGivesMustHaveTheHashThatWasAskedFor) {
  const auto other = spec("a", "other");
  SpecCache cache(1'000, [&](const std::string&) { return std::optional(other->bytes); });
  EXPECT_EQ(cache.find("a", "abc"), nullptr);
}

}  // namespace
}  // namespace otmetka::engine
