// That none of the 147 rows is missing: each has a program, a source, or a test elsewhere that held_elsewhere.txt names. And how
// many of them each mode contains.
#include <algorithm>
#include <cctype>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/hostile/row.h"

namespace otmetka::hostile {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = OTMETKA_SOURCE_DIR;
const fs::path kFolder = kRoot / "tests/hostile";

std::vector<std::string> all_ids() {
  const std::pair<char, int> chapters[] = {{'A', 18}, {'B', 15}, {'C', 22}, {'D', 21}, {'E', 30}, {'F', 21}, {'G', 20}};
  std::vector<std::string> out;
  for (const auto& [letter, count] : chapters) {
    for (int i = 1; i <= count; ++i) out.push_back(letter + std::string(i < 10 ? "0" : "") + std::to_string(i));
  }
  return out;
}

std::vector<Row> programs_and_sources() {
  std::vector<Row> rows = read_rows(kFolder);
  for (Row& source : read_rows(kFolder / "sources")) rows.push_back(std::move(source));
  return rows;
}

struct Elsewhere {
  std::string id, file, test;
};

std::vector<Elsewhere> held_elsewhere() {
  std::vector<Elsewhere> out;
  std::ifstream in(kFolder / "held_elsewhere.txt");
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    Elsewhere one;
    if (!line.starts_with('#') && words >> one.id >> one.file >> one.test) out.push_back(one);
  }
  return out;
}

std::string read(const fs::path& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// All that is tried for a row; a program that the mode does not hold costs the row.
std::map<std::string, bool> contained(const std::string& mode) {
  std::map<std::string, bool> out;
  for (const Row& row : programs_and_sources()) {
    const auto [at, first] = out.try_emplace(row.id, true);
    at->second = at->second && is_contained(row, mode);
  }
  return out;
}

TEST(HostileRows, EachOfTheOneHundredAndFortySevenIsHeldSomewhere) {
  std::map<std::string, int> held;
  for (const Row& row : programs_and_sources()) ++held[row.id];
  for (const Elsewhere& one : held_elsewhere()) ++held[one.id];
  const auto ids = all_ids();
  EXPECT_EQ(ids.size(), 147u);
  for (const std::string& id : ids) EXPECT_TRUE(held.contains(id)) << id << " is tried nowhere";
  for (const auto& [id, count] : held) EXPECT_TRUE(std::find(ids.begin(), ids.end(), id) != ids.end()) << id << " is no row";
}

TEST(HostileRows, EachTestThatIsNamedIsThere) {
  for (const auto& [id, file, test] : held_elsewhere()) {
    const auto point = test.find('.');
    const std::string named = "(" + test.substr(0, point) + ", " + test.substr(point + 1) + ")";
    EXPECT_NE(read(kRoot / file).find(named), std::string::npos) << id << ": no " << test << " in " << file;
  }
}

TEST(HostileRows, EachHeaderIsUnderstoodAndNamesItsFile) {
  for (const Row& row : programs_and_sources()) {
    EXPECT_EQ(row.unread, "") << row.file;
    EXPECT_EQ(row.right.size(), 3u) << row.file << " does not say what is right in each mode";
    std::string stem = row.file.stem();
    stem[0] = static_cast<char>(std::toupper(stem[0]));
    EXPECT_TRUE(!row.id.empty() && stem.starts_with(row.id)) << row.file << " says it is " << row.id;
  }
}

// The programs and sources prove themselves in each mode (hostile_test, source_test). Tests elsewhere are those of a machine
// with cgroups; what they hold does not hang on them, and counts once.
TEST(HostileRows, EachModeContainsItsMinimum) {
  std::map<std::string, int> elsewhere;
  for (const Elsewhere& one : held_elsewhere()) ++elsewhere[one.id];
  const std::pair<const char*, int> minimums[] = {{"root", 147}, {"delegated", 147}, {"bare", 137}};
  for (const auto& [mode, least] : minimums) {
    const auto tried = contained(mode);
    int count = 0;
    std::string others;
    for (const std::string& id : all_ids()) {
      const auto at = tried.find(id);
      const bool is = at == tried.end() ? elsewhere.contains(id) : at->second;
      count += is ? 1 : 0;
      others += is ? "" : id + " ";
    }
    EXPECT_GE(count, least) << mode << " does not contain: " << others;
    EXPECT_EQ(mode == std::string("bare") || count == 147, true) << "with cgroups nothing is weak or refused: " << others;
  }
}

}  // namespace
}  // namespace otmetka::hostile
