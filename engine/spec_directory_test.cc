#include "engine/spec_directory.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/contract/test_folder.h"

namespace otmetka::engine {
namespace {

class SpecDirectoryTest : public testing::Test {
 protected:
  explicit SpecDirectoryTest(std::chrono::milliseconds settle = std::chrono::milliseconds(0)) : settle_(settle) {}
  void write(const std::string& file, const std::string& id, const std::string& answer) {
    std::filesystem::create_directories(std::filesystem::path(folder_ / file).parent_path());
    // Written beside it and renamed, as editors do: another inode, so that no change is too quick to be seen.
    std::ofstream(folder_ / "next.part") << "grade: v1\nid: " << id << "\nitems:\n- {id: c, text: " << answer << "}\n";
    std::filesystem::rename(folder_ / "next.part", folder_ / file);
  }
  void put(const std::string& file, const std::string& bytes) {
    const auto parent = std::filesystem::path(folder_ / file).parent_path();
    std::filesystem::create_directories(parent);
    std::ofstream(folder_ / "next.part") << bytes;
    std::filesystem::rename(folder_ / "next.part", folder_ / file);
    // A folder keeps its inode, and the kernel's clock for files has steps of milliseconds.
    std::filesystem::last_write_time(parent, std::filesystem::file_time_type::clock::now() + std::chrono::seconds(++puts_));
  }
  void remove(const std::string& file) { ASSERT_TRUE(std::filesystem::remove(folder_ / file)); }

  // What a look at the folder had to say.
  std::vector<std::string> look() {
    said_.clear();
    EXPECT_TRUE(directory_.refresh().ok());
    return said_;
  }
  std::string name(const std::string& path) const { return path.substr(std::string(folder_ / "").size()); }
  std::string answer(const std::string& id) {
    const auto spec = cache_.find(id, "");
    return spec == nullptr ? "" : spec->bytes.find("new") != std::string::npos ? "new" : "old";
  }

  using Said = std::vector<std::string>;
  TestFolder folder_;
  SpecCache cache_;
  Said said_;
  int puts_ = 0;
  const std::chrono::milliseconds settle_;
  Status taken_ = ok_status();  // what the gradebook says to a spec
  SpecDirectory directory_{
      folder_ / "",
      cache_,
      {.loaded =
           [this](const CompiledSpec& spec) {
             if (taken_) said_.push_back("loaded " + spec.message.id());
             return taken_;
           },
       .withheld = [this](const CompiledSpec& spec,
                          const Error& why) { said_.push_back("withheld " + spec.message.id() + " " + why.code()); },
       .refused = [this](const std::string& path, const CheckedSpec&) { said_.push_back("refused " + name(path)); },
       .same_id = [this](const std::string& path, const std::string& other,
                         const std::string& id) { said_.push_back(name(path) + " and " + name(other) + " are " + id); },
       .vanished = [this](const std::string& path, const std::string& id) { said_.push_back(name(path) + " let go of " + id); },
       .lost = [this](const Error& why) { said_.push_back("lost " + why.code()); },
       .back = [this] { said_.push_back("back"); },
       .package =
           [this](const std::string& path, const CheckedSpec& checked) {
             said_.push_back("package " + name(path));
             for (const auto& diagnostic : checked.diagnostics) said_.back() += " " + diagnostic.message.id;
           }},
      {.every = std::chrono::hours(1), .wanted = std::chrono::milliseconds(0), .settle = settle_}};
};

TEST_F(SpecDirectoryTest, AFileIsReadOnceAndAgainWhenItHasChanged) {
  write("a.yaml", "a", "old");
  EXPECT_EQ(look(), Said{"loaded a"});
  EXPECT_EQ(look(), Said{});
  write("a.yaml", "a", "new");
  EXPECT_EQ(look(), Said{"loaded a"});
  EXPECT_EQ(answer("a"), "new");
}

TEST_F(SpecDirectoryTest, AFileWithErrorsLeavesTheSpecThatItHeldInForce) {
  write("a.yaml", "a", "old");
  look();
  write("a.yaml", "a", "[");
  EXPECT_EQ(look(), Said{"refused a.yaml"});
  EXPECT_EQ(look(), Said{}) << "told once";
  EXPECT_EQ(answer("a"), "old");
}

TEST_F(SpecDirectoryTest, OfTwoFilesWithOneIdTheSecondWaitsAndIsTakenWhenTheFirstIsGone) {
  write("a.yaml", "same", "old");
  write("b.yaml", "same", "new");
  EXPECT_EQ(look(), (Said{"loaded same", "a.yaml and b.yaml are same"}));
  EXPECT_EQ(look(), Said{}) << "told once";
  EXPECT_EQ(answer("same"), "old");
  remove("a.yaml");
  EXPECT_EQ(look(), Said{"loaded same"});
  EXPECT_EQ(answer("same"), "new");
}

TEST_F(SpecDirectoryTest, TheSecondIsTakenAlsoWhenTheFirstIsGivenAnotherId) {
  write("a.yaml", "same", "old");
  write("b.yaml", "same", "new");
  look();
  write("a.yaml", "another", "old");
  EXPECT_EQ(look(), (Said{"loaded another", "loaded same"}));
  EXPECT_EQ(answer("same"), "new");
}

TEST_F(SpecDirectoryTest, AnIdThatNoFileHoldsAnyMoreStaysInForceAndThatIsSaid) {
  write("a.yaml", "a", "old");
  write("b.yaml", "b", "old");
  look();
  remove("a.yaml");
  write("b.yaml", "c", "old");
  EXPECT_EQ(look(), (Said{"loaded c", "a.yaml let go of a", "b.yaml let go of b"}));
  EXPECT_EQ(look(), Said{}) << "told once";
  EXPECT_EQ(answer("a"), "old");
  EXPECT_EQ(answer("b"), "old");
}

TEST_F(SpecDirectoryTest, ASpecThatTheGradebookCouldNotTakeIsWithheldAndTriedAgain) {
  write("a.yaml", "a", "old");
  taken_ = retryable_error("OT408", {});
  EXPECT_EQ(look(), Said{"withheld a OT408"});
  EXPECT_EQ(look(), Said{}) << "told once";
  EXPECT_EQ(answer("a"), "");
  EXPECT_EQ(cache_.why_withheld("a", "")->code(), "OT408");
  taken_ = ok_status();
  EXPECT_EQ(look(), Said{"loaded a"});
  EXPECT_FALSE(cache_.why_withheld("a", ""));
  EXPECT_EQ(answer("a"), "old");
}

TEST_F(SpecDirectoryTest, ARefusalThatDoesNotPassByItselfIsTheLooksError) {
  write("a.yaml", "a", "old");
  write("b.yaml", "b", "[");
  taken_ = error("OT403", {});
  EXPECT_EQ(directory_.refresh().failure().code(), "OT403");
  EXPECT_EQ(said_, (Said{"withheld a OT403", "refused b.yaml"})) << "all have been looked at";
  remove("a.yaml");
  EXPECT_EQ(look(), Said{});
  EXPECT_FALSE(cache_.why_withheld("a", "")) << "what is gone is waited for no longer";
}

TEST_F(SpecDirectoryTest, ASpecThatIsWantedIsLookedForAtOnce) {
  EXPECT_FALSE(directory_.refresh_if_due(false));
  write("a.yaml", "a", "old");
  EXPECT_FALSE(directory_.refresh_if_due(false)) << "an hour between two looks";
  EXPECT_EQ(answer("a"), "");
  EXPECT_TRUE(directory_.refresh_if_due(true));
  EXPECT_EQ(answer("a"), "old");
  EXPECT_FALSE(directory_.refresh_if_due(true)) << "nothing new";
}

TEST_F(SpecDirectoryTest, HiddenFilesAndFoldersArePassedBy) {
  write("deep/er/a.yaml", "a", "old");
  for (const char* hidden : {".git/b.yaml", "..data/c.yaml", "deep/.d.yaml"}) write(hidden, "hidden", "old");
  EXPECT_EQ(look(), Said{"loaded a"});
}

constexpr const char* kWithTest = R"(grade: v1
id: a
items:
- id: sum
  code:
    tests: [{in: file:tests/big.in, out: "old"}]
)";

TEST_F(SpecDirectoryTest, ATestsFileThatHasChangedIsTakenInThoughTheSpecHasNot) {
  put("tests/big.in", "1 2");
  put("a.yaml", kWithTest);
  EXPECT_EQ(look(), Said{"loaded a"});
  EXPECT_EQ(look(), Said{});
  put("tests/big.in", "new");
  EXPECT_EQ(look(), Said{"loaded a"});
  EXPECT_EQ(answer("a"), "new");
  EXPECT_EQ(look(), Said{});
}

TEST_F(SpecDirectoryTest, ATestsFileThatIsNotThereIsWaitedFor) {
  put("a.yaml", kWithTest);
  EXPECT_EQ(look(), Said{"refused a.yaml"});
  EXPECT_EQ(look(), Said{}) << "told once";
  put("tests/big.in", "1 2");
  EXPECT_EQ(look(), Said{"loaded a"});
  remove("tests/big.in");
  EXPECT_EQ(look(), Said{"refused a.yaml"});
  EXPECT_EQ(answer("a"), "old") << "stays in force";
  put("tests/big.in", "1 2");
  EXPECT_EQ(look(), Said{"loaded a"});
}

TEST_F(SpecDirectoryTest, AFolderOfUnitTestsIsWatchedAndWhatComesIntoIt) {
  put("tests/test_one.py", "def test_one():\n    assert True\n");
  put("a.yaml",
      "grade: v1\nid: a\nitems:\n- {id: f, unit_tests: {language: python3, submit: f.py, tests: dir:tests, isolation: in_process}}\n");
  EXPECT_EQ(look(), Said{"loaded a"});
  EXPECT_EQ(look(), Said{});
  put("tests/test_two.py", "def test_new():\n    assert True\n");
  EXPECT_EQ(look(), Said{"loaded a"});
  EXPECT_EQ(answer("a"), "new");
  put("tests/test_one.py", "def test_first():\n    assert True\n");
  EXPECT_EQ(look(), Said{"loaded a"});
  EXPECT_EQ(look(), Said{});
}

TEST_F(SpecDirectoryTest, AProblemPackageIsOneAssignmentAndItsFilesAreWatched) {
  put("p/problem.yaml", "name: P\nlimits: {time_limit: 1}\n");
  put("p/data/secret/1.in", "1\n");
  put("p/data/secret/1.ans", "1\n");
  put("p/data/secret/testdata.yaml", "on_reject: break\n");
  write("a.yaml", "a", "old");
  EXPECT_EQ(look(), (Said{"loaded a", "loaded p", "package p"}));
  EXPECT_EQ(look(), Said{});
  put("p/data/secret/1.in", "new\n");
  EXPECT_EQ(look(), (Said{"loaded p", "package p"}));
  EXPECT_EQ(answer("p"), "new");
  const auto before = cache_.find("p", "")->sha256;
  put("p/data/secret/2.in", "2\n");
  put("p/data/secret/2.ans", "2\n");
  EXPECT_EQ(look(), (Said{"loaded p", "package p"}));
  EXPECT_NE(cache_.find("p", "")->sha256, before) << "a test more";
  put("p/problem.yaml", "[");
  EXPECT_EQ(look(), Said{"refused p"});
  put("p/problem.yaml", "name: P\n");
  EXPECT_EQ(look(), (Said{"loaded p", "package p OT594"}));
  remove("p/problem.yaml");
  EXPECT_EQ(look(), (Said{"refused p/data/secret/testdata.yaml", "p let go of p"})) << "what is no package is a folder of specs";
}

class SettlingTest : public SpecDirectoryTest {
 protected:
  SettlingTest() : SpecDirectoryTest(std::chrono::milliseconds(50)) {
    put("p/problem.yaml", "name: P\nlimits: {time_limit: 1}\n");
    put("p/data/secret/1.in", "1\n");
    put("p/data/secret/1.ans", "1\n");
  }
  // Looks until there is something to say, with a change before each of the first few looks.
  Said look_while(int changes, const std::function<void(int)>& change) {
    for (int i = 0;; ++i) {
      if (i < changes) change(i);
      const Said said = look();
      if (!said.empty() || i == 100'000) return said;
    }
  }
};

TEST_F(SettlingTest, APackageThatIsThereAtTheStartIsTakenAtOnce) { EXPECT_EQ(look(), (Said{"loaded p", "package p"})); }

TEST_F(SettlingTest, APackageThatIsStillBeingCopiedIsNotTakenYet) {
  look();
  put("q/problem.yaml", "name: Q\nlimits: {time_limit: 1}\n");
  EXPECT_EQ(look(), Said{}) << "no tests yet, and that is not said";
  const auto copy = [this](int i) {
    put("q/data/secret/" + std::to_string(i) + ".in", "1\n");
    put("q/data/secret/" + std::to_string(i) + ".ans", "1\n");
  };
  EXPECT_EQ(look_while(20, copy), (Said{"loaded q", "package q"}));
  const v1::AssessmentSpec& message = cache_.find("q", "")->message;
  EXPECT_NE(message.items(0).kind().value().find("data/secret/19.in"), std::string::npos) << "all of it";
}

TEST_F(SettlingTest, SoAreTheFilesThatASpecNames) {
  put("tests/big.in", "1 2");
  put("a.yaml", kWithTest);
  look();
  EXPECT_EQ(look_while(20, [this](int i) { put("tests/big.in", i == 19 ? "new" : "1" + std::to_string(i)); }), Said{"loaded a"});
  EXPECT_EQ(answer("a"), "new");
  put("a.yaml", std::string(kWithTest) + "# saved\n");
  EXPECT_EQ(look(), Said{"loaded a"}) << "the spec itself is read at once";
}

TEST_F(SpecDirectoryTest, TheFolderItselfMayBeAPackage) {
  put("data/secret/1.in", "1\n");
  put("data/secret/1.ans", "1\n");
  put("problem.yaml", "name: P\n");
  const std::string id = std::filesystem::path(folder_.path()).filename();
  SpecDirectory at_package(
      folder_.path(), cache_,
      {.loaded = [](const CompiledSpec&) { return ok_status(); }, .withheld = {}, .refused = {}, .same_id = {}, .vanished = {}});
  ASSERT_TRUE(at_package.refresh());
  EXPECT_NE(cache_.find(id, ""), nullptr) << id;
}

TEST_F(SpecDirectoryTest, AFolderThatIsGoneIsAnErrorAndForgetsNothing) {
  write("a.yaml", "a", "old");
  look();
  std::filesystem::remove_all(folder_ / "");
  EXPECT_EQ(directory_.refresh().failure().code(), "OT526");
  EXPECT_EQ(answer("a"), "old");
}

TEST_F(SpecDirectoryTest, AFolderThatIsGoneIsToldOnceAndWhenItIsBack) {
  write("a.yaml", "a", "old");
  look();
  said_.clear();
  const std::string elsewhere = folder_.path() + "-elsewhere";
  std::filesystem::rename(folder_ / "", elsewhere);
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(directory_.refresh_if_due(true));
  EXPECT_EQ(said_, Said{"lost OT526"});
  std::filesystem::rename(elsewhere, folder_ / "");
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(directory_.refresh_if_due(true));
  EXPECT_EQ(said_, (Said{"lost OT526", "back"})) << "and the same files in it";
}

}  // namespace
}  // namespace otmetka::engine
