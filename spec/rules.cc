#include "spec/rules.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/verdict.h"
#include "spec/display_width.h"
#include "spec/scalar_value.h"
#include "spec/suggest.h"

namespace otmetka::spec {
namespace {

constexpr std::int64_t kDefaultPeriod = 24 * 60 * 60;

std::string item_path(int i) { return "items[" + std::to_string(i) + "]"; }

bool mixes_alphabets(const std::string& id) {
  bool latin = false;
  bool cyrillic = false;
  for (std::size_t at = 0; at < id.size();) {
    const Decoded c = decode(id, at);
    latin = latin || script_of(c.code_point) == Script::kLatin;
    cyrillic = cyrillic || script_of(c.code_point) == Script::kCyrillic;
    at += c.length;
  }
  return latin && cyrillic;
}

// 1 where the item says nothing.
Ratio points_of(const v1::Item& item) {
  if (!item.has_points()) return 1;
  const auto points = ratio_of(item.points());
  return points && !points->is_zero() ? *points : Ratio(1);
}

class Rules {
 public:
  Rules(const v1::AssessmentSpec& spec, const LocationMap& locations, Reporter& reporter)
      : spec_(spec), locations_(locations), reporter_(reporter) {}

  void check() {
    if (!spec_.grade().empty() && spec_.grade() != "v1") error("OT134", "grade", {spec_.grade(), std::string("v1")});
    item_ids();
    samples();
    if (spec_.has_rubric()) rubric(spec_.rubric());
    denominators();
  }

 private:
  void error(const char* code, const std::string& path, std::vector<Arg> args = {}) {
    if (!reporter_.has_problem_at(path)) reporter_.error(code, locations_.at(path), path, std::move(args));
  }
  void warning(const char* code, const std::string& path, std::vector<Arg> args = {}) {
    if (!reporter_.has_problem_at(path)) reporter_.warning(code, locations_.at(path), path, std::move(args));
  }

  void item_ids() {
    std::unordered_map<std::string, int> exact;
    std::unordered_map<std::string, int> seen;
    for (int i = 0; i < spec_.items_size(); ++i) {
      const std::string& id = spec_.items(i).id();
      const std::string path = item_path(i) + ".id";
      if (id.empty()) continue;
      if (const auto [first, is_new] = exact.emplace(id, i); !is_new) {
        error("OT167", path, {id, line_of(first->second)});
        continue;
      }
      const auto [twin, is_new] = seen.emplace(fold_look_alikes(id), i);
      if (!is_new) {
        warning("OT206", path, {id, line_of(twin->second)});
      } else if (mixes_alphabets(id)) {
        warning("OT205", path, {id});
      }
    }
  }

  std::int64_t line_of(int item) const { return locations_.at(item_path(item) + ".id").line; }

  void samples() {
    std::vector<std::string> names;
    for (int v = static_cast<int>(Verdict::kGraded); v < static_cast<int>(Verdict::kInfraError); ++v) {
      names.emplace_back(verdict_name(static_cast<Verdict>(v)));
    }
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
    for (int i = 0; i < spec_.items_size(); ++i) {
      for (int s = 0; s < spec_.items(i).samples_size(); ++s) {
        const std::string& status = spec_.items(i).samples(s).status();
        if (status.empty() || std::find(names.begin(), names.end(), status) != names.end()) continue;
        const std::string path = item_path(i) + ".samples[" + std::to_string(s) + "].status";
        reporter_.error("OT134", locations_.at(path), path, {status, list}, nearest(status, names));
      }
    }
  }

  // Of the points alone; what credits add, the compiled spec knows.
  void denominators() {
    Int128 common = 1;
    for (int i = 0; i < spec_.items_size(); ++i) {
      const Int128 own = points_of(spec_.items(i)).den();
      common = common_multiple(common, own, Int128{kMostDenominator} + 1);
      if (common > kMostDenominator) return error("OT199", item_path(i) + ".points", {kMostDenominator});
    }
  }

  void rubric(const v1::Rubric& rubric) {
    attempts(rubric.attempts());
    if (rubric.has_late()) late(rubric.late());
    if (rubric.has_round()) rounding(rubric.round());
  }

  std::optional<Ratio> factor_at(const v1::Ratio& value, const std::string& path) {
    const auto number = ratio_of(value);
    if (number && number->den() > kMostRubricDenominator) {
      error("OT199", path, {kMostRubricDenominator});
      return std::nullopt;
    }
    return number;
  }

  void attempts(const v1::Attempts& attempts) {
    std::optional<Ratio> before;
    for (int i = 0; i < attempts.factor_size(); ++i) {
      const std::string path = "rubric.attempts.factor[" + std::to_string(i) + "]";
      const auto factor = factor_at(attempts.factor(i), path);
      if (factor && before && *factor > *before) warning("OT202", path, {*factor, *before});
      if (factor) before = factor;
    }
    if (attempts.max() > 0 && attempts.factor_size() > attempts.max()) {
      warning("OT201", "rubric.attempts.factor[" + std::to_string(attempts.max()) + "]",
              {std::int64_t{attempts.factor_size()}, std::int64_t{attempts.max()}});
    }
  }

  void late(const v1::Late& late) {
    const std::string path = "rubric.late";
    if (late.per() < 0 || (late.per() == 0 && locations_.has(path + ".per"))) error("OT133", path + ".per", {std::string("0")});
    const std::int64_t period = late.per() > 0 ? late.per() : kDefaultPeriod;
    if (late.grace() < 0) error("OT137", path + ".grace", {std::to_string(late.grace()), std::int64_t{0}, std::int64_t{INT64_MAX}});
    const auto minus = factor_at(late.minus(), path + ".minus");
    const auto floor = factor_at(late.floor(), path + ".floor");
    const bool costs_nothing = (minus && late.has_minus() && minus->is_zero()) || (floor && *floor == Ratio(1));
    if (costs_nothing) warning("OT203", minus && minus->is_zero() ? path + ".minus" : path + ".floor");
    if (late.grace() > 365 * kDefaultPeriod && period > 0) warning("OT207", path + ".grace");
  }

  void rounding(const v1::Round& round) {
    const auto step = factor_at(round.to(), "rubric.round.to");
    Ratio total;
    for (const v1::Item& item : spec_.items()) {
      if (points_of(item).den() > kMostRubricDenominator) return;
      total += points_of(item);
      if (total.den() > kMostRubricDenominator) return;
    }
    if (step && *step > total && spec_.items_size() > 0) warning("OT204", "rubric.round.to", {*step, total});
  }

  const v1::AssessmentSpec& spec_;
  const LocationMap& locations_;
  Reporter& reporter_;
};

}  // namespace

void check_rules(const v1::AssessmentSpec& spec, const LocationMap& locations, Reporter& reporter) {
  Rules(spec, locations, reporter).check();
}

}  // namespace otmetka::spec
