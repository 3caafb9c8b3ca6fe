#include "packages/grading.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>

#include "packages/yaml_value.h"

namespace otmetka::packages {
namespace {

struct Code {
  std::string_view name;
  Verdict verdict;
};

// From the worst to the best.
constexpr auto kCodes = std::to_array<Code>({{"JE", Verdict::kInfraError},
                                             {"RTE", Verdict::kRuntimeError},
                                             {"MLE", Verdict::kMemoryLimit},
                                             {"TLE", Verdict::kTimeLimit},
                                             {"OLE", Verdict::kOutputLimit},
                                             {"WA", Verdict::kWrongAnswer},
                                             {"AC", Verdict::kGraded}});

std::size_t rank_of(Verdict verdict) {
  if (verdict == Verdict::kIdleLimit) verdict = Verdict::kTimeLimit;
  if (verdict == Verdict::kSecurityViolation) verdict = Verdict::kRuntimeError;
  const auto at = std::find_if(kCodes.begin(), kCodes.end(), [&](const Code& code) { return code.verdict == verdict; });
  return at == kCodes.end() ? 0 : static_cast<std::size_t>(at - kCodes.begin());
}

bool failed(Verdict verdict) { return verdict != Verdict::kGraded; }

struct Member {
  Verdict verdict = Verdict::kGraded;
  Verdict strict = Verdict::kGraded;
  double score = 0;
};

Verdict worst(std::span<const Member> members, Verdict Member::*which) {
  Verdict out = Verdict::kGraded;
  for (const Member& member : members) {
    if (rank_of(member.*which) < rank_of(out)) out = member.*which;
  }
  return out;
}

Verdict first_failure(std::span<const Member> members, Verdict Member::*which) {
  const auto at = std::find_if(members.begin(), members.end(), [&](const Member& member) { return failed(member.*which); });
  return at == members.end() ? Verdict::kGraded : (*at).*which;
}

Verdict verdict_of(const TestGroup& group, std::span<const Member> members, Verdict Member::*which) {
  switch (group.verdict_mode) {
    case TestGroup::VerdictMode::kAlwaysAccept: return Verdict::kGraded;
    case TestGroup::VerdictMode::kFirst: return first_failure(members, which);
    case TestGroup::VerdictMode::kWorst: break;
  }
  return worst(members, which);
}

double score_of(const TestGroup& group, std::span<const Member> members) {
  double sum = 0, least = HUGE_VAL, most = -HUGE_VAL;
  for (const Member& member : members) {
    sum += member.score;
    least = std::min(least, member.score);
    most = std::max(most, member.score);
  }
  switch (group.score_mode) {
    case TestGroup::ScoreMode::kAverage: return sum / static_cast<double>(members.size());
    case TestGroup::ScoreMode::kMin: return least;
    case TestGroup::ScoreMode::kMax: return most;
    case TestGroup::ScoreMode::kSum: break;
  }
  return sum;
}

std::string number_text(double value) {
  std::array<char, 400> text{};
  const auto [end, problem] = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  return problem == std::errc{} ? std::string(text.data(), end) : "0";
}

class Grading {
 public:
  Grading(const TestTree& tree, std::span<const TestResult> tests, const RunGrader& grader) : tree_(tree), tests_(tests), grader_(grader) {}

  Result<std::vector<GroupResult>> run() {
    out_.resize(tree_.groups.size());
    keep_back();
    for (std::size_t i = tree_.groups.size(); i-- > 0;) {  // members before the groups that hold them
      if (kept_back_[i]) continue;
      if (Status graded = grade_one(tree_.groups[i], out_[i]); !graded) return graded.failure();
      if (out_[i].run && tree_.groups[i].bounded) bring_into_range(tree_.groups[i], out_[i]);
    }
    return std::move(out_);
  }

 private:
  // Where all tests are run, so are those of groups whose dependencies failed; their results do not count.
  void keep_back() {
    std::vector<char> passed(tree_.groups.size(), 1);
    for (std::size_t i = tree_.groups.size(); i-- > 0;) {
      for (const TestGroup::Member& member : tree_.groups[i].members) {
        const bool own = !member.group && tests_[member.index].run && !failed(tests_[member.index].verdict);
        if (!(member.group ? passed[member.index] != 0 : own)) passed[i] = 0;
      }
    }
    kept_back_.assign(tree_.groups.size(), 0);
    for (std::size_t i = 0; i < tree_.groups.size(); ++i) {
      const TestGroup& group = tree_.groups[i];
      const auto fails = [&](std::size_t earlier) { return passed[earlier] == 0 || kept_back_[earlier] != 0; };
      if (std::any_of(group.depends.begin(), group.depends.end(), fails)) kept_back_[i] = 1;
      for (const TestGroup::Member& member : group.members) {
        if (member.group && kept_back_[i] != 0) kept_back_[member.index] = 1;
      }
    }
  }

  // Sums of thirds are a hair beyond what they are worth; that is nothing to tell.
  static void bring_into_range(const TestGroup& group, GroupResult& out) {
    const double slack = 1e-9 * std::max(1.0, std::fabs(out.score));
    if (out.score > group.high + slack || out.score < group.low - slack) out.beyond = out.score;
    if (out.score < group.low) out.score = group.low;
    if (out.score > group.high) out.score = group.high;
  }

  std::vector<Member> members_of(const TestGroup& group) const {
    std::vector<Member> out;
    for (const TestGroup::Member& member : group.members) {
      if (member.group) {
        const GroupResult& result = out_[member.index];
        if (!result.run && !group.missing_is_zero) continue;
        out.push_back(result.run ? Member{result.verdict, result.strict, result.score} : Member{});
      } else {
        const TestResult& result = tests_[member.index];
        if (!result.run && !group.missing_is_zero) continue;
        const double accepted = result.score ? *result.score : group.accept_score * result.share;
        out.push_back({result.verdict, result.verdict, !result.run ? 0 : failed(result.verdict) ? group.reject_score : accepted});
      }
      if (group.stop_at_failure && failed(out.back().verdict)) break;
    }
    if (group.ignore_sample && out.size() > 1) out.erase(out.begin(), out.end() - 1);
    return out;
  }

  bool was_run(const TestGroup& group) const {
    return std::any_of(group.members.begin(), group.members.end(),
                       [&](const TestGroup::Member& member) { return member.group ? out_[member.index].run : tests_[member.index].run; });
  }

  Status grade_one(const TestGroup& group, GroupResult& out) const {
    out.run = was_run(group);
    const std::vector<Member> members = members_of(group);
    if (!out.run || members.empty()) return ok_status();
    out.strict = verdict_of(group, members, &Member::strict);
    out.verdict = verdict_of(group, members, &Member::verdict);
    out.score = score_of(group, members);
    const bool any = std::any_of(members.begin(), members.end(), [](const Member& member) { return !failed(member.verdict); });
    if (group.accept_if_any && any) out.verdict = Verdict::kGraded;
    return group.custom && grader_ ? ask_grader(group, members, out) : ok_status();
  }

  Status ask_grader(const TestGroup& group, std::span<const Member> members, GroupResult& out) const {
    std::string input;
    for (const Member& member : members) {
      input.append(kCodes[rank_of(member.verdict)].name).append(" ").append(number_text(member.score)).append("\n");
    }
    const auto said = grader_(group.grader_flags, input);
    if (!said) return said.failure();
    const std::vector<std::string> words = split_words(*said);
    const auto score = words.size() == 2 ? number_of(words[1]) : std::nullopt;
    const auto code = std::find_if(kCodes.begin(), kCodes.end(), [&](const Code& one) { return !words.empty() && one.name == words[0]; });
    if (!score || code == kCodes.end()) return error("OT565", {group.id, said->substr(0, 100)});
    out.verdict = code->verdict;
    out.score = *score;
    return ok_status();
  }

  const TestTree& tree_;
  std::span<const TestResult> tests_;
  const RunGrader& grader_;
  std::vector<char> kept_back_;  // by group
  std::vector<GroupResult> out_;
};

// A group without subgroups: the judge's scores, or accept_score for all of its tests together.
std::vector<Member> domjudge_members(const TestGroup& group, std::span<const TestResult> tests) {
  std::vector<Member> out;
  bool all = true, any = false;
  for (const TestGroup::Member& member : group.members) {
    const TestResult& test = tests[member.index];
    if (member.group || !test.run) continue;
    any = true;
    all = all && !failed(test.verdict);
    if (test.score) out.push_back({test.verdict, test.verdict, failed(test.verdict) ? 0 : *test.score});
  }
  if (out.empty() && any && group.own_accept_score) out.push_back({Verdict::kGraded, Verdict::kGraded, all ? *group.own_accept_score : 0});
  return out;
}

}  // namespace

double domjudge_score(const TestTree& tree, std::span<const TestResult> tests) {
  std::vector<double> scores(tree.groups.size(), 0);
  for (std::size_t i = tree.groups.size(); i-- > 0;) {
    const TestGroup& group = tree.groups[i];
    std::vector<Member> members;
    for (const TestGroup::Member& member : group.members) {
      if (!member.group || !tree.groups[member.index].configured) continue;
      if (group.ignore_sample && tree.groups[member.index].id == "sample") continue;
      members.push_back({Verdict::kGraded, Verdict::kGraded, scores[member.index]});
    }
    if (members.empty()) members = domjudge_members(group, tests);
    if (!members.empty()) scores[i] = score_of(group, members);
  }
  return scores.front();
}

Result<std::vector<GroupResult>> grade(const TestTree& tree, std::span<const TestResult> tests, const RunGrader& grader) {
  assert(!tree.groups.empty());
  return Grading(tree, tests, grader).run();
}

}  // namespace otmetka::packages
