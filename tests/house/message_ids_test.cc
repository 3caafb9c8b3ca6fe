#include "tests/house/message_ids.h"

#include <gtest/gtest.h>

namespace otmetka::house {
namespace {

using messages::Entry;
using enum messages::Severity;

std::vector<const Entry*> pointers(const std::vector<Entry>& entries) {
  std::vector<const Entry*> out;
  for (const Entry& entry : entries) out.push_back(&entry);
  return out;
}

TEST(Slots, AreReadWithTheirForms) {
  Findings findings;
  const auto found = slots("{{a} {0} {12|x|y} {3#}", "m", findings);
  EXPECT_EQ(told(findings), "");
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].index, 0u);
  EXPECT_EQ(found[0].forms, 0u);
  EXPECT_EQ(found[1].index, 12u);
  EXPECT_EQ(found[1].forms, 2u);
  for (const char* bad : {"{", "{}", "{a}", "{0", "{0,1}", "{give: 1}"}) {
    Findings problems;
    slots(bad, "m", problems);
    EXPECT_EQ(problems.size(), 1u) << bad;
  }
}

TEST(Entries, EachFaultIsFound) {
  struct Row {
    Entry entry;
    const char* finding;
  };
  const Row rows[] = {
      {{.id = "a.b", .ru = "да {0}", .en = "yes {0}"}, ""},
      {{.id = "a.b", .ru = "{0} {0|балл|балла|баллов}", .en = "{0} {0|point|points}"}, ""},
      {{.id = "OT107", .severity = kError, .ru = "а", .en = "a", .wrong = "x", .right = "y"}, ""},
      {{.id = "a.b", .ru = "да", .en = ""}, "no English"},
      {{.id = "a.b", .ru = "", .en = "yes"}, "no Russian"},
      {{.id = "a.b", .ru = "", .en = ""}, "no text"},
      {{.id = "a.b", .ru = "{0} {1}", .en = "{0}"}, "same arguments"},
      {{.id = "a.b", .ru = "{0|балл|балла}", .en = "{0|point|points}"}, "forms instead of 3"},
      {{.id = "a.b", .ru = "{0|а|б|в}", .en = "{0|a|b|c}"}, "forms instead of 2"},
      {{.id = "a.b", .ru = "а", .en = "a", .hint_ru = "б"}, "no English"},
      {{.id = "OT107", .severity = kError, .ru = "а", .en = "a", .wrong = "x"}, "without the other"},
      {{.id = "OT107", .ru = "а", .en = "a"}, "severity"},
      {{.id = "OT17", .ru = "а", .en = "a"}, "neither"},
      {{.id = "A.b", .ru = "а", .en = "a"}, "neither"},
      {{.id = "a.placeholder", .ru = "а", .en = "a"}, "placeholder"},
  };
  for (const Row& row : rows) {
    const Entry* one[] = {&row.entry};
    const Findings found = check_entries(one);
    if (*row.finding == '\0') {
      EXPECT_EQ(told(found), "") << row.entry.id;
    } else {
      ASSERT_EQ(found.size(), 1u) << row.finding << told(found);
      EXPECT_NE(found[0].what.find(row.finding), std::string::npos) << told(found);
    }
  }
}

TEST(Entries, AnIdThatStandsTwiceIsFound) {
  const std::vector<Entry> twice = {{.id = "a.b", .ru = "а", .en = "a"}, {.id = "a.b", .ru = "б", .en = "b"}};
  const Findings found = check_entries(pointers(twice));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_NE(found[0].what.find("twice"), std::string::npos);
}

TEST(AskedIds, LiteralsAndBeginningsButNoFileNames) {
  const AskedIds asked = asked_ids({"a.cc", R"x(f("OT107"); g("text.wrong"); h("status." + n); i("text.yaml"); j("other.thing"); // "text.no"
    k("text. and more"); l("OT1070"); m("status.cli.");)x"},
                                   {"text", "status"});
  EXPECT_EQ(asked.whole, (std::set<std::string>{"OT107", "text.wrong"}));
  EXPECT_EQ(asked.beginnings, (std::set<std::string>{"status.", "status.cli."}));
}

TEST(AskedIds, AnEntryDoesNotAskForItself) {
  const AskedIds asked = asked_ids({"a.cc", R"(k = std::to_array<Entry>({{.id = "text.wrong"}, {.id = "OT107"}}); f("text.right");)"}, {"text"});
  EXPECT_EQ(asked.whole, (std::set<std::string>{"text.right"}));
}

TEST(NamedCodes, AreFoundInProse) {
  EXPECT_EQ(named_codes({"docs/a.md", "| OT410 | (OT107), OT1xx, OT1700, `explain OT372`"}).whole, (std::set<std::string>{"OT107", "OT372", "OT410"}));
}

TEST(AskedAndHad, BothDirections) {
  const std::vector<Entry> entries = {{.id = "a.one", .ru = "а", .en = "a"}, {.id = "a.two", .ru = "а", .en = "a"}, {.id = "s.x", .ru = "а", .en = "a"}};
  const auto all = pointers(entries);
  EXPECT_EQ(told(check_asked({"f.cc", ""}, {{"a.one"}, {"s."}}, all)), "");
  EXPECT_EQ(check_asked({"f.cc", ""}, {{"a.three", "OT999"}, {"t."}}, all).size(), 3u);
  const Findings unused = check_unused({{"a.one"}, {"s."}}, all);
  ASSERT_EQ(unused.size(), 1u);
  EXPECT_EQ(unused[0].path, "message a.two");
}

}  // namespace
}  // namespace otmetka::house
