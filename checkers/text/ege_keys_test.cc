// Real keys of a state exam, from beside the project: see ../shared/data/SOURCES.md.
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "checkers/text/lookalikes.h"
#include "checkers/text/text.h"
#include "checkers/text/text.pb.h"

namespace otmetka::checkers::text {
namespace {

struct Task {
  std::vector<std::string> keys;
  std::unique_ptr<const Checker> checker;

  bool takes(const std::string& typed) const { return checker->check(TextAnswer{typed}, {}).credit == Ratio(1); }
};

const std::filesystem::path kFile = std::filesystem::path(OTMETKA_SOURCE_DIR) / ".." / "shared" / "data" / "ege_keys.jsonl";

std::vector<Task> read_tasks(v1::TextSettings::Preset preset) {
  std::vector<Task> tasks;
  std::ifstream file(kFile);
  for (std::string line; std::getline(file, line);) {
    google::protobuf::Struct row;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(line, &row).ok()) << line;
    const auto& fields = row.fields();
    if (fields.at("type").string_value() != "text") continue;
    Task task;
    v1::TextSettings settings;
    settings.set_preset(preset);
    const auto& key = fields.at("key").struct_value().fields();
    if (key.contains("correct")) task.keys.push_back(key.at("correct").string_value());
    if (key.contains("correct_variants")) {
      for (const auto& variant : key.at("correct_variants").list_value().values()) task.keys.push_back(variant.string_value());
    }
    for (const std::string& k : task.keys) settings.add_answer(k);
    task.checker = type().make(settings, {}).checker;
    EXPECT_NE(task.checker, nullptr) << line;
    tasks.push_back(std::move(task));
  }
  return tasks;
}

using Wide = icu::UnicodeString;

std::string narrow(const Wide& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

Wide inserted(const Wide& key, char16_t c) { return Wide(key).insert(key.length() / 2, c); }

Wide decomposed(const Wide& key) {
  UErrorCode error = U_ZERO_ERROR;
  return icu::Normalizer2::getNFDInstance(error)->normalize(key, error);
}

Wide in_latin(Wide key) {
  for (int32_t i = 0; i < key.length(); ++i) key.setCharAt(i, static_cast<char16_t>(fold_lookalike(key.charAt(i), Script::kLatin)));
  return key;
}

struct Change {
  const char* name;
  Wide (*apply)(const Wide& key);
  bool without_preset = true;  // harmless there too
};

const Change kHarmless[] = {
    {"upper case", [](const Wide& k) { return Wide(k).toUpper(); }},
    {"е for ё", [](const Wide& k) { return Wide(k).findAndReplace(u"ё", u"е"); }},
    {"NFD", [](const Wide& k) { return decomposed(k); }},
    {"no-break spaces", [](const Wide& k) { return inserted(k, 0xA0).append(u'\u00A0'); }, false},
    {"soft hyphen", [](const Wide& k) { return inserted(k, 0xAD); }},
    {"zero-width space", [](const Wide& k) { return inserted(k, 0x200B); }},
    {"byte order mark", [](const Wide& k) { return Wide(k).insert(0, u'\uFEFF'); }},
    {"full stop at the end", [](const Wide& k) { return Wide(k).append(u'.'); }},
    {"Latin look-alikes", [](const Wide& k) { return in_latin(k); }},
};

class EgeKeys : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kFile)) {
      GTEST_SKIP() << "THE EXAM KEYS ARE MISSING, so nothing was tested here: " << kFile << " does not exist";
    }
    tasks_ = read_tasks(v1::TextSettings::PRESET_EGE);
    ASSERT_GT(tasks_.size(), 300U);
  }
  // How many pairs of a key and a change were tried, and how many the checker lost.
  static std::pair<std::size_t, std::size_t> survey(const std::vector<Task>& tasks, bool preset);

  std::vector<Task> tasks_;
};

std::pair<std::size_t, std::size_t> EgeKeys::survey(const std::vector<Task>& tasks, bool preset) {
  std::size_t pairs = 0;
  std::size_t lost = 0;
  for (const Task& task : tasks) {
    for (const std::string& key : task.keys) {
      for (const Change& change : kHarmless) {
        if (!preset && !change.without_preset) continue;
        ++pairs;
        if (task.takes(narrow(change.apply(Wide::fromUTF8(key))))) continue;
        ++lost;
        std::cout << "lost: " << key << ", " << change.name << "\n";
      }
    }
  }
  std::cout << pairs << " pairs, " << lost << " lost\n";
  return {pairs, lost};
}

TEST_F(EgeKeys, SurviveHarmlessChanges) {
  const auto [pairs, lost] = survey(tasks_, true);
  EXPECT_GE(pairs, 4'500U);
  EXPECT_LE(lost * 1000, pairs);
}

TEST_F(EgeKeys, SurviveThemWithoutThePresetToo) {
  const auto [pairs, lost] = survey(read_tasks(v1::TextSettings::PRESET_UNSPECIFIED), false);
  EXPECT_GE(pairs, 4'000U);
  EXPECT_LE(lost * 1000, pairs);
}

TEST_F(EgeKeys, NeverTakeAnotherLetterForShortI) {
  std::size_t tried = 0;
  for (const Task& task : tasks_) {
    for (const std::string& key : task.keys) {
      const Wide text = Wide::fromUTF8(key);
      if (text.indexOf(u'й') < 0) continue;
      ++tried;
      EXPECT_FALSE(task.takes(narrow(Wide(text).findAndReplace(u"й", u"и")))) << key;
      EXPECT_TRUE(task.takes(narrow(decomposed(text)))) << key;
    }
  }
  EXPECT_GT(tried, 50U);
}

// As a person would compare them: without soft hyphens, spaces, capitals and ё.
std::string bare(const std::string& key) {
  return narrow(Wide::fromUTF8(key).findAndReplace(u"\u00AD", u"").findAndReplace(u" ", u"").toLower().findAndReplace(u"ё", u"е"));
}

TEST_F(EgeKeys, AreNeverTakenForAnotherTask) {
  std::size_t taken = 0;
  for (const Task& task : tasks_) {
    for (const Task& other : tasks_) {
      for (const std::string& key : other.keys) {
        bool listed = false;
        for (const std::string& own : task.keys) listed = listed || bare(own) == bare(key);
        EXPECT_EQ(task.takes(key), listed) << key << " for " << task.keys[0];
        taken += listed ? 1U : 0U;
      }
    }
  }
  EXPECT_GE(taken, 548U);
}

}  // namespace
}  // namespace otmetka::checkers::text
