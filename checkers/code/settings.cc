#include "checkers/code/settings.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <numeric>
#include <utility>

#include "checkers/program/files.h"
#include "checkers/program/limits.h"
#include "model/units.h"
#include "packages/program_files.h"

namespace otmetka::checkers::code {
namespace {

using namespace program;

using Settings = v1::CodeSettings;

Ratio ratio_or_one(bool has, const v1::Ratio& value) {
  const auto read = has ? ratio_of(value.num(), value.den()) : std::nullopt;
  return read && !read->is_zero() ? *read : Ratio(1);
}

std::string ending_language(const std::string& name) {
  const auto ends = [&](std::string_view ending) { return name.ends_with(ending); };
  if (ends(".py")) return "python3";
  if (ends(".c")) return "c";
  if (ends(".java")) return "java";
  if (ends(".js")) return "javascript";
  if (ends(".pas")) return "pascal";
  return "cpp";
}

// Letters that are wrong, missing or one too many.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t corner = std::exchange(row[0], i);
    for (std::size_t k = 1; k <= b.size(); ++k) {
      const std::size_t changed = corner + (a[i - 1] == b[k - 1] ? 0 : 1);
      corner = row[k];
      row[k] = std::min({changed, row[k] + 1, row[k - 1] + 1});
    }
  }
  return row.back();
}

// What a word that is no language's id was probably meant to be; empty: there is no telling.
std::string likely_language(const std::string& typed) {
  const auto built_in = sandbox::built_in_languages();
  if (std::string id = packages::language_by_code(typed, built_in); !id.empty()) return id;
  if (typed.size() < 4 || typed.size() > 20) return {};
  for (const sandbox::Language& one : built_in) {
    if (one.id.size() >= 4 && distance(typed, one.id) <= 2) return one.id;
  }
  return {};
}

void each_reference(const Settings& settings, const std::function<void(const std::string&)>& one) {
  const auto note = [&](const std::string& text) {
    if (is_reference(text)) one(text);
  };
  for (const v1::CodeTest& test : settings.tests()) {
    note(test.in());
    note(test.out());
  }
  note(settings.compare().checker());
  note(settings.interactor());
  for (const std::string& file : settings.judge_files()) note(file);
  for (const std::string& file : settings.add()) note(file);
}

class Reader {
 public:
  Reader(const Settings& settings, const std::string& folder) : settings_(settings), folder_(folder) {}

  ReadTask read() {
    task_.languages.assign(settings_.languages().begin(), settings_.languages().end());
    languages();
    limits();
    comparison();
    groups();
    for (int i = 0; i < settings_.tests_size(); ++i) test(i);
    judge();
    for (const v1::CodeFactor& factor : settings_.time_factor()) {
      const Ratio value = ratio_or_one(factor.has_factor(), factor.factor());
      task_.time_factor[factor.language()] =
          static_cast<double>(static_cast<std::int64_t>(value.num())) / static_cast<double>(static_cast<std::int64_t>(value.den()));
    }
    for (int i = 0; i < settings_.add_size(); ++i) {
      auto file = source(settings_.add(i), "add[" + std::to_string(i) + "]");
      if (file) task_.for_all.push_back(std::move(*file));
    }
    if (task_.tests.empty()) fail("OT601", "tests", {});
    if (failed_) return {std::nullopt, std::move(problems_)};
    return {std::move(task_), std::move(problems_)};
  }

 private:
  void fail(const char* code, std::string path, std::vector<Arg> args) {
    failed_ = true;
    problems_.push_back({{code, std::move(args)}, std::move(path), 0, 0});
  }

  // Languages that were added to those that are built in are known only where programs are run: they are told, not refused.
  void languages() {
    std::vector<std::string> named, timed;
    for (int i = 0; i < settings_.languages_size(); ++i) named.push_back(settings_.languages(i));
    for (const v1::CodeFactor& factor : settings_.time_factor()) timed.push_back(factor.language());
    look_at(named, "languages", "");
    look_at(timed, "time_factor", ".language");
  }

  void look_at(const std::vector<std::string>& ids, const std::string& field, const std::string& behind) {
    const auto built_in = sandbox::built_in_languages();
    std::string known, unknown;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const bool is_known = std::any_of(built_in.begin(), built_in.end(), [&](const sandbox::Language& one) { return one.id == ids[i]; });
      std::string& list = is_known ? known : unknown;
      list += (list.empty() ? "" : ", ") + ids[i];
      const std::string meant = is_known ? std::string() : likely_language(ids[i]);
      if (!meant.empty()) fail("OT134", field + "[" + std::to_string(i) + "]" + behind, {ids[i], meant});
    }
    if (unknown.empty() || failed_) return;
    problems_.push_back({{"OT597", {field, unknown, known.empty() ? std::string("–") : known}}, field, 0, 0});
  }

  void limits() {
    const v1::CodeLimits& given = settings_.limits();
    const program::GivenLimits limits = {given.cpu(), given.wall(), given.memory(), given.output(), given.processes()};
    for (Problem& problem : program::read_limits(limits, task_.limits)) {
      failed_ = true;
      problems_.push_back(std::move(problem));
    }
  }

  void comparison() {
    const v1::CodeCompare& given = settings_.compare();
    Comparison& out = task_.comparison;
    out.case_sensitive = given.case_sensitive() || !settings_.has_compare() || !given.has_case_sensitive();
    switch (given.rule()) {
      case v1::CodeCompare::RULE_EXACT: out.kind = Comparison::Kind::kExact; break;
      case v1::CodeCompare::RULE_LINES: out.kind = Comparison::Kind::kLines; break;
      case v1::CodeCompare::RULE_UNORDERED_LINES: out.kind = Comparison::Kind::kUnorderedLines; break;
      default: out.kind = Comparison::Kind::kTokens; break;
    }
    if (!given.has_float_()) return;
    out.absolute = number(given.float_().abs(), "compare.float.abs");
    out.relative = number(given.float_().rel(), "compare.float.rel");
    if (!out.absolute && !out.relative) fail("OT604", "compare.float", {std::string()});
  }

  std::optional<double> number(const std::string& text, const char* path) {
    if (text.empty()) return std::nullopt;
    double value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem == std::errc{} && end == text.data() + text.size() && value >= 0 && value < 1e18) return value;
    fail("OT604", path, {text});
    return std::nullopt;
  }

  void groups() {
    const bool grouped = settings_.scoring() == Settings::SCORING_GROUPS;
    task_.all_or_nothing = settings_.scoring() == Settings::SCORING_ALL_OR_NOTHING;
    if (!grouped || settings_.groups_size() == 0) {
      if (grouped) fail("OT605", "groups", {});
      task_.groups.push_back({});
      return;
    }
    for (int i = 0; i < settings_.groups_size(); ++i) {
      const v1::CodeGroup& given = settings_.groups(i);
      Group group;
      group.id = given.id();
      group.points = ratio_or_one(given.has_points(), given.points());
      group.aggregate = given.aggregate() == v1::CodeGroup::AGGREGATE_SUM ? Group::Aggregate::kSum : Group::Aggregate::kMin;
      group.stop_at_failure = group.aggregate == Group::Aggregate::kMin;
      for (const std::string& name : given.depends()) {
        const auto earlier = group_named(name);
        if (!earlier) fail("OT606", "groups[" + std::to_string(i) + "].depends", {name});
        if (earlier) group.depends.push_back(*earlier);
      }
      if (group_named(group.id)) fail("OT607", "groups[" + std::to_string(i) + "].id", {group.id});
      task_.groups.push_back(std::move(group));
    }
  }

  std::optional<std::size_t> group_named(const std::string& id) const {
    for (std::size_t i = 0; i < task_.groups.size(); ++i) {
      if (task_.groups[i].id == id && !id.empty()) return i;
    }
    return std::nullopt;
  }

  void test(int i) {
    const v1::CodeTest& given = settings_.tests(i);
    const std::string at = "tests[" + std::to_string(i) + "]";
    Test out;
    out.id = given.id().empty() ? std::to_string(i + 1) : given.id();
    for (const Test& earlier : task_.tests) {
      if (earlier.id == out.id) fail("OT607", at + ".id", {out.id});
    }
    if (auto bytes = content(given.in(), at + ".in")) out.in.bytes = std::move(*bytes);
    if (auto bytes = content(given.out(), at + ".out")) out.out.bytes = std::move(*bytes);
    out.weight = ratio_or_one(given.has_weight(), given.weight());
    out.show = given.show() == v1::CodeTest::SHOW_ALWAYS ? Visibility::kAlways
               : given.show() == v1::CodeTest::SHOW_NEVER ? Visibility::kNever : Visibility::kVerdict;
    out.say = given.say();
    if (out.show == Visibility::kNever && !out.say.empty()) problems_.push_back({{"OT632", {out.id}}, at + ".say", 0, 0});
    if (settings_.scoring() == Settings::SCORING_GROUPS && settings_.groups_size() > 0) {  // else that has been said
      const auto group = group_named(given.group());
      if (!group) fail("OT606", at + ".group", {given.group()});
      out.group = group.value_or(0);
    }
    task_.tests.push_back(std::move(out));
  }

  void judge() {
    const bool talks = !settings_.interactor().empty();
    const std::string& program = talks ? settings_.interactor() : settings_.compare().checker();
    if (program.empty()) return;
    const std::string path = talks ? "interactor" : "compare.checker";
    Judge out;
    out.interactive = talks;
    if (!is_reference(program)) return fail("OT608", path, {program});
    auto main = source(program, path);
    if (!main) return;
    out.language = ending_language(main->name);
    out.files.push_back(std::move(*main));
    for (int i = 0; i < settings_.judge_files_size(); ++i) {
      auto file = source(settings_.judge_files(i), "judge_files[" + std::to_string(i) + "]");
      if (file) out.files.push_back(std::move(*file));
    }
    task_.comparison.kind = Comparison::Kind::kProgram;
    task_.judge = std::move(out);
  }

  std::optional<std::string> content(const std::string& text, const std::string& path) {
    if (!is_reference(text)) return text;
    for (const v1::CodeFile& file : settings_.embedded()) {
      if (file.reference() == text) return file.content();
    }
    auto bytes = read_referenced(folder_, text);
    if (bytes) return std::move(*bytes);
    fail(bytes.failure().message.id == "OT168" ? "OT168" : "OT609", path, bytes.failure().message.args);
    return std::nullopt;
  }

  std::optional<sandbox::SourceFile> source(const std::string& reference, const std::string& path) {
    auto bytes = content(reference, path);
    if (!bytes) return std::nullopt;
    return sandbox::SourceFile{name_of_reference(reference), std::move(*bytes)};
  }

  const Settings& settings_;
  const std::string& folder_;
  Task task_;
  std::vector<Problem> problems_;
  bool failed_ = false;
};

}  // namespace

ReadTask read_task(const Settings& settings, const std::string& folder) { return Reader(settings, folder).read(); }

Status embed_files(Settings& settings, const std::string& folder, const NoteFile& note) {
  std::vector<std::string> references;
  each_reference(settings, [&](const std::string& reference) {
    note(place_of_reference(folder, reference));
    references.push_back(reference);
  });
  std::uint64_t total = 0;
  for (const std::string& reference : references) {
    bool there = false;
    for (const v1::CodeFile& file : settings.embedded()) there = there || file.reference() == reference;
    if (there) continue;
    auto bytes = read_referenced(folder, reference);
    if (!bytes) return bytes.failure();
    total += bytes->size();
    if (total > kMostReferencedBytes) return error("OT600", {reference});
    v1::CodeFile& file = *settings.add_embedded();
    file.set_reference(reference);
    file.set_content(std::move(*bytes));
  }
  return ok_status();
}

}  // namespace otmetka::checkers::code
