#include "checkers/unit_tests/settings.h"

#include <algorithm>
#include <array>
#include <set>

#include "checkers/credit.h"
#include "checkers/program/files.h"
#include "checkers/program/limits.h"
#include "checkers/unit_tests/harness.h"
#include "checkers/unit_tests/script_settings.h"
#include "model/units.h"

namespace otmetka::checkers::unit_tests {
namespace {

using Settings = v1::UnitTestsSettings;
using sandbox::SourceFile;

constexpr std::string_view kDefault = "default";
constexpr std::int64_t kFinest = 1'000'000'000'000;

// A file of one of these names would be run or read by what runs the tests, before it or instead of it.
constexpr auto kForbidden = std::to_array<std::string_view>(
    {"conftest.py", "sitecustomize.py", "usercustomize.py", "pytest.ini", "tox.ini", "setup.cfg", "pyproject.toml", "__init__.py",
     "__main__.py",
     "pytest.py", "unittest.py", "builtins.py", "sys.py", "os.py", "json.py", "types.py", "importlib.py", "re.py", "io.py", "abc.py",
         "enum.py",
     "traceback.py", "typing.py", "inspect.py", "functools.py", "collections.py", "string.py", "random.py", "math.py", "time.py",
     "symtable.py", "weakref.py", "_weakrefset.py"});

struct TongueRow {
  std::string_view language;
  Tongue tongue;
  Settings::Report report;
  std::string_view ending;
};
constexpr TongueRow kTongues[] = {{"python3", Tongue::kPython, Settings::REPORT_JUNIT, ".py"},
                                  {"cpp", Tongue::kCpp, Settings::REPORT_GTEST, ".cpp"},
                                  {"java", Tongue::kJava, Settings::REPORT_JUNIT, ".java"}};

bool is_file_name(std::string_view name) {
  return !name.empty() && name.size() <= 100 && name[0] != '.' && name[0] != '-' && std::all_of(name.begin(), name.end(), [](char c) {
           return static_cast<unsigned char>(c) > 0x20 && c != '/' && c != '\\' && c != '"' && c != '\'' && c != '*' && c != '?';
         });
}

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

std::string joined(const std::vector<PlannedTest>& tests) {
  std::string out;
  for (std::size_t i = 0; i < tests.size() && i < 20; ++i) out += (i == 0 ? "" : ", ") + tests[i].id;
  return out + (tests.size() > 20 ? ", …" : "");
}

class Reader {
 public:
  Reader(const Settings& settings, const std::string& folder) : settings_(settings), folder_(folder) {}

  ReadPlan read() {
    if (language()) {
      isolation();
      files();
      submit();
      find_tests();
      if (plan_.tongue == Tongue::kPython) warn_of_stars();
      limits();
    }
    if (!failed_) weights();
    if (!failed_) require();
    if (failed_) return {std::nullopt, std::move(problems_)};
    return {std::move(plan_), std::move(problems_)};
  }

 private:
  void fail(const char* code, std::string path, std::vector<Arg> args) {
    failed_ = true;
    problems_.push_back({{code, std::move(args)}, std::move(path), 0, 0});
  }

  bool language() {
    const auto is_it = [&](const TongueRow& one) { return one.language == settings_.language(); };
    const auto* row = std::find_if(std::begin(kTongues), std::end(kTongues), is_it);
    if (row == std::end(kTongues)) {
      fail("OT610", "language", {settings_.language()});
      return false;
    }
    row_ = row;
    plan_.language = row->language;
    plan_.tongue = row->tongue;
    const auto report = settings_.report();
    plan_.report = script_report(settings_);
    const bool fits = plan_.report == ReportFormat::kHarness ? report == row->report : row->tongue == Tongue::kPython;
    if (report != Settings::REPORT_UNSPECIFIED && !fits) fail("OT616", "report", {plan_.language});
    const auto missing = read_ratio(settings_.missing_test());
    if (settings_.has_missing_test() && (!missing || !missing->is_zero())) fail("OT617", "missing_test", {});
    return true;
  }

  void isolation() {
    plan_.bridge = settings_.isolation() != Settings::ISOLATION_IN_PROCESS;
    const bool needs_functions = plan_.bridge && plan_.tongue != Tongue::kPython;
    if (needs_functions && settings_.functions().empty()) fail("OT611", "isolation", {plan_.language});
    if (!needs_functions && !settings_.functions().empty()) fail("OT630", "functions", {});
    if (needs_functions) functions();
    if (!plan_.bridge && plan_.report != ReportFormat::kHarness) return fail("OT616", "isolation", {std::string("in_process")});
    if (!plan_.bridge && plan_.tongue == Tongue::kPython) problems_.push_back({{"OT620", {}}, "isolation", 0, 0});
  }

  void functions() {
    std::set<std::string> seen;
    for (int i = 0; i < settings_.functions_size(); ++i) {
      const std::string& text = settings_.functions(i);
      auto read = plan_.tongue == Tongue::kCpp ? read_cpp_signature(text) : read_java_signature(text);
      const std::string at = "functions[" + std::to_string(i) + "]";
      if (const auto* bad = std::get_if<BadSignature>(&read)) {
        fail(id_of(*bad), at, {bad->word.empty() ? text : bad->word});
        problems_.back().offset = bad->offset;
        problems_.back().length = bad->length;
      } else if (Function& function = std::get<Function>(read); !seen.insert(called(function)).second) {
        fail("OT629", at, {text});
      } else {
        plan_.functions.push_back(std::move(function));
      }
    }
  }

  const char* id_of(const BadSignature& bad) const {
    const bool is_cpp = plan_.tongue == Tongue::kCpp;
    if (bad.fault == BadSignature::Fault::kType) return is_cpp ? "OT627" : "OT628";
    return is_cpp ? "OT625" : "OT626";
  }

  // What no second function may be: that of another result is the same.
  static std::string called(const Function& function) {
    const std::string all = signature_of(function);
    return all.substr(function.result.text.size());
  }

  void files() {
    if (!program::is_reference(settings_.tests())) return fail("OT618", "tests", {settings_.tests()});
    for (const v1::CodeFile& file : settings_.embedded()) {
      plan_.files.push_back({program::name_of_reference(file.reference()), file.content()});
    }
    if (!plan_.files.empty()) return;
    auto read = program::read_folder(folder_, settings_.tests());
    if (!read) {
      const Message& why = read.failure().message;
      return fail(why.id == "OT362" ? "OT609" : why.id.c_str(), "tests", why.args);
    }
    plan_.files = std::move(*read);
  }

  void submit() {
    plan_.submit.assign(settings_.submit().begin(), settings_.submit().end());
    std::set<std::string> seen;
    for (const SourceFile& file : plan_.files) {
      seen.insert(file.name);
      if (lower(file.name).starts_with(kHarnessPrefix)) fail("OT615", "tests", {file.name});
    }
    bool has_source = false;
    for (std::size_t i = 0; i < plan_.submit.size(); ++i) {
      const std::string& name = plan_.submit[i];
      const bool listed = std::find(kForbidden.begin(), kForbidden.end(), name) != kForbidden.end();
      const bool forbidden = listed || name.ends_with(".pth") || lower(name).starts_with(kHarnessPrefix);
      if (!is_file_name(name) || forbidden || !seen.insert(name).second) {
        fail("OT615", "submit[" + std::to_string(i) + "]", {name});
      }
      has_source = has_source || name.ends_with(row_->ending) || (plan_.tongue == Tongue::kCpp && name.ends_with(".cc"));
      // A header alone may be all that is asked for: the tests include it.
      has_source = has_source || (plan_.tongue == Tongue::kCpp && (name.ends_with(".h") || name.ends_with(".hpp")));
    }
    if (!has_source) fail("OT615", "submit", {plan_.submit.empty() ? std::string() : plan_.submit[0]});
  }

  void find_tests() {
    if (plan_.report != ReportFormat::kHarness) {
      if (auto problem = name_script_tests(settings_, plan_)) fail(problem->message.id.c_str(), problem->path, problem->message.args);
      return;
    }
    const auto is_conftest = [](const SourceFile& file) { return file.name == "conftest.py"; };
    const bool has_conftest = std::any_of(plan_.files.begin(), plan_.files.end(), is_conftest);
    std::set<std::string> seen;
    for (const SourceFile& file : plan_.files) {
      if (!is_test_file(file)) continue;
      FoundTests found = find(file);
      for (const std::string& name : found.twice) fail("OT614", "tests", {name, file.name});
      for (std::string& name : found.names) {
        if (!seen.insert(name).second) fail("OT614", "tests", {name, file.name});
        const PythonFramework framework = has_conftest ? PythonFramework::kPytest : found.framework;
        plan_.tests.push_back({.id = std::move(name), .module = stem_of(file.name), .share = {}, .gate = false, .framework = framework});
      }
    }
    if (plan_.tests.empty() && !plan_.files.empty()) fail("OT612", "tests", {settings_.tests()});
  }

  // A star brings only names that cannot be another's, so a function of the learner's called `sum` would not be what is tested.
  void warn_of_stars() {
    std::set<std::string> told;
    for (const SourceFile& file : plan_.files) {
      if (!file.name.ends_with(row_->ending)) continue;
      for (const std::string& module : python_star_imports(file.bytes)) {
        const bool of_learner = std::find(plan_.submit.begin(), plan_.submit.end(), module + ".py") != plan_.submit.end();
        if (of_learner && told.insert(module).second) problems_.push_back({{"OT631", {module, file.name}}, "tests", 0, 0});
      }
    }
  }

  // In a folder there are helpers too; pytest's own rule tells them apart. C++ and Java files with no test have none.
  bool is_test_file(const SourceFile& file) const {
    if (plan_.tongue != Tongue::kPython) return file.name.ends_with(row_->ending) || file.name.ends_with(".cc");
    const bool alone = plan_.files.size() == 1;
    return file.name.ends_with(".py") && (alone || file.name.starts_with("test_") || file.name.ends_with("_test.py"));
  }

  FoundTests find(const SourceFile& file) {
    if (plan_.tongue == Tongue::kPython) return find_python_tests(file.bytes);
    if (plan_.tongue == Tongue::kCpp) return find_googletest_tests(file.bytes);
    if (has_java_package(file.bytes) || is_junit5(file.bytes)) fail("OT619", "tests", {file.name});
    return find_junit_tests(file.bytes);
  }

  void limits() {
    const v1::CodeLimits& given = settings_.limits();
    const program::GivenLimits limits = {given.cpu(), given.wall(), given.memory(), given.output(), given.processes()};
    for (Problem& problem : program::read_limits(limits, plan_.limits)) {
      failed_ = true;
      problems_.push_back(std::move(problem));
    }
  }

  // By its whole name, or by its last word where no other test has the same.
  PlannedTest* test_named(const std::string& name) {
    PlannedTest* found = nullptr;
    for (PlannedTest& test : plan_.tests) {
      if (test.id == name) return &test;
      if (!test.id.ends_with("." + name)) continue;
      if (found != nullptr) return nullptr;
      found = &test;
    }
    return found;
  }

  void weights() {
    std::vector<Ratio> weights(plan_.tests.size(), Ratio(1));
    std::vector<bool> named(plan_.tests.size(), false);
    for (const bool is_default : {true, false}) {
      for (int i = 0; i < settings_.weights_size(); ++i) {
        if ((settings_.weights(i).test() == kDefault) == is_default) weight(i, is_default, weights, named);
      }
    }
    if (failed_) return;
    Ratio sum;
    for (const Ratio& weight : weights) sum += weight;
    if (sum.is_zero()) return fail("OT613", "weights", {std::string("0"), joined(plan_.tests)});
    std::vector<Ratio> above_zero;
    std::copy_if(weights.begin(), weights.end(), std::back_inserter(above_zero), [](const Ratio& weight) { return !weight.is_zero(); });
    const auto shares = shares_of(std::move(above_zero));
    if (!shares) return fail("OT199", "weights", {kFinest});
    auto share = shares->begin();
    for (std::size_t i = 0; i < weights.size(); ++i) plan_.tests[i].share = weights[i].is_zero() ? Ratio() : *share++;
  }

  void weight(int i, bool is_default, std::vector<Ratio>& weights, std::vector<bool>& named) {
    const std::string at = "weights[" + std::to_string(i) + "]";
    const v1::UnitTestWeight& given = settings_.weights(i);
    const auto value = read_ratio(given.weight());
    if (!value || value->is_negative() || *value > Ratio(kMostWeight)) {
      return fail("OT137", at + ".weight", {value.value_or(Ratio()), std::int64_t{0}, kMostWeight});
    }
    if (is_default) return weights.assign(weights.size(), *value);
    const PlannedTest* test = test_named(given.test());
    const auto index = test == nullptr ? 0 : static_cast<std::size_t>(test - plan_.tests.data());
    if (test == nullptr || named[index]) return fail("OT613", at + ".test", {given.test(), joined(plan_.tests)});
    weights[index] = *value;
    named[index] = true;
  }

  void require() {
    for (int i = 0; i < settings_.require_size(); ++i) {
      PlannedTest* test = test_named(settings_.require(i));
      if (test == nullptr) {
        fail("OT613", "require[" + std::to_string(i) + "]", {settings_.require(i), joined(plan_.tests)});
      } else {
        test->gate = true;
      }
    }
  }

  const Settings& settings_;
  const std::string& folder_;
  const TongueRow* row_ = nullptr;
  Plan plan_;
  std::vector<Problem> problems_;
  bool failed_ = false;
};

}  // namespace

std::string stem_of(const std::string& file_name) { return file_name.substr(0, file_name.rfind('.')); }

ReadPlan read_plan(const Settings& settings, const std::string& folder) { return Reader(settings, folder).read(); }

Status embed_files(Settings& settings, const std::string& folder, const NoteFile& note) {
  if (settings.embedded_size() > 0 || !program::is_reference(settings.tests())) return ok_status();
  auto files = program::read_folder(folder, settings.tests(), note);
  if (!files) return files.failure();
  for (SourceFile& file : *files) {
    v1::CodeFile& out = *settings.add_embedded();
    out.set_reference(settings.tests().starts_with("dir:") ? settings.tests() + "/" + file.name : settings.tests());
    out.set_content(std::move(file.bytes));
  }
  return ok_status();
}

}  // namespace otmetka::checkers::unit_tests
