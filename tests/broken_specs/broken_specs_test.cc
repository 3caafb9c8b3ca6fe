// Every file of this folder draws the diagnostic that it names, at the place that it names, and no other before it.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "checkers/catalog.h"
#include "engine/spec_check.h"
#include "spec/diagnostic.h"

namespace otmetka {
namespace {

namespace fs = std::filesystem;
const fs::path kFolder = fs::path(OTMETKA_SOURCE_DIR) / "tests" / "broken_specs";

// By file name: "OT107 9:5".
std::map<std::string, std::string> expectations() {
  std::map<std::string, std::string> out;
  std::ifstream list(kFolder / "expected.txt");
  for (std::string line; std::getline(list, line);) {
    if (line.starts_with("#")) continue;
    const auto space = line.find(' ');
    out[line.substr(0, space)] = line.substr(space + 1);
  }
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".yaml" && extension != ".textproto") continue;
    std::ifstream file(entry.path());
    std::string line;
    std::getline(file, line);
    for (const std::string prefix : {"# expect: ", "# expect-make: "}) {
      if (line.starts_with(prefix)) out[entry.path().filename().string()] = line.substr(prefix.size());
    }
  }
  return out;
}

std::string told(const spec::Diagnostic& d) {
  return d.message.id + " " + std::to_string(d.range.line) + ":" + std::to_string(d.range.column);
}

TEST(BrokenSpecsTest, EveryFileSaysWhatToExpectOfIt) {
  const auto expected = expectations();
  EXPECT_GE(expected.size(), 100U);
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".yaml" && extension != ".textproto") continue;
    EXPECT_TRUE(expected.contains(entry.path().filename().string())) << entry.path();
  }
  for (const auto& [name, unused] : expected) EXPECT_TRUE(fs::exists(kFolder / name)) << name;
}

TEST(BrokenSpecsTest, EveryMistakeIsToldFirstAtItsPlaceInBothLanguages) {
  const messages::Catalogue& catalogue = checkers::message_catalogue();
  for (const auto& [name, expected] : expectations()) {
    const auto checked = engine::check_spec_file((kFolder / name).string(), engine::Depth::kCompile);
    ASSERT_FALSE(checked.diagnostics.empty()) << name;
    const spec::Diagnostic& first = checked.diagnostics.front();
    EXPECT_EQ(told(first), expected) << name;
    EXPECT_EQ(checked.diagnostics.size(), 1U) << name << ": " << told(checked.diagnostics.back());
    ASSERT_NE(catalogue.find(first.message.id), nullptr) << name;
    for (const auto language : {messages::Language::kRussian, messages::Language::kEnglish}) {
      const std::string line = render_line(first, catalogue, language);
      EXPECT_EQ(line.find("{0"), std::string::npos) << line;
      EXPECT_EQ(line.find("{1"), std::string::npos) << line;
      const std::string picture = render_picture(first, checked.locations.source(), catalogue, {language, false});
      EXPECT_EQ(std::count(picture.begin(), picture.end(), '\n'), 4) << picture;
    }
  }
}

}  // namespace
}  // namespace otmetka
