// Real keys of a state exam, one choice and several: see ../shared/data/SOURCES.md.
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "checkers/choice/choice.h"
#include "checkers/choice/choice.pb.h"

namespace otmetka::checkers::choice {
namespace {

using Ticks = std::vector<std::string>;

struct Task {
  std::vector<Ticks> published;  // the same set in several orders
  std::set<std::string> right;
  int options = 0;
};

const std::filesystem::path kFile = std::filesystem::path(OTMETKA_SOURCE_DIR) / ".." / "shared" / "data" / "ege_keys.jsonl";

Ticks ticks_of(const google::protobuf::Value& list) {
  Ticks out;
  for (const auto& value : list.list_value().values()) out.push_back(value.string_value());
  return out;
}

// `contradictory` counts the tasks whose published orders are not of one set: a person has to settle those.
std::vector<Task> read_tasks(int* contradictory) {
  std::vector<Task> tasks;
  std::ifstream file(kFile);
  for (std::string line; std::getline(file, line);) {
    google::protobuf::Struct row;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(line, &row).ok()) << line;
    const std::string& type = row.fields().at("type").string_value();
    if (type != "choice" && type != "multiple_choice") continue;
    Task task;
    const auto& key = row.fields().at("key").struct_value().fields();
    if (key.contains("correct")) task.published.push_back(ticks_of(key.at("correct")));
    if (key.contains("correct_variants")) {
      for (const auto& variant : key.at("correct_variants").list_value().values()) task.published.push_back(ticks_of(variant));
    }
    std::set<std::set<std::string>> sets;
    for (const Ticks& order : task.published) sets.emplace(order.begin(), order.end());
    task.right = *sets.begin();
    task.options = static_cast<int>(row.fields().at("n_options").number_value());
    for (const std::string& id : task.right) task.options = std::max(task.options, std::stoi(id));
    if (sets.size() == 1) {
      tasks.push_back(std::move(task));
    } else {
      ++*contradictory;
    }
  }
  return tasks;
}

class EgeChoice : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kFile)) {
      GTEST_SKIP() << "THE EXAM KEYS ARE MISSING, so nothing was tested here: " << kFile << " does not exist";
    }
    int contradictory = 0;
    tasks_ = read_tasks(&contradictory);
    ASSERT_GE(tasks_.size(), 700U);
    EXPECT_LE(contradictory, 2);
  }
  std::vector<Task> tasks_;
};

std::unique_ptr<const Checker> checker_of(const Task& task, v1::ChoiceSettings::Scoring scoring) {
  v1::ChoiceSettings settings;
  settings.set_scoring(scoring);
  for (int i = 1; i <= task.options; ++i) {
    const std::string id = std::to_string(i);
    (task.right.contains(id) ? settings.add_right() : settings.add_wrong())->set_id(id);
  }
  return type().make(settings, {}).checker;
}

bool full(const Checker& checker, Ticks ticked) {
  const Outcome outcome = checker.check(ChoiceAnswer{std::move(ticked)}, {});
  return outcome.status == Verdict::kGraded && outcome.credit == Ratio(1);
}

TEST_F(EgeChoice, EveryOrderOfTheRightSetHasFullCreditAndNoOtherSetHas) {
  for (const auto scoring : {v1::ChoiceSettings::SCORING_UNSPECIFIED, v1::ChoiceSettings::SCORING_PER_OPTION,
                             v1::ChoiceSettings::SCORING_RIGHT_MINUS_WRONG, v1::ChoiceSettings::SCORING_COVERAGE,
                             v1::ChoiceSettings::SCORING_HALVES}) {
    for (const Task& task : tasks_) {
      const auto checker = checker_of(task, scoring);
      ASSERT_NE(checker, nullptr);
      for (const Ticks& order : task.published) EXPECT_TRUE(full(*checker, order)) << testing::PrintToString(order);
      const Ticks sorted(task.right.begin(), task.right.end());
      EXPECT_TRUE(full(*checker, sorted));
      EXPECT_TRUE(full(*checker, Ticks(sorted.rbegin(), sorted.rend())));
      for (int i = 1; i <= task.options; ++i) {
        Ticks other = sorted;
        const std::string id = std::to_string(i);
        if (std::erase(other, id) == 0) other.push_back(id);
        EXPECT_FALSE(full(*checker, other)) << testing::PrintToString(other) << " for " << testing::PrintToString(sorted);
        if (task.right.contains(id)) continue;
        Ticks swapped = sorted;
        swapped.front() = id;
        EXPECT_FALSE(full(*checker, swapped)) << testing::PrintToString(swapped) << " for " << testing::PrintToString(sorted);
      }
    }
  }
}

}  // namespace
}  // namespace otmetka::checkers::choice
