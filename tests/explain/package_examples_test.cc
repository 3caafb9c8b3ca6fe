// Of problem packages: a package with the wrong example in it draws its code, and with the same put right it does not.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <re2/re2.h>

#include "engine/spec_check.h"
#include "messages/package_entries.h"
#include "packages/package.h"
#include "packages/package_test_support.h"

namespace otmetka::explain {
namespace {

using messages::Entry;
using Codes = std::set<std::string>;

// Drawn by running what is in the package; tests/e2e/explain_examples_test.cc has those that are commands.
const Codes kByRunning = {"OT554", "OT558", "OT589"};

// Lines that each name a file of the package: `PATH`, `PATH: ITS TEXT`, `PATH -> WHAT IT IS A LINK TO`, with `# 20 MiB` behind.
const re2::RE2& file_line() {
  static const re2::RE2 kLine(R"(((?:problem\.yaml|\.timelimit|[a-z_]+/[^:\s]*[^:\s/]))(?: -> (\S+)|: (.*?))?(?:\s+# (\d+) MiB)?)");
  return kLine;
}

class ExamplePackage {
 public:
  ExamplePackage(const std::string& code, std::string_view example) : package_({}, false) {
    if (code != "OT578" && code != "OT569") files_ = {{"data/secret/1.in", "1\n"}, {"data/secret/1.ans", "1\n"}};
    std::string settings = "name: Hello\n";
    if (example.find("output_validators/") != std::string_view::npos) settings += "validation: custom\n";
    if (example.find("testdata.yaml") != std::string_view::npos) settings += "type: scoring\n";
    files_["problem.yaml"] = settings;
    if (example.find("submissions/") == std::string_view::npos) files_["submissions/accepted/hello.py"] = "print(1)\n";
    take(example);
    for (const auto& [path, text] : files_) package_.write("package/" + path, text);
    package_.write("hello.py", "print(1)\n");
  }

  std::string path() const { return package_.path(); }

 private:
  void take(std::string_view example) {
    if (example.starts_with("# @")) {
      files_["submissions/accepted/hello.py"] = std::string(example) + "\nprint(1)\n";
      return;
    }
    std::string rest(example);
    if (!re2::RE2::FullMatch(rest.substr(0, rest.find('\n')), file_line())) {
      files_["problem.yaml"] += rest + "\n";
      return;
    }
    while (!rest.empty()) {
      const auto end = std::min(rest.find('\n'), rest.size());
      take_file(rest.substr(0, end));
      rest.erase(0, end + 1);
    }
  }

  void take_file(const std::string& line) {
    std::string path, target, text, size;
    ASSERT_TRUE(re2::RE2::FullMatch(line, file_line(), &path, &target, &text, &size)) << line;
    if (!target.empty()) return package_.link(target, path);
    if (!size.empty()) text.assign(static_cast<std::size_t>(std::stoi(size)) << 20U, '1');
    if (text.empty()) text = path.ends_with(".py") ? "print(1)" : "1";
    files_[path] = (path == "problem.yaml" ? files_[path] : std::string()) + text + "\n";
  }

  packages::ScratchPackage package_;
  std::map<std::string, std::string> files_;
};

// All that is said of it where it is read, to be verified and to be an assignment.
Codes drawn(const Entry& entry, std::string_view example) {
  const ExamplePackage made(std::string(entry.id), example);
  Codes out;
  for (const auto& d : engine::check_spec_file(made.path(), engine::Depth::kCompile).diagnostics) out.insert(d.message.id);
  const auto package = packages::read_package(made.path(), sandbox::built_in_languages());
  if (!package) {
    out.insert(package.failure().code());
    return out;
  }
  for (const Message& warning : package->warnings) out.insert(warning.id);
  for (const auto& submission : package->submissions) {
    if (submission.unreadable) out.insert(submission.unreadable->id);
  }
  return out;
}

TEST(PackageExamples, TheWrongOneDrawsItsCodeAndTheRightOneDoesNot) {
  for (const Entry& entry : messages::package_entries()) {
    const bool command = entry.wrong.find("otmetka ") != std::string_view::npos;
    if (!entry.id.starts_with("OT") || command || kByRunning.contains(std::string(entry.id))) continue;
    const Codes wrong = drawn(entry, entry.wrong);
    const Codes right = drawn(entry, entry.right);
    EXPECT_TRUE(wrong.contains(std::string(entry.id))) << entry.id << " not by " << entry.wrong << ": " << testing::PrintToString(wrong);
    EXPECT_FALSE(right.contains(std::string(entry.id))) << entry.id << " by " << entry.right;
  }
}

}  // namespace
}  // namespace otmetka::explain
