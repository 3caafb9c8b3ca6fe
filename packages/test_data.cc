#include "packages/test_data.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "packages/test_folders.h"
#include "packages/validator_flags.h"

namespace otmetka::packages {
namespace {

using Aggregation = GroupSettings::Aggregation;
using Aggregate = checkers::program::Group::Aggregate;

constexpr double kSecretScore = 100;  // max_score of secret, 2025-09

// Scores are for people: to the thousandth.
Ratio points_of(double score) {
  if (!(score > 0) || score > 1e9) return score > 0 ? Ratio(1) : Ratio(0);
  return {static_cast<std::int64_t>(std::llround(score * 1'000)), 1'000};
}

std::optional<double> finite(double value) { return std::isinf(value) ? std::nullopt : std::optional<double>(value); }

void take_grader_flags(TestGroup& group, const std::vector<std::string>& flags) {
  using enum TestGroup::VerdictMode;
  using enum TestGroup::ScoreMode;
  static const std::map<std::string, TestGroup::VerdictMode, std::less<>> kVerdictModes = {
      {"worst_error", kWorst}, {"no_errors", kWorst}, {"first_error", kFirst}, {"always_accept", kAlwaysAccept}};
  static const std::map<std::string, TestGroup::ScoreMode, std::less<>> kScoreModes = {
      {"sum", kSum}, {"avg", kAverage}, {"min", kMin}, {"max", kMax}};
  for (const std::string& flag : flags) {
    if (const auto mode = kVerdictModes.find(flag); mode != kVerdictModes.end()) group.verdict_mode = mode->second;
    if (const auto mode = kScoreModes.find(flag); mode != kScoreModes.end()) group.score_mode = mode->second;
    group.ignore_sample = group.ignore_sample || flag == "ignore_sample";
    group.accept_if_any = group.accept_if_any || flag == "accept_if_any_accepted";
  }
  group.grader_flags = flags;
}

class Builder {
 public:
  Builder(const TestFolders& found, const ProblemSettings& settings, bool judged) : found_(found), settings_(settings), judged_(judged) {
    const auto is_legacy = [](const TestFolder& folder) { return folder.settings.legacy; };
    legacy_ = settings.legacy || std::any_of(found.folders.begin(), found.folders.end(), is_legacy);
  }

  Result<TestData> build() {
    out_.tree.groups.resize(found_.folders.size());
    own_group_.assign(found_.folders.size(), kNone);
    folder(0, {}, {});
    if (!legacy_ && settings_.scoring) score_later_version();
    if (legacy_ && settings_.scoring) points_of_legacy_groups();
    require_passes();
    if (failure_) return *failure_;
    return std::move(out_);
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  // `before`: groups of the task that a failure of would end the judging before this folder is reached.
  void folder(std::size_t index, const GroupSettings& above, const std::vector<std::size_t>& before) {
    const TestFolder& from = found_.folders[index];
    const GroupSettings settings = inherited(from.settings, above, legacy_);
    TestGroup& group = out_.tree.groups[index];
    group.id = from.id;
    group.configured = from.configured;
    group.own_accept_score = from.settings.accept_score;
    if (legacy_) {
      take_legacy(group, settings, from.settings.range.has_value());
    } else {
      group.verdict_mode = TestGroup::VerdictMode::kFirst;
      group.stop_at_failure = false;
    }
    std::vector<std::size_t> earlier = before;
    for (const TestFolder::Member& member : from.members) {
      if (!member.folder) {
        const std::size_t task_group = group_of_task(index, earlier);
        out_.tree.groups[index].members.push_back({false, out_.tests.size()});
        test(found_.tests[member.index], settings, task_group);
        continue;
      }
      const std::size_t first = out_.groups.size();
      out_.tree.groups[index].members.push_back({true, member.index});
      parent_[member.index] = index;
      folder(member.index, settings, earlier);
      if (!legacy_ || !out_.tree.groups[index].stop_at_failure || out_.groups.size() == first) continue;
      earlier.clear();  // those have what came before them in turn
      for (std::size_t i = first; i < out_.groups.size(); ++i) earlier.push_back(i);
    }
  }

  void take_legacy(TestGroup& group, const GroupSettings& settings, bool own_range) const {
    group.stop_at_failure = settings_.stop_at_failure.value_or(settings.stop_at_failure.value_or(true));
    group.accept_score = settings_.accept_score.value_or(settings.accept_score.value_or(1));
    group.reject_score = settings_.reject_score.value_or(settings.reject_score.value_or(0));
    const auto range = settings_.range ? settings_.range : settings.range;
    if (range) group.low = range->first, group.high = range->second;
    group.bounded = range.has_value() && (group.id.empty() || own_range);
    group.custom = settings.custom_grading.value_or(false);
    take_grader_flags(group, settings.grader_flags.value_or(std::vector<std::string>()));
    group.ignore_sample = group.ignore_sample && group.id.empty();
  }

  // Whose tests a folder's own tests count with: in later versions a folder that is not configured is no group.
  std::size_t group_of_task(std::size_t index, const std::vector<std::size_t>& before) {
    if (own_group_[index] != kNone) return own_group_[index];
    const TestFolder& from = found_.folders[index];
    const bool is_top = from.id == "sample" || from.id == "secret";
    const auto parent = parent_.find(index);
    if (!legacy_ && !from.configured && !is_top && parent != parent_.end()) {
      own_group_[index] = group_of_task(parent->second, before);
      return own_group_[index];
    }
    own_group_[index] = out_.groups.size();
    checkers::program::Group group;
    group.id = from.id;
    if (settings_.scoring && legacy_) {
      group.depends = before;
      group.stop_at_failure = out_.tree.groups[index].stop_at_failure;
    }
    out_.groups.push_back(std::move(group));
    return own_group_[index];
  }

  void test(const TestFiles& from, const GroupSettings& above, std::size_t task_group) {
    const GroupSettings settings = from.settings ? inherited(*from.settings, above, legacy_) : above;
    checkers::program::Test test;
    test.id = from.id;
    test.in = from.in;
    test.out = from.out;
    test.group = task_group;
    test.files = from.beside;
    test.arguments = settings.arguments.value_or(std::vector<std::string>());
    const bool sample = from.id.starts_with("sample/");
    test.show = sample ? checkers::program::Visibility::kAlways : checkers::program::Visibility::kVerdict;
    const std::vector<std::string> own = settings.validator_flags.value_or(std::vector<std::string>());
    std::vector<std::string> flags = settings_.validator_flags;
    flags.insert(flags.end(), own.begin(), own.end());
    if (judged_) {
      test.validator_flags = std::move(flags);
    } else if (!own.empty()) {
      auto comparison = comparison_of(flags);
      if (comparison) {
        test.comparison = *comparison;
      } else if (!failure_) {
        failure_ = comparison.failure();
      }
    }
    out_.tests.push_back(std::move(test));
  }

  void points_of_legacy_groups() {
    for (std::size_t i = 0; i < own_group_.size(); ++i) {
      if (own_group_[i] == kNone) continue;
      const TestGroup& group = out_.tree.groups[i];
      checkers::program::Group& out = out_.groups[own_group_[i]];
      out.aggregate = group.score_mode == TestGroup::ScoreMode::kMin ? Aggregate::kMin : Aggregate::kSum;
      const double tests = group.score_mode == TestGroup::ScoreMode::kSum ? static_cast<double>(tests_of(own_group_[i])) : 1;
      const auto best = settings_.custom_score ? finite(group.high) : std::nullopt;
      out.points = points_of(best.value_or(group.accept_score * tests));
      if (out_.tree.groups[0].ignore_sample && (group.id == "sample" || group.id.starts_with("sample/"))) out.points = Ratio(0);
    }
    out_.best_score = finite(settings_.minimised ? out_.tree.groups[0].low : out_.tree.groups[0].high);
  }

  std::size_t tests_of(std::size_t task_group) const {
    const auto mine = [&](const checkers::program::Test& test) { return test.group == task_group; };
    return static_cast<std::size_t>(std::count_if(out_.tests.begin(), out_.tests.end(), mine));
  }

  // Sample scores nothing; secret is made of its groups or, where it has none, of its tests.
  void score_later_version() {
    const auto secret = index_of("secret");
    for (std::size_t i = 0; i < found_.folders.size(); ++i) {
      if (found_.folders[i].id == "sample" || found_.folders[i].id.starts_with("sample/")) set_scores(i, Aggregation::kSum, 0);
    }
    if (const auto sample = index_of("sample"); sample && own_group_[*sample] != kNone) out_.groups[own_group_[*sample]].points = Ratio(0);
    if (!secret) return;
    const GroupSettings& settings = found_.folders[*secret].settings;
    const double most = settings.max_score.value_or(kSecretScore);
    const Aggregation how = settings.aggregation.value_or(Aggregation::kSum);
    out_.best_score = finite(most);
    bound(out_.tree.groups[0], most);
    bool grouped = false;
    for (const TestFolder::Member& member : found_.folders[*secret].members) {
      grouped = grouped || (member.folder && found_.folders[member.index].configured);
    }
    if (!grouped) return score_group(*secret, how, most);
    TestGroup& tree = out_.tree.groups[*secret];
    tree.score_mode = how == Aggregation::kSum ? TestGroup::ScoreMode::kSum : TestGroup::ScoreMode::kMin;
    tree.missing_is_zero = true;
    for (const TestFolder::Member& member : found_.folders[*secret].members) {
      if (!member.folder) continue;
      const GroupSettings& group = found_.folders[member.index].settings;
      const double score = how == Aggregation::kPassFail ? most : group.max_score.value_or(HUGE_VAL);
      score_group(member.index, group.aggregation.value_or(Aggregation::kPassFail), score);
    }
  }

  // A test group with all that is beneath it.
  void score_group(std::size_t index, Aggregation how, double most) {
    const std::size_t tests = own_group_[index] == kNone ? 0 : tests_of(own_group_[index]);
    const double each = std::isinf(most)           ? 1
                        : how == Aggregation::kSum ? most / static_cast<double>(std::max<std::size_t>(tests, 1))
                                                   : most;
    for (std::size_t i = index; i < found_.folders.size(); ++i) {
      if (i != index && !is_beneath(i, index)) continue;
      set_scores(i, how, each);
      out_.tree.groups[i].asks_for_scores = std::isinf(most) && how != Aggregation::kPassFail;
      if (own_group_[i] == kNone) continue;
      checkers::program::Group& group = out_.groups[own_group_[i]];
      group.points = points_of(std::isinf(most) ? 1 : most);
      group.aggregate = how == Aggregation::kSum ? Aggregate::kSum : Aggregate::kMin;
      group.stop_at_failure = how != Aggregation::kSum;
    }
    bound(out_.tree.groups[index], most);
  }

  static void bound(TestGroup& group, double most) {
    group.low = 0;
    group.high = most;
    group.bounded = true;
  }

  void set_scores(std::size_t index, Aggregation how, double each) {
    TestGroup& group = out_.tree.groups[index];
    group.accept_score = each;
    group.score_mode = how == Aggregation::kSum ? TestGroup::ScoreMode::kSum : TestGroup::ScoreMode::kMin;
    group.stop_at_failure = false;
    group.missing_is_zero = true;
  }

  bool is_beneath(std::size_t folder, std::size_t above) const {
    return found_.folders[folder].id.starts_with(found_.folders[above].id + "/");
  }

  std::optional<std::size_t> index_of(const std::string& id) const {
    for (std::size_t i = 0; i < found_.folders.size(); ++i) {
      if (found_.folders[i].id == id) return i;
    }
    return std::nullopt;
  }

  void require_passes() {
    for (std::size_t i = 0; i < found_.folders.size(); ++i) {
      for (const std::string& name : found_.folders[i].settings.require_pass) {
        const auto earlier = required_group(name);
        if (!earlier && name == "sample") continue;  // without samples nothing is required
        if (!earlier || *earlier >= i || is_beneath(i, *earlier)) return refuse_requirement(i, name);
        out_.tree.groups[i].depends.push_back(*earlier);
        for (std::size_t k = 0; k < found_.folders.size(); ++k) {
          const bool mine = (k == *earlier || is_beneath(k, *earlier)) && own_group_[k] != kNone;
          if (mine) keep_back_beneath(i, own_group_[k]);
        }
      }
    }
  }

  // Named from data/ or from secret/.
  std::optional<std::size_t> required_group(const std::string& name) const {
    const auto found = index_of(name);
    return found ? found : index_of("secret/" + name);
  }

  void keep_back_beneath(std::size_t folder, std::size_t earlier) {
    for (std::size_t k = folder; k < found_.folders.size(); ++k) {
      if ((k != folder && !is_beneath(k, folder)) || own_group_[k] == kNone || own_group_[k] <= earlier) continue;
      std::vector<std::size_t>& depends = out_.groups[own_group_[k]].depends;
      if (std::find(depends.begin(), depends.end(), earlier) == depends.end()) depends.push_back(earlier);
    }
  }

  void refuse_requirement(std::size_t folder, const std::string& name) {
    yaml::Node value;
    value.kind = yaml::Node::Kind::kScalar;
    value.text = name;
    if (!failure_) failure_ = bad_value(found_.folders[folder].file, "require_pass", value);
  }

  const TestFolders& found_;
  const ProblemSettings& settings_;
  const bool judged_;
  bool legacy_ = true;
  std::vector<std::size_t> own_group_;  // of the task, by folder
  std::map<std::size_t, std::size_t> parent_;
  std::optional<Error> failure_;
  TestData out_;
};

}  // namespace

Result<TestData> read_test_data(const PackageFiles& files, const ProblemSettings& settings, bool judged, std::vector<Message>& warnings) {
  const auto found = read_test_folders(files, settings.constants, warnings);
  if (!found) return found.failure();
  if (found->tests.empty()) return error("OT578", {files.root()});
  return Builder(*found, settings, judged).build();
}

}  // namespace otmetka::packages
