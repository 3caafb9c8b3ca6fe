#include "engine/package_spec.h"

#include <gtest/gtest.h>

#include "engine/spec_directory.h"
#include "packages/package_test_support.h"

namespace otmetka::engine {
namespace {

using packages::ScratchPackage;

std::string codes(const CheckedSpec& checked) {
  std::string out;
  for (const spec::Diagnostic& diagnostic : checked.diagnostics) {
    out += (out.empty() ? "" : " ") + diagnostic.message.id + (diagnostic.severity == messages::Severity::kError ? "!" : "");
  }
  return out;
}

TEST(PackageSpec, IsOneItemUnderTheFoldersName) {
  const ScratchPackage scratch(ScratchPackage::Files{{".timelimit", "1\n"}});
  const CheckedSpec checked = check_spec_file(scratch.path(), Depth::kLint);
  ASSERT_NE(checked.spec, nullptr) << codes(checked);
  EXPECT_TRUE(checked.package);
  EXPECT_EQ(codes(checked), "");
  EXPECT_EQ(checked.spec->message.id(), "package");
  EXPECT_EQ(checked.spec->message.title().ru(), "Test");
  ASSERT_EQ(checked.spec->items.size(), 1u);
  EXPECT_EQ(checked.spec->items[0].id, "package");
  EXPECT_EQ(checked.spec->items[0].points, Ratio(1));
  EXPECT_TRUE(checked.spec->runs_programs);
}

TEST(PackageSpec, IsWorthTheBestScore) {
  const ScratchPackage scratch({{"problem.yaml", "problem_format_version: 2025-09\nname: A\ntype: scoring\nlimits: {time_limit: 1}\n"},
                                {"data/secret/test_group.yaml", "max_score: 12.5\n"}});
  const CheckedSpec checked = check_package(scratch.path());
  ASSERT_NE(checked.spec, nullptr) << codes(checked);
  EXPECT_EQ(checked.spec->maximum, Ratio(25, 2));
}

TEST(PackageSpec, ItsHashCoversTheTestsAndNotTheSubmissions) {
  const ScratchPackage scratch(ScratchPackage::Files{{"submissions/accepted/a.py", "print(1)\n"}});
  const std::string before = check_package(scratch.path()).spec->sha256;
  scratch.write("package/submissions/accepted/a.py", "print(2)\n");
  EXPECT_EQ(check_package(scratch.path()).spec->sha256, before);
  scratch.write("package/data/secret/1.ans", "2\n");
  EXPECT_NE(check_package(scratch.path()).spec->sha256, before);
}

TEST(PackageSpec, NeedsNoFolderAnyMore) {
  const ScratchPackage scratch({});
  const CheckedSpec checked = check_package(scratch.path());
  std::filesystem::remove_all(scratch.path());
  v1::AssessmentSpec message;
  ASSERT_TRUE(message.ParseFromString(checked.spec->bytes));
  const CompileResult again = compile(std::move(message), {}, checked.spec->bytes);
  ASSERT_NE(again.spec, nullptr);
  EXPECT_EQ(again.spec->sha256, checked.spec->sha256);
}

TEST(PackageSpec, WhatCannotBeAnAssignmentIsSaidSo) {
  struct Row {
    ScratchPackage::Files files;
    const char* codes;
  };
  const Row rows[] = {
      {{}, "OT594"},
      {{{"problem.yaml", "name: A\nkolour: red\n"}, {".timelimit", "1"}}, "OT580"},
      {{{"problem.yaml", "name: A\ntype: submit-answer\n"}}, "OT576!"},
      {{{"problem.yaml", "["}}, "OT574!"},
      {{{"problem.yaml", "name: A\ntype: scoring\ngrading: {objective: min}\n"}, {".timelimit", "1"}}, "OT592!"},
      {{{"problem.yaml", "name: A\nvalidation: custom\n"}}, "OT557!"},
      {{{"include/cpp/deep/x.h", ""}, {".timelimit", "1"}}, "OT585 OT596!"},
      {{{"data/secret/2.in", ""}, {".timelimit", "1"}}, "OT579 OT553!"},
      {{{"problem.yaml", "name: A\nvalidator_flags: float_tolerance abc\n"}, {".timelimit", "1"}}, "OT552!"},
      {{{"problem.yaml", "name: A\nvalidator_flags: gently\n"}, {".timelimit", "1"}}, "OT582!"},
      {{{"problem.yaml", "problem_format_version: 2030-01\nname: A\n"}, {".timelimit", "1"}}, "OT555"},
  };
  for (const Row& row : rows) {
    const ScratchPackage scratch(row.files);
    const CheckedSpec checked = check_package(scratch.path());
    EXPECT_EQ(codes(checked), row.codes);
    EXPECT_EQ(checked.spec == nullptr, std::string(row.codes).find('!') != std::string::npos) << row.codes;
  }
}

TEST(PackageSpec, OneThatIsTooLargeIsRefused) {
  const std::string large(20u << 20, 'x');
  const ScratchPackage scratch({{"data/secret/1.in", large}, {"data/secret/1.ans", large}});
  EXPECT_EQ(codes(check_package(scratch.path())), "OT594 OT593!");
}

TEST(PackageSpec, AFoldersNameMustBeAnIds) {
  const ScratchPackage scratch({});
  const std::string path = scratch.path() + ".old";
  std::filesystem::rename(scratch.path(), path);
  EXPECT_EQ(codes(check_package(path)), "OT595!");
}

TEST(PackageSpec, IsFoundAmongSpecsAndNoneOfItsYamlIsOne) {
  const ScratchPackage scratch(ScratchPackage::Files{{"data/secret/testdata.yaml", "on_reject: break\n"}});
  scratch.write("a.yaml", "x");
  scratch.write("no-package/b.yaml", "x");
  const std::string root = std::filesystem::path(scratch.path()).parent_path();
  EXPECT_EQ(*spec_files(root), (std::vector<std::string>{root + "/a.yaml", root + "/no-package/b.yaml", root + "/package"}));
  EXPECT_EQ(*spec_files(scratch.path()), std::vector<std::string>{scratch.path()});
}

}  // namespace
}  // namespace otmetka::engine
