#include "tests/house/style.h"

#include <gtest/gtest.h>

#include "tests/house/scratch_tree.h"

namespace otmetka::house {
namespace {

TEST(BannedCalls, EachIsFoundWithWhatToUseInstead) {
  const std::pair<const char*, const char*> rows[] = {
      {"system(\"ls\");", "posix_spawn"},       {"std::system(c);", "posix_spawn"},    {"popen(c, \"r\");", "posix_spawn"},
      {"sprintf(b, f);", "std::to_chars"},      {"vsprintf (b, f);", "std::to_chars"}, {"strcpy(a, b);", "std::string"},
      {"std::strcat(a, b);", "std::string"},    {"strtok(a, b);", "std::string"},      {"atoi(s)", "std::from_chars"},
      {"std::stoi(s)", "std::from_chars"},      {"std::regex r;", "RE2"},              {"rand()", "mt19937_64"},
      {"srand(1)", "mt19937_64"},               {"localtime(&t)", "model/time.h"},     {"tmpnam(b)", "mkstemp"},
      {"throw Bad();", "Result<T>"},            {"const_cast<int&>(x)", "const"},      {"using namespace std;", "std::"},
      {"out << std::endl;", "'\\n'"},
  };
  for (const auto& [code, instead] : rows) {
    const Findings found = check_banned_calls({"engine/a.cc", "\n" + std::string(code)});
    ASSERT_EQ(found.size(), 1u) << code << told(found);
    EXPECT_EQ(found[0].line, 2);
    EXPECT_NE(found[0].what.find(instead), std::string::npos) << told(found);
  }
}

TEST(BannedCalls, LookAlikesCommentsAndStringsAreFree) {
  for (const char* code : {"// system(x)", "f(\"rand()\");", "snprintf(b, n, f);", "my_system(x);", "brand(x);", "random_device d;",
                           "std::this_thread::sleep_for(x);", "system_clock::now();", "noexcept", "using namespace otmetka;", "using namespace std::chrono_literals;"}) {
    EXPECT_EQ(told(check_banned_calls({"engine/a.cc", code})), "") << code;
  }
}

TEST(BannedCalls, TestsDoNotSleepAndMayCompareWithTheStandardLibrary) {
  for (const char* code : {"std::this_thread::sleep_for(x);", "usleep(1);", "sleep(1);"}) {
    EXPECT_EQ(check_banned_calls({"engine/a_test.cc", code}).size(), 1u) << code;
    EXPECT_EQ(check_banned_calls({"tests/support/a.cc", code}).size(), 1u) << code;
    EXPECT_EQ(check_banned_calls({"queue/a_test_data.cc", code}).size(), 1u) << code;
  }
  EXPECT_EQ(told(check_banned_calls({"engine/a_test.cc", "std::regex oracle;"})), "");
  EXPECT_EQ(told(check_banned_calls({"tests/e2e/program.cc", "sleep(1);"})), "");
}

TEST(Markers, WordsThatSayNotDoneAndPathsOfOneMachine) {
  for (const char* text : {"// TODO later", "FIXME", "XXX", "a HACK.", "WIP: x", "/work/main", "see /home/me/x", "/tmp/brief/x"}) {
    EXPECT_EQ(check_markers({"docs/a.md", text}).size(), 1u) << text;
  }
  for (const char* text : {"TODOS of pupils", "house-XXXXXX", "hacking", "homework/", "/tmp/x"}) {
    EXPECT_EQ(told(check_markers({"docs/a.md", text})), "") << text;
  }
}

TEST(Headers, BeginWithACommentAndHavePragmaOnce) {
  EXPECT_EQ(told(check_header({"a.h", "// What it is.\n#pragma once\n"})), "");
  EXPECT_EQ(check_header({"a.h", "#pragma once\n// What it is.\n"}).size(), 1u);
  EXPECT_EQ(check_header({"a.h", "// What it is; #pragma once\n"}).size(), 1u);
}

TEST(Listed, ASourceThatNothingBuildsIsFound) {
  const ScratchTree scratch({{"queue/CMakeLists.txt", "add(SOURCES codec.cc\n  PROTOS queue/q.proto)"}, {"queue/codec.cmake", "x_test.cc"},
                             {"model/CMakeLists.txt", "time.cc"}});
  const SourceTree tree = scratch.read();
  for (const char* path : {"queue/codec.cc", "queue/q.proto", "queue/x_test.cc"}) EXPECT_EQ(told(check_listed({path, ""}, tree)), "") << path;
  for (const char* path : {"queue/odec.cc", "queue/time.cc", "queue/y.proto", "queue/kafka/codec.cc"}) {
    EXPECT_EQ(check_listed({path, ""}, tree).size(), 1u) << path;
  }
}

}  // namespace
}  // namespace otmetka::house
