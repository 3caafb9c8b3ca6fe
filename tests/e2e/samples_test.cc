// The samples are documentation that runs: every spec is clean, every answer gets the expected row.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"

namespace otmetka::e2e {
namespace {

namespace fs = std::filesystem;

using testing::AllOf;
using testing::HasSubstr;

std::vector<std::string> sample_names() {
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(project_file("samples"))) {
    if (fs::exists(entry.path() / "spec.yaml")) out.push_back(entry.path().filename().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

class Sample : public testing::TestWithParam<std::string> {
 protected:
  fs::path path() const { return project_file("samples/" + GetParam()); }
  std::string spec() const { return (path() / "spec.yaml").string(); }
  Scratch folder;
};

TEST_P(Sample, SpecHasNoErrorsAndNoWarnings) {
  const Ran ran = run(folder, otmetka({"check", "--lang", "en", spec()}));
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, AllOf(HasSubstr("0 errors"), HasSubstr("0 warnings")));
}

TEST_P(Sample, AnswersGetTheExpectedRowsInEveryFormTheyAreWrittenIn) {
  const std::string expected = bytes_of(path() / "expected.csv");
  ASSERT_NE(expected, "") << "samples/README.md says how to make it";
  int forms = 0;
  for (const char* name : {"answers.jsonl", "answers.csv", "answers.tsv", "answers"}) {
    if (!fs::exists(path() / name)) continue;
    ++forms;
    const Ran ran = run(folder, otmetka({"grade", "--lang", "en", "--format", "csv", "--spec", spec(), (path() / name).string()}));
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    EXPECT_EQ(ran.out, expected) << name;
  }
  EXPECT_GT(forms, 0);
}

INSTANTIATE_TEST_SUITE_P(All, Sample, testing::ValuesIn(sample_names()), [](const auto& tested) {
  std::string name = tested.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(Samples, AreEnough) { EXPECT_GE(sample_names().size(), 9u); }

TEST(Samples, TheClassIsWhatItsGeneratorMakes) {
  const Scratch folder;
  const Ran ran = run(folder, {"/usr/bin/python3", project_file("samples/make_class.py"), "--check"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
}

}  // namespace
}  // namespace otmetka::e2e
