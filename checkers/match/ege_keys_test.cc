// Real keys of a state exam, letters matched to numbers: see ../shared/data/SOURCES.md.
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "checkers/match/match.h"
#include "checkers/match/match.pb.h"

namespace otmetka::checkers::match {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

const std::filesystem::path kFile = std::filesystem::path(OTMETKA_SOURCE_DIR) / ".." / "shared" / "data" / "ege_keys.jsonl";

struct Task {
  Pairs key;
  int options = 0;
};

std::vector<Task> read_tasks() {
  std::vector<Task> tasks;
  std::ifstream file(kFile);
  for (std::string line; std::getline(file, line);) {
    google::protobuf::Struct row;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(line, &row).ok()) << line;
    if (row.fields().at("type").string_value() != "matching") continue;
    Task task;
    task.options = static_cast<int>(row.fields().at("n_options").number_value());
    const auto& correct = row.fields().at("key").struct_value().fields().at("correct").struct_value().fields();
    for (const auto& [left, right] : correct) task.key.emplace_back(left, right.string_value());
    std::sort(task.key.begin(), task.key.end());
    tasks.push_back(std::move(task));
  }
  return tasks;
}

std::unique_ptr<const Checker> checker_of(const Task& task) {
  v1::MatchSettings settings;
  std::vector<std::string> used;
  for (const auto& [left, right] : task.key) {
    auto* pair = settings.add_pairs();
    pair->set_left(left);
    pair->set_right(right);
    used.push_back(right);
  }
  for (int i = 1; i <= task.options; ++i) {
    if (std::find(used.begin(), used.end(), std::to_string(i)) == used.end()) settings.add_distractors(std::to_string(i));
  }
  return type().make(settings, {}).checker;
}

TEST(EgeMatching, TheKeyHasFullCreditInAnyOrderAndEachWrongPairCostsItsShare) {
  if (!std::filesystem::exists(kFile)) {
    GTEST_SKIP() << "THE EXAM KEYS ARE MISSING, so nothing was tested here: " << kFile << " does not exist";
  }
  const std::vector<Task> tasks = read_tasks();
  ASSERT_EQ(tasks.size(), 88U);
  for (const Task& task : tasks) {
    const auto checker = checker_of(task);
    ASSERT_NE(checker, nullptr);
    const auto credit = [&](Pairs pairs) { return checker->check(MappingAnswer{std::move(pairs)}, {}).credit; };
    EXPECT_EQ(credit(task.key), Ratio(1));
    EXPECT_EQ(credit(Pairs(task.key.rbegin(), task.key.rend())), Ratio(1));
    const auto n = static_cast<std::int64_t>(task.key.size());
    for (std::size_t i = 0; i < task.key.size(); ++i) {
      Pairs wrong = task.key;
      wrong[i].second = task.key[i].second == "1" ? "2" : "1";
      EXPECT_EQ(credit(wrong), Ratio(n - 1, n)) << task.key[i].first;
      Pairs missing = task.key;
      missing.erase(missing.begin() + static_cast<std::ptrdiff_t>(i));
      EXPECT_EQ(credit(missing), Ratio(n - 1, n)) << task.key[i].first;
    }
  }
}

}  // namespace
}  // namespace otmetka::checkers::match
